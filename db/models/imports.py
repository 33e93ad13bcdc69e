"""Clients' feeds of whatever kind: the saved mapping, each import, and the rows that it refused or knew already."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number

_KIND = "kind ~ '^[a-z][a-z_]{0,39}$'"
"""Which kinds there are is for the desk to know: one more is no change of these tables."""


class FeedMapping(Base):
    """Which of a client's headings means which field, in its feeds of a kind."""

    __tablename__ = "feed_mapping"
    __table_args__ = (CheckConstraint(_KIND, name="kind_form"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    saved_at: Mapped[datetime]


class FeedImport(Base):
    """One file of a kind, taken in as one plan."""

    __tablename__ = "feed_import"
    __table_args__ = (
        CheckConstraint(_KIND, name="kind_form"),
        CheckConstraint("state in ('done', 'cancelled', 'undone')", name="state_known"),
        CheckConstraint("read = accepted + refused + duplicates", name="counts_add_up"),
        CheckConstraint("least(accepted, refused, duplicates) >= 0", name="counts_are_numbers"),
        CheckConstraint("length(file_name) <= 200", name="file_brief"),
        CheckConstraint("(undone_at is null) = (undone_by is null)", name="undone_paired"),
        CheckConstraint("(state = 'undone') = (undone_at is not null)", name="undone_state"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    import_id: Mapped[Number] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    started_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    state: Mapped[str]
    read: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    accepted: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    refused: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    duplicates: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))


class ImportDuplicate(Base):
    """
    A row that adds nothing, and why: what it repeats, by its key in the table of the import's kind, and the import that
    brought that, if one did.
    """

    __tablename__ = "import_duplicate"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["feed_import.client_id", "feed_import.import_id"],
            name="import_duplicate_import_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "of_import"],
            ["feed_import.client_id", "feed_import.import_id"],
            name="import_duplicate_of_import_fkey",
        ),
        Index("import_duplicate_of", "client_id", "of_import"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    import_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    row_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    of_id: Mapped[int] = mapped_column(BigInteger)
    of_import: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str]


class ImportRefusal(Base):
    """A row of which nothing could become: which, why, and what to do."""

    __tablename__ = "import_refusal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["feed_import.client_id", "feed_import.import_id"],
            name="import_refusal_import_fkey",
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    import_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    row_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    field: Mapped[str]
    reason: Mapped[str] = mapped_column(info=PHI)
    remedy: Mapped[str]
    cells: Mapped[list[Any]] = mapped_column(JSONB, info=PHI)
