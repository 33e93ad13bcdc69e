"""What is still to be asked about a claim, and what was said of its fields."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, of_claim

TO_ASK_AGAIN = "ask_again_at is not null and asked_again_at is null"
"""Which questions wait to be asked again: the condition of queries, and of the index that serves them."""


class IntakeQuestion(Base):
    """
    One required element that is missing or wrong on a claim: open until it is answered or found unobtainable.

    Of one claim no two are open about the same element for the same reason.
    """

    __tablename__ = "intake_question"
    __table_args__ = (
        of_claim("intake_question_claim_fkey"),
        CheckConstraint("(answered_at is null) = (answered_by is null)", name="answered_paired"),
        CheckConstraint("unobtainable_why is null or answered_at is not null", name="unobtainable_answered"),
        CheckConstraint(
            "length(unobtainable_why) <= 500 and desk_shows(unobtainable_why)", name="unobtainable_why_brief"
        ),
        CheckConstraint("ask_again_at is null or unobtainable_why is not null", name="ask_again_unknown"),
        CheckConstraint(
            "ask_again_at > answered_at and ask_again_at <= answered_at + interval '1440 hours'", name="ask_again_soon"
        ),
        CheckConstraint("asked_again_at is null or ask_again_at is not null", name="asked_again_waited"),
        CheckConstraint("reason ~ '^[a-z_]+$'", name="reason_form"),
        CheckConstraint(
            "element in ('name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part',"
            " 'narrative', 'client_claim_number', 'date_of_injury', 'reported_at', 'date_of_death', 'same_claim',"
            " 'reporter_phone', 'representative_phone', 'best_hours', 'interpreter', 'address', 'injury_place',"
            " 'injured_time', 'nature', 'cause', 'initial_treatment', 'treated_at', 'occupation', 'lost_time',"
            " 'last_day_worked', 'return_to_work', 'modified_duty', 'work_supervisor')",
            name="element_known",
        ),
        CheckConstraint("opened_at > '1900-01-01Z' and opened_at < '2200-01-01Z'", name="of_our_time"),
        Index(
            "intake_question_open",
            "client_id",
            "claim_id",
            "element",
            "reason",
            unique=True,
            postgresql_where=text("answered_at is null"),
        ),
        Index(
            "intake_question_waiting",
            "opened_at",
            "client_id",
            "claim_id",
            postgresql_where=text("answered_at is null"),
        ),
        Index(
            "intake_question_to_merge",
            "client_id",
            "claim_id",
            postgresql_where=text("answered_at is null and reason = 'to_merge'"),
        ),
        Index("intake_question_again", "ask_again_at", "client_id", "claim_id", postgresql_where=text(TO_ASK_AGAIN)),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    question_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    element: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default=text("'missing'"))
    """For which reason it is asked: missing, unreadable, or the name of a doubt."""
    why: Mapped[str] = mapped_column(info=PHI)
    """In words, what is missing or wrong; quotes what a client's file says where that cannot be read."""
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    unobtainable_why: Mapped[str | None] = mapped_column(info=PHI)
    ask_again_at: Mapped[datetime | None]
    """When to ask again, where it is not known yet: unobtainable until then."""
    asked_again_at: Mapped[datetime | None]
    """When it was taken up again: what came of that is said by the question that was opened then."""


class FieldChange(Base):
    """
    That somebody put something into a field of a claim: what it was, what it became, and why. It is never changed.

    A field that was empty had no `was`; of an answer to a question there is no `why`.
    """

    __tablename__ = "field_change"
    __table_args__ = (
        of_claim("field_change_claim_fkey"),
        CheckConstraint("field ~ '^[a-z_]{1,40}$'", name="field_form"),
        CheckConstraint("length(why) <= 500 and desk_shows(why)", name="reasoned"),
        CheckConstraint("was is distinct from became", name="changes"),
        CheckConstraint("length(was) <= 200000 and length(became) <= 200000", name="brief"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    change_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    field: Mapped[str]
    was: Mapped[str | None] = mapped_column(info=PHI)
    became: Mapped[str | None] = mapped_column(info=PHI)
    why: Mapped[str | None] = mapped_column(info=PHI)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
