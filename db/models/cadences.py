"""Cadences of follow-ups as data: how often who is asked, and after how long others are to know, as from a day on."""

from datetime import date, datetime, time

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Identity, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Number


class Cadence(Base):
    """
    How often a party is asked how a request for authorization stands, as from a day on, for all clients and states.

    Rows are only ever added, and withdrawn before their day. What the columns mean: `core/authorizations/cadence.py`.
    """

    __tablename__ = "cadence"
    __table_args__ = (
        CheckConstraint("party in ('provider', 'reviewer')", name="party_known"),
        CheckConstraint("desk_closer_together(left_hours, every_hours, last_hours) is true", name="closer_together"),
        CheckConstraint(
            "last_hours between 1 and 2160 and undated_hours between 1 and 2160 and promised_hours between 1 and 2160",
            name="hours_sensible",
        ),
        CheckConstraint("opens < closes", name="opens_first"),
        CheckConstraint("unanswered between 1 and 20 and share between 1 and 99", name="escalates_sensibly"),
        CheckConstraint("length(why) <= 300 and desk_shows(why)", name="why_brief"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn_paired"),
        CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300 and "
            "desk_shows(withdrawn_why)",
            name="withdrawn_reasoned",
        ),
        CheckConstraint("withdrawn_at is null or in_force_at is null", name="withdrawn_before"),
        CheckConstraint(
            "effective_from > '1900-01-01' and effective_from < '2200-01-01' and "
            "proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'",
            name="of_our_time",
        ),
        Index(
            "cadence_to_begin",
            "effective_from",
            postgresql_where=text("withdrawn_at is null and in_force_at is null"),
        ),
    )

    cadence_id: Mapped[Number] = mapped_column(Identity(always=True), primary_key=True)
    party: Mapped[str]
    effective_from: Mapped[date]
    """The day, as in New York, from which it holds."""
    left_hours: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    """While at least so much is left, it is asked again after as many hours as stand in the same place here."""
    every_hours: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    last_hours: Mapped[int] = mapped_column(Integer)
    undated_hours: Mapped[int] = mapped_column(Integer)
    promised_hours: Mapped[int] = mapped_column(Integer)
    opens: Mapped[time]
    closes: Mapped[time]
    unanswered: Mapped[int] = mapped_column(Integer)
    """After so many follow-ups without an answer it is for clinical staff."""
    share: Mapped[int] = mapped_column(Integer)
    """With less than so many percent of the clock left, too."""
    why: Mapped[str]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    """Null: the desk came with it."""
    proposed_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None]
    in_force_at: Mapped[datetime | None]
    """When its day had come."""
