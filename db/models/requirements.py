"""What intake asks for, as data: a version for each element, client and state, from a day on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Number


class IntakeRequirement(Base):
    """
    Whether an element is asked for from a day on: of one client's claims or of any, in one state or in any.

    Rows are only ever added, and withdrawn before their day: of those in force the most specific decides, and of equals
    the latest. `as_elsewhere` says nothing: wider ones decide.
    """

    __tablename__ = "intake_requirement"
    __table_args__ = (
        CheckConstraint(
            "element in ('birth_date', 'preferred_contact', 'best_hours', 'language', 'interpreter', 'address',"
            " 'injury_place', 'injured_time', 'body_part', 'nature', 'cause', 'initial_treatment', 'treated_at',"
            " 'occupation', 'lost_time', 'last_day_worked', 'return_to_work', 'modified_duty', 'work_supervisor')",
            name="element_known",
        ),
        CheckConstraint("jurisdiction ~ '^[A-Z]{2}$'", name="jurisdiction_form"),
        CheckConstraint("asked in ('required', 'only_if', 'not_asked', 'as_elsewhere')", name="asked_known"),
        CheckConstraint("only_if in ('lost_time', 'treated', 'not_english')", name="only_if_known"),
        CheckConstraint("(asked = 'only_if') = (only_if is not null)", name="only_if_said"),
        CheckConstraint(
            "asked <> 'as_elsewhere' or client_id is not null or jurisdiction is not null", name="elsewhere_is"
        ),
        CheckConstraint("sureness in ('source_read', 'knowledge')", name="sureness_known"),
        CheckConstraint("length(why) <= 300 and desk_shows(why)", name="why_brief"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn_paired"),
        CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300"
            " and desk_shows(withdrawn_why)",
            name="withdrawn_reasoned",
        ),
        CheckConstraint("withdrawn_at is null or begun = '{}' and in_force_at is null", name="withdrawn_before"),
        CheckConstraint(
            "effective_from > '1900-01-01' and effective_from < '2200-01-01'"
            " and proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'",
            name="of_our_time",
        ),
        Index("intake_requirement_holding", "element", "effective_from", postgresql_where=text("withdrawn_at is null")),
        Index(
            "intake_requirement_to_begin",
            "effective_from",
            postgresql_where=text("withdrawn_at is null and in_force_at is null"),
        ),
    )

    requirement_id: Mapped[Number] = mapped_column(Identity(always=True), primary_key=True)
    element: Mapped[str]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.client_id"))
    """Whose claims it is of; null: any client's."""
    jurisdiction: Mapped[str | None]
    """In which state; null: in any, and where none is known."""
    asked: Mapped[str]
    only_if: Mapped[str | None]
    """What must be known of a claim for it to be asked, where it is asked only if."""
    effective_from: Mapped[date]
    """The day of the client from which it holds: for what is reported, and for claims that wait then."""
    why: Mapped[str]
    """Where it is said: a statute, an agreement, practice."""
    sureness: Mapped[str]
    """Whether that source was read."""
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    proposed_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None]
    begun: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text("'{}'"))
    """The clients for whom its day has come, and whose waiting claims were asked."""
    in_force_at: Mapped[datetime | None]
    """When it had begun for all whom it is of."""
    claims_asked: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    claims_dropped: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """Of how many waiting claims it asked more when it began, and of how many less."""
