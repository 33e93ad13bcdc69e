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
