"""Claims: what was reported, their clocks, what happened on them, and who looks at them."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Text,
    Time,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number, of_claim

WAITING = "first_contact_at is null and closed_at is null and date_of_death is null"
"""Which claims wait for first contact: the condition of queries, and of the indexes that serve them."""


class Claim(Base):
    """One reported work injury or illness of one worker, from the report onwards."""

    __tablename__ = "claim"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "worker_id"],
            ["injured_worker.client_id", "injured_worker.worker_id"],
            name="claim_worker_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "sla_effective_from"],
            ["sla_policy.client_id", "sla_policy.effective_from"],
            name="claim_policy_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "import_id"], ["feed_import.client_id", "feed_import.import_id"], name="claim_import_fkey"
        ),
        CheckConstraint("(first_contact_at is null) = (first_contact_by is null)", name="first_contact_paired"),
        CheckConstraint("(closed_at is null) = (closed_why is null)", name="closed_paired"),
        CheckConstraint("closed_by is null or closed_at is not null", name="closed_by_closed"),
        ForeignKeyConstraint(
            ["client_id", "merged_into"], ["claim.client_id", "claim.claim_id"], name="claim_merged_into_fkey"
        ),
        CheckConstraint(
            "merged_into is null or closed_at is not null and merged_into <> claim_id", name="merged_closed"
        ),
        CheckConstraint("(assignee_id is null) = (assigned_at is null)", name="assigned_paired"),
        CheckConstraint("(death_seen_at is null) = (death_seen_by is null)", name="death_seen_paired"),
        CheckConstraint("death_seen_at is null or date_of_death is not null", name="death_seen_of_a_death"),
        CheckConstraint("first_contact_at >= reported_at", name="first_contact_after_report"),
        CheckConstraint("jurisdiction ~ '^[A-Z]{2}$'", name="jurisdiction_form"),
        CheckConstraint("reported_to in ('minute', 'day')", name="reported_to_known"),
        CheckConstraint("channel in ('form', 'feed')", name="channel_known"),
        CheckConstraint("length(client_claim_number) <= 100", name="client_claim_number_brief"),
        # Told of plain letters; the services fold all others as they know them.
        CheckConstraint(
            "length(client_number_key) <= 300 and (octet_length(client_claim_number) > length(client_claim_number)"
            " or client_number_key = lower(replace(client_claim_number, ' ', '') collate \"C\"))",
            name="client_number_folded",
        ),
        CheckConstraint(
            "flags <@ array['future_injury', 'negative_lag', 'future_date', 'report_time_missing',"
            " 'report_time_unread', 'report_time_midnight', 'hired_after_injury', 'death_in_future',"
            " 'death_before_injury', 'age_doubtful']"
            " and cardinality(flags) <= 12",
            name="flags_known",
        ),
        CheckConstraint("array_ndims(flags) = 1", name="flags_plain_list"),
        Index("claim_number_key", "client_id", "claim_number", unique=True),
        # Both are written, or neither: a number without its key would be found by nobody.
        CheckConstraint("(client_claim_number is null) = (client_number_key is null)", name="client_number_keyed"),
        Index(
            "claim_client_number",
            "client_id",
            "client_number_key",
            postgresql_include=["claim_id"],
            postgresql_where=text("client_number_key is not null"),
        ),
        # Search: a number begins with what is typed. These two hold it in collation C, which cannot be compared.
        Index("claim_number_anywhere", "claim_number"),
        Index("claim_number_of_client", "client_id", "claim_number", postgresql_include=["claim_id"]),
        Index(
            "claim_client_number_anywhere",
            "client_number_key",
            postgresql_where=text("client_number_key is not null"),
        ),
        Index("claim_injured", "client_id", "date_of_injury"),
        # The queue, in its own order: an index read of what is open, whatever lies closed behind it.
        Index("claim_waiting", "due_at", "claim_id", postgresql_where=text(WAITING)),
        Index("claim_waiting_by_client", "client_id", "due_at", "claim_id", postgresql_where=text(WAITING)),
        Index("claim_reported", "client_id", "reported_at"),
        Index("claim_worker", "client_id", "worker_id", "date_of_injury"),
        Index("claim_assigned", "assignee_id", "reported_at", postgresql_where=text("assignee_id is not null")),
        Index("claim_of_import", "client_id", "import_id", postgresql_where=text("import_id is not null")),
        Index(
            "claim_death_unseen",
            "client_id",
            "claim_id",
            postgresql_where=text("date_of_death is not null and death_seen_at is null"),
        ),
        Index("claim_reached", "first_contact_at", postgresql_where=text("first_contact_at is not null")),
        Index("claim_merged", "client_id", "merged_into", postgresql_where=text("merged_into is not null")),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    claim_id: Mapped[Number] = mapped_column(primary_key=True)
    claim_number: Mapped[str] = mapped_column(server_default=text("''"))
    """The MCO's own number; given by a trigger from the claim's id where none is set: C- and the id."""
    client_claim_number: Mapped[str | None]
    client_number_key: Mapped[str | None] = mapped_column(Text(collation="C"))
    """The client's number folded for comparison: no case, no blanks. Two claims may share one."""
    worker_id: Mapped[int] = mapped_column(BigInteger)
    jurisdiction: Mapped[str | None] = mapped_column(Text)
    """Two-letter state whose law governs the claim; null where not yet known."""
    date_of_injury: Mapped[date] = mapped_column(Date)
    injured_time: Mapped[time | None] = mapped_column(Time)
    reported_at: Mapped[datetime]
    """When the MCO received the report: the clock of first contact starts here."""
    reported_to: Mapped[str] = mapped_column(server_default=text("'minute'"))
    """How exactly the report's time is known: to the minute, or only the day."""
    channel: Mapped[str]
    emergency: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """What looked wrong on arrival and was not silently corrected."""
    sla_effective_from: Mapped[datetime]
    due_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    assigned_at: Mapped[datetime | None]
    first_contact_at: Mapped[datetime | None]
    first_contact_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str | None] = mapped_column(info=PHI)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    date_of_death: Mapped[date | None] = mapped_column(Date, info=PHI)
    """When the worker died: nobody is to be called, so such a claim waits for no first contact."""
    death_seen_at: Mapped[datetime | None]
    """When a supervisor acknowledged that the worker died."""
    death_seen_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    import_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    certified_network: Mapped[bool | None] = mapped_column(Boolean)
    """Whether the claim's care is in a certified network; null where not yet known."""
    merged_into: Mapped[int | None] = mapped_column(BigInteger)
    """The claim of the same client that this one was found to be: closed, it leads there."""


class ClaimNarrative(Base):
    """What happened and where, what was hurt and who told of it, in words: protected, apart from the claim's frame."""

    __tablename__ = "claim_narrative"
    __table_args__ = (
        of_claim("claim_narrative_claim_fkey"),
        # What was told, and each answer that was added to it.
        CheckConstraint("length(narrative) <= 200000", name="narrative_brief"),
        CheckConstraint("length(body_part) <= 500", name="body_part_brief"),
        CheckConstraint("length(nature) <= 500", name="nature_brief"),
        CheckConstraint("length(cause) <= 500", name="cause_brief"),
        CheckConstraint("length(reporter) <= 200", name="reporter_brief"),
        CheckConstraint("length(reporter_phone) <= 200", name="reporter_phone_brief"),
        CheckConstraint("length(injury_place) <= 500", name="injury_place_brief"),
        *(
            CheckConstraint(f"{code} ~ '^[0-9]{{2}}$'", name=f"{code}_form")
            for code in ("part_code", "nature_code", "cause_code")
        ),
        CheckConstraint(
            "initial_treatment in ('none', 'on_site', 'clinic', 'emergency', 'hospital', 'major')",
            name="initial_treatment_known",
        ),
        CheckConstraint("length(treated_at) <= 500", name="treated_at_brief"),
        CheckConstraint("length(occupation) <= 200", name="occupation_brief"),
        CheckConstraint("lost_time in ('no', 'expected', 'yes')", name="lost_time_known"),
        CheckConstraint("length(work_supervisor) <= 200", name="work_supervisor_brief"),
        CheckConstraint("length(work_supervisor_phone) <= 200", name="work_supervisor_phone_brief"),
        CheckConstraint(
            "last_day_worked > '1900-01-01' and last_day_worked < '2200-01-01'", name="last_day_worked_of_our_time"
        ),
        CheckConstraint(
            "return_to_work > '1900-01-01' and return_to_work < '2200-01-01'", name="return_to_work_of_our_time"
        ),
        Index(
            "claim_narrative_place", "place_key", text("claim_id desc"), postgresql_where=text("place_key is not null")
        ),
        Index(
            "claim_narrative_place_of_client",
            "client_id",
            "place_key",
            text("claim_id desc"),
            postgresql_where=text("place_key is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    narrative: Mapped[str | None] = mapped_column(info=PHI)
    body_part: Mapped[str | None] = mapped_column(info=PHI)
    nature: Mapped[str | None] = mapped_column(info=PHI)
    cause: Mapped[str | None] = mapped_column(info=PHI)
    reporter: Mapped[str | None] = mapped_column(info=PHI)
    """Who reported the injury: a name and, where it was told, what they are there."""
    reporter_phone: Mapped[str | None] = mapped_column(info=PHI)
    """Where to call the reporter back, as the worker's telephone is kept; as it was told where it cannot be read."""
    injury_place: Mapped[str | None] = mapped_column(info=PHI)
    """Where it happened: site, street, town, as told. Nothing that is sent to the worker goes there."""
    place_key: Mapped[str | None] = mapped_column(
        Text(collation="C"), Computed("desk_place_key(injury_place)", persisted=True), info=PHI
    )
    """The place folded for comparison: no case, no accents, no punctuation."""
    part_code: Mapped[str | None] = mapped_column(info=PHI)
    """WCIO's code for the part of body, two digits, as a person or the client's file chose it; so the other two."""
    nature_code: Mapped[str | None] = mapped_column(info=PHI)
    cause_code: Mapped[str | None] = mapped_column(info=PHI)
    initial_treatment: Mapped[str | None] = mapped_column(info=PHI)
    """Which care the worker had at first, by its code."""
    treated_at: Mapped[str | None] = mapped_column(info=PHI)
    """Where and by whom, as told."""
    occupation: Mapped[str | None] = mapped_column(info=PHI)
    lost_time: Mapped[str | None] = mapped_column(info=PHI)
    """Whether time is lost from work: no, expected, yes."""
    last_day_worked: Mapped[date | None] = mapped_column(info=PHI)
    return_to_work: Mapped[date | None] = mapped_column(info=PHI)
    """When the worker has returned to work, or is expected to."""
    modified_duty: Mapped[bool | None] = mapped_column(info=PHI)
    """Whether the employer has work that the worker can do meanwhile; empty where nobody has said."""
    work_supervisor: Mapped[str | None] = mapped_column(info=PHI)
    """Whom the worker works for there, as told."""
    work_supervisor_phone: Mapped[str | None] = mapped_column(info=PHI)
    """How to call them, kept as the reporter's number is."""


class ClockPause(Base):
    """A span in which a claim's first-contact clock stood still, with its reason and who said so."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        of_claim("clock_pause_claim_fkey"),
        CheckConstraint("ends_at >= starts_at", name="ends_not_before_start"),
        CheckConstraint("length(reason) <= 500 and desk_shows(reason)", name="reasoned"),
        CheckConstraint("ended_attempt_id is null or ends_at is not null", name="ended_by_contact"),
        ForeignKeyConstraint(
            ["client_id", "ended_attempt_id"],
            ["contact_attempt.client_id", "contact_attempt.attempt_id"],
            name="clock_pause_ended_attempt_fkey",
        ),
        Index("clock_pause_one_open", "client_id", "claim_id", unique=True, postgresql_where=text("ends_at is null")),
        Index(
            "clock_pause_ended_attempt",
            "client_id",
            "ended_attempt_id",
            unique=True,
            postgresql_where=text("ended_attempt_id is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pause_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(info=PHI)
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    ended_attempt_id: Mapped[int | None] = mapped_column(BigInteger)
    """The first contact that ended it, where one that stands did."""


class ClaimEvent(Base):
    """One thing that happened to a claim: the timeline. `detail` holds no protected information."""

    __tablename__ = "claim_event"
    __table_args__ = (
        of_claim("claim_event_claim_fkey"),
        CheckConstraint("kind ~ '^[a-z_]{1,40}$'", name="kind_form"),
        CheckConstraint("octet_length(detail::text) <= 20000", name="detail_brief"),
        Index("claim_event_of_claim", "client_id", "claim_id", "at"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    kind: Mapped[str]
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class RequestKey(Base):
    """A form's own key, with the claim that the form made: the second click of a double click finds it taken."""

    __tablename__ = "request_key"
    __table_args__ = (
        of_claim("request_key_claim_fkey"),
        CheckConstraint("(client_id is null) = (claim_id is null)", name="claim_paired"),
        Index("request_key_claim", "client_id", "claim_id", postgresql_where=text("claim_id is not null")),
    )

    request: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    at: Mapped[datetime]
    client_id: Mapped[int | None] = mapped_column(Integer)
    claim_id: Mapped[int | None] = mapped_column(BigInteger)


class ClaimViewer(Base):
    """Somebody who has a claim's page open: since when, and when that page was last heard of."""

    __tablename__ = "claim_viewer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="claim_viewer_claim_fkey",
            ondelete="CASCADE",
        ),
        Index("claim_viewer_of_person", "staff_id", "seen_at"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
