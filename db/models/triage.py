"""Clinicians as those who are booked, and the calls that are booked with them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number

STATUSES = "'booked', 'done', 'missed', 'cancelled'"
OUTCOMES = "'booked', 'reached', 'over', 'declined', 'withdrawn'"


class Clinician(Base):
    """
    What is known of somebody of the clinical staff for booking triage calls: without a row nobody is booked.

    `hours` are the open hours of each day from Monday to Sunday, as in 08:00-12:00,13:00-17:00, on clocks in the
    person's own zone; empty where nothing is worked.
    """

    __tablename__ = "clinician"
    __table_args__ = (
        CheckConstraint("cardinality(hours) = 7 and array_position(hours, null) is null", name="hours_of_a_week"),
        CheckConstraint("length(array_to_string(hours, '')) <= 700", name="hours_brief"),
        CheckConstraint(
            "cardinality(languages) <= 20 and length(array_to_string(languages, '')) <= 400", name="languages_brief"
        ),
        CheckConstraint(
            "cardinality(licences) <= 60 and array_to_string(licences, ' ') ~ '^([A-Z]{2}( [A-Z]{2})*)?$'",
            name="licences_are_states",
        ),
        CheckConstraint("daily_calls between 0 and 48", name="daily_calls_few"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True, autoincrement=False)
    hours: Mapped[list[str]] = mapped_column(ARRAY(Text))
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """Beside English, as a report names them."""
    licences: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """The states of the licences, by their two letters."""
    compact: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Whether one of the licences is multistate: it holds in every state of the Nurse Licensure Compact."""
    daily_calls: Mapped[int] = mapped_column(SmallInteger, server_default=text("10"))
    """How many calls are booked on one day at most, by the clinician's own calendar."""
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class TimeOff(Base):
    """When a clinician is away within the hours usually worked."""

    __tablename__ = "time_off"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at and ends_at - starts_at <= interval '366 days'", name="passing"),
        CheckConstraint("starts_at > '1900-01-01Z' and ends_at < '2200-01-01Z'", name="of_our_time"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    off_id: Mapped[Number] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))


class TriageCall(Base):
    """
    A call of clinical staff with the injured worker that is booked, and what became of it.

    A call that is moved stays the same: `uid` names it for life in every calendar, `sequence` counts its moves.
    """

    __tablename__ = "triage_call"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="triage_call_claim_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint(f"status in ({STATUSES})", name="status_known"),
        CheckConstraint(
            "ends_at - starts_at between interval '10 minutes' and interval '2 hours'"
            " and date_trunc('minute', starts_at) = starts_at",
            name="lasts",
        ),
        CheckConstraint("sequence >= 0", name="sequence_counts"),
        CheckConstraint("(changed_at is null) = (changed_by is null)", name="changed_paired"),
        CheckConstraint("length(override_why) <= 500 and desk_shows(override_why)", name="override_reasoned"),
        CheckConstraint(
            "length(ended_why) <= 500 and desk_shows(ended_why) and (ended_why is null or status <> 'booked')",
            name="ended_reasoned",
        ),
        CheckConstraint("(status = 'cancelled') <= (ended_why is not null)", name="cancelled_reasoned"),
        # Nobody is on two calls at once, whatever their lengths; a range of one id is an equality that GiST knows.
        ExcludeConstraint(
            (text("int8range(clinician_id, clinician_id, '[]')"), "&&"),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            name="triage_call_one_at_a_time",
            using="gist",
            where=text("status = 'booked'"),
        ),
        Index("triage_call_one_of_claim", "client_id", "claim_id", unique=True, postgresql_where="status = 'booked'"),
        Index("triage_call_due", "starts_at", "client_id", "claim_id", postgresql_where="status = 'booked'"),
        Index("triage_call_of_clinician", "clinician_id", "starts_at"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    call_id: Mapped[Number] = mapped_column(primary_key=True)
    clinician_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(server_default=text("'booked'"))
    uid: Mapped[UUID] = mapped_column(UuidType, server_default=text("gen_random_uuid()"))
    sequence: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    booked_at: Mapped[datetime]
    booked_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    override_why: Mapped[str | None] = mapped_column(info=PHI)
    """Why it was booked against the clinician's calendar, licence or language."""
    ended_why: Mapped[str | None] = mapped_column(info=PHI)


class CallRequest(Base):
    """
    A time that is asked for where none is free before a claim's deadline: of a clinician, overtime or time of a full
    calendar, or of supervisors. One is open of a claim at a time; `outcome` says how it ended.
    """

    __tablename__ = "call_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="call_request_claim_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("kind in ('overtime', 'time', 'escalation')", name="kind_known"),
        CheckConstraint("(kind = 'escalation') = (clinician_id is null)", name="asks_somebody"),
        CheckConstraint("length(note) <= 300 and desk_shows(note)", name="note_brief"),
        CheckConstraint(f"outcome in ({OUTCOMES})", name="outcome_known"),
        CheckConstraint("num_nonnulls(settled_at, settled_by, outcome) in (0, 3)", name="settled_whole"),
        CheckConstraint(
            "length(settled_why) <= 300 and desk_shows(settled_why)"
            " and (settled_why is not null) = (outcome is not null and outcome in ('declined', 'withdrawn'))",
            name="settled_reasoned",
        ),
        Index("call_request_one_of_claim", "client_id", "claim_id", unique=True, postgresql_where="settled_at is null"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[Number] = mapped_column(primary_key=True)
    kind: Mapped[str]
    clinician_id: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    note: Mapped[str | None] = mapped_column(info=PHI)
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    outcome: Mapped[str | None]
    settled_why: Mapped[str | None] = mapped_column(info=PHI)


class CalendarAddress(Base):
    """Where a calendar program reads a clinician's calls; of the address itself its digest is kept."""

    __tablename__ = "calendar_address"
    __table_args__ = (CheckConstraint("octet_length(token_hash) = 32", name="token_hash_whole"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[datetime]
