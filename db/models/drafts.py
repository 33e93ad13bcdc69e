"""What people have typed into a form and not sent yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number


class Draft(Base):
    """
    One person's words in one form, of one claim or of none yet; no other person sees them.

    `request` is the form's own key at that time. `fields` is empty (null) once that form is sent or cleared, so that
    words that arrive late do not come back. After a day the row is deleted, as it is with its claim.
    """

    __tablename__ = "draft"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="draft_claim_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("(client_id is null) = (claim_id is null)", name="claim_paired"),
        CheckConstraint("length(form) between 1 and 40", name="form_brief"),
        CheckConstraint("octet_length(fields::text) <= 65536", name="fields_brief"),
        Index(
            "draft_one", "staff_id", "form", "client_id", "claim_id", unique=True, postgresql_nulls_not_distinct=True
        ),
        Index("draft_claim", "client_id", "claim_id", postgresql_where=text("claim_id is not null")),
        Index("draft_saved", "saved_at"),
    )

    draft_id: Mapped[Number] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    form: Mapped[str]
    client_id: Mapped[int | None] = mapped_column(Integer)
    claim_id: Mapped[int | None] = mapped_column(BigInteger)
    request: Mapped[UUID] = mapped_column(Uuid)
    fields: Mapped[dict[str, Any] | None] = mapped_column(JSONB, info=PHI)
    saved_at: Mapped[datetime]


class TelephoneIntake(Base):
    """
    An intake by telephone whose claim is there: by whom it was begun, and how it ended.

    `request` is the key of its form, by which its words are found among the drafts. It is finished where it has ended
    and `left_why` is empty; else somebody says there why the rest is asked otherwise.
    """

    __tablename__ = "telephone_intake"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="telephone_intake_claim_fkey",
            ondelete="CASCADE",
        ),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_paired"),
        CheckConstraint("ended_at >= begun_at", name="ends_after"),
        CheckConstraint(
            "length(left_why) <= 500 and desk_shows(left_why) and (left_why is null or ended_at is not null)",
            name="left_reasoned",
        ),
        Index("telephone_intake_open", "begun_at", "client_id", "claim_id", postgresql_where=text("ended_at is null")),
    )

    client_id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request: Mapped[UUID] = mapped_column(Uuid)
    begun_at: Mapped[datetime]
    begun_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    left_why: Mapped[str | None] = mapped_column(info=PHI)
