"""What people put aside of their work, and what they say when they hand it over."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, of_claim


class WorkMark(Base):
    """
    A work item that one person put aside, until when, and why where it was skipped; the item itself is no row.

    `kind` is the number of the arm from which the item comes. For everybody else the item stands where it stood. A
    mark set before the latest thing that happened to the item (its `at`) counts no more.
    """

    __tablename__ = "work_mark"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="work_mark_claim_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("until > set_at and until <= set_at + interval '31 days'", name="passing"),
        CheckConstraint("length(reason) <= 200 and desk_shows(reason)", name="reasoned"),
        CheckConstraint("kind between 1 and 99", name="kind_numbered"),
        Index("work_mark_of_person", "staff_id", "until"),
    )

    client_id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    set_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str | None]


class HandOver(Base):
    """
    What somebody said who handed a claim over: to whoever has it next, and to those who read its timeline.

    It is the note of whoever has the claim as long as that is *to_id*, since *given_at*.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        of_claim("hand_over_claim_fkey"),
        CheckConstraint("length(note) <= 500 and desk_shows(note)", name="note_brief"),
    )

    client_id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    given_at: Mapped[datetime] = mapped_column(primary_key=True)
    given_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    note: Mapped[str] = mapped_column(info=PHI)
