"""Attempts to reach the parties of a claim, and what a first contact held."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, of_claim

PARTIES = "'worker', 'employer', 'provider', 'attorney'"
METHODS = "'phone', 'text', 'email', 'letter', 'in_person'"
PROMISING = "'reached', 'reached_deferred', 'voicemail', 'third_person'"
"""The outcomes after which a call can be promised."""
OUTCOMES = "'reached', 'reached_deferred', 'voicemail', 'no_answer', 'wrong_number', 'sent', 'refused', 'third_person'"
FITS = " or ".join(
    (
        "method = 'phone' and outcome <> 'sent'",
        "method = 'text' and outcome in ('sent', 'reached', 'refused', 'wrong_number')",
        "method = 'email' and outcome in ('sent', 'reached', 'refused')",
        "method = 'letter' and outcome = 'sent'",
        "method = 'in_person' and outcome not in ('sent', 'voicemail', 'wrong_number')",
    )
)
"""What a method can end with."""

IDENTITY = "full_name", "birth_date", "claim_number", "employer", "home_address", "telephone"
EXPLAINED = "who_we_are", "notices", "treatment", "return_to_work", "rights"
CHANNELS = "'text', 'voicemail'"
ANSWERS = "'given', 'refused', 'revoked'"
WORK_STATUSES = "'full_duty', 'restricted', 'off_work', 'not_known'"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_BY_TWO = " + ".join(f"('{item}' = any (identity))::int" for item in IDENTITY) + " >= 2"


class ContactAttempt(Base):
    """
    One try to reach one party, by one method, with an outcome.

    A call that was promised to the party is made at `call_again_at`; `called_attempt_id` is the attempt by which that
    was done. A first contact that was recorded by mistake is struck: it stays, and counts no more. What was recorded
    late says why.
    """

    __tablename__ = "contact_attempt"
    __table_args__ = (
        of_claim("contact_attempt_claim_fkey"),
        ForeignKeyConstraint(
            ["client_id", "called_attempt_id"],
            ["contact_attempt.client_id", "contact_attempt.attempt_id"],
            name="contact_attempt_called_fkey",
        ),
        CheckConstraint(f"party in ({PARTIES})", name="party_known"),
        CheckConstraint(f"method in ({METHODS})", name="method_known"),
        CheckConstraint("length(note) <= 4000", name="note_brief"),
        CheckConstraint(f"outcome in ({OUTCOMES})", name="outcome_known"),
        CheckConstraint(FITS, name="outcome_fits"),
        # Only the worker, live, can be the substantive first contact.
        CheckConstraint(
            "not substantive or (party = 'worker' and method in ('phone', 'in_person') and outcome = 'reached')",
            name="substantive_is_live",
        ),
        CheckConstraint(
            "call_again_at is null"
            f" or call_again_at > at and call_again_at < '2200-01-01Z' and outcome in ({PROMISING})",
            name="call_again_later",
        ),
        CheckConstraint("called_attempt_id is null or call_again_at is not null", name="called_if_promised"),
        CheckConstraint(
            "(struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_why is null)"
            " and (struck_at is null or substantive)",
            name="struck_whole",
        ),
        CheckConstraint("length(struck_why) <= 500 and desk_shows(struck_why)", name="struck_reasoned"),
        CheckConstraint("recorded_at >= at and (late_why is null or recorded_at is not null)", name="recorded_after"),
        CheckConstraint("length(late_why) <= 500 and desk_shows(late_why)", name="late_reasoned"),
        CheckConstraint("length(against_why) <= 500 and desk_shows(against_why)", name="against_reasoned"),
        Index("contact_attempt_of_claim", "client_id", "claim_id", "at"),
        Index(
            "contact_attempt_to_call",
            "call_again_at",
            "client_id",
            "claim_id",
            postgresql_where=text("call_again_at is not null and called_attempt_id is null"),
        ),
        Index(
            "contact_attempt_to_call_of_claim",
            "client_id",
            "claim_id",
            postgresql_where=text("call_again_at is not null and called_attempt_id is null"),
        ),
        Index(
            "contact_attempt_request_key",
            "client_id",
            "request",
            unique=True,
            postgresql_where=text("request is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    party: Mapped[str]
    method: Mapped[str]
    outcome: Mapped[str]
    substantive: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    note: Mapped[str | None] = mapped_column(info=PHI)
    request: Mapped[UUID | None] = mapped_column(UuidType)
    """The form's own key, so that a double click logs once."""
    call_again_at: Mapped[datetime | None]
    called_attempt_id: Mapped[int | None] = mapped_column(BigInteger)
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    struck_why: Mapped[str | None]
    recorded_at: Mapped[datetime | None]
    """When it was put on record; null where that was not kept."""
    late_why: Mapped[str | None]
    permitted: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Of an attempt to reach a worker for whom somebody speaks: that this one permitted it."""
    against_why: Mapped[str | None] = mapped_column(info=PHI)
    """Of an attempt that the worker did not wish for: why it was made all the same."""


class ContactConsent(Base):
    """
    What a worker said of being texted, or of voicemails, on one telephone number: in which words, and to whom.

    It is added to and never changed; the last row for the number as it is now stands.
    """

    __tablename__ = "contact_consent"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "worker_id"],
            ["injured_worker.client_id", "injured_worker.worker_id"],
            name="contact_consent_worker_fkey",
        ),
        of_claim("contact_consent_claim_fkey"),
        CheckConstraint(f"channel in ({CHANNELS})", name="channel_known"),
        CheckConstraint(f"answer in ({ANSWERS})", name="answer_known"),
        CheckConstraint("length(number) <= 200 and number_key is not null", name="number_brief"),
        CheckConstraint("length(words) <= 200 and desk_shows(words)", name="words_brief"),
        Index("contact_consent_number", "client_id", "number_key", "consent_id"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    worker_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    consent_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    """The claim on whose page it was put down."""
    channel: Mapped[str]
    number: Mapped[str] = mapped_column(info=PHI)
    number_key: Mapped[str | None] = mapped_column(Computed("desk_number_key(number)", persisted=True), info=PHI)
    """By which it is the same number."""
    answer: Mapped[str]
    words: Mapped[str] = mapped_column(info=PHI)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))


class FirstContact(Base):
    """What a first contact held, besides what its attempt says: by what the worker was known, what was spoken of."""

    __tablename__ = "first_contact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "attempt_id"],
            ["contact_attempt.client_id", "contact_attempt.attempt_id"],
            name="first_contact_attempt_fkey",
        ),
        CheckConstraint(
            f"identity <@ array[{_listed(IDENTITY)}] and cardinality(identity) <= {len(IDENTITY)}",
            name="identity_known",
        ),
        # The same item twice is one.
        CheckConstraint(_BY_TWO, name="identity_by_two"),
        CheckConstraint(
            f"explained <@ array[{_listed(EXPLAINED)}] and cardinality(explained) between 1 and {len(EXPLAINED)}",
            name="explained_known",
        ),
        CheckConstraint(f"work_status in ({WORK_STATUSES})", name="work_status_known"),
        CheckConstraint("array_ndims(identity) = 1 and array_ndims(explained) = 1", name="plain_lists"),
        CheckConstraint("length(care) <= 1000", name="care_brief"),
        CheckConstraint("length(work_note) <= 500", name="work_note_brief"),
        CheckConstraint("length(incomplete_why) <= 500 and desk_shows(incomplete_why)", name="incomplete_reasoned"),
        Index(
            "first_contact_incomplete",
            "client_id",
            "attempt_id",
            postgresql_where=text("incomplete_why is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    identity: Mapped[list[str]] = mapped_column(ARRAY(Text))
    explained: Mapped[list[str]] = mapped_column(ARRAY(Text))
    care: Mapped[str | None] = mapped_column(info=PHI)
    work_status: Mapped[str] = mapped_column(info=PHI)
    work_note: Mapped[str | None] = mapped_column(info=PHI)
    incomplete_why: Mapped[str | None] = mapped_column(info=PHI)
    """Why it could not wait until intake was complete."""
