"""
Letters about requests for authorization: what each tells of, whom it is written to, and whether it went out.

What each column may hold is a check of the database: db/schema.sql.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number

_REQUEST = ("client_id", "claim_id", "request_id")


class Letter(Base):
    """
    A letter of a determination, or one that returns a request as not complete.

    `document_id` is the letter itself, its very bytes: null where it could not be set and is yet to be made.
    """

    __tablename__ = "letter"
    __table_args__ = (
        ForeignKeyConstraint(
            _REQUEST, [f"authorization_request.{column}" for column in _REQUEST], name="letter_request_fkey"
        ),
        ForeignKeyConstraint(
            [*_REQUEST, "determination_id"],
            [f"determination.{column}" for column in (*_REQUEST, "determination_id")],
            name="letter_determination_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "document_id"],
            ["claim_document.client_id", "claim_document.claim_id", "claim_document.document_id"],
            name="letter_document_fkey",
        ),
        Index(
            "letter_of_document", "client_id", "claim_id", "document_id", unique=True,
            postgresql_where=text("document_id is not null"),
        ),
        Index("letter_of_request", "client_id", "claim_id", "request_id", "letter_id"),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    letter_id: Mapped[Number] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger)
    determination_id: Mapped[int | None] = mapped_column(BigInteger)
    """The determination that it tells of; null where it returns the request."""
    party: Mapped[str]
    language: Mapped[str]
    template: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger)
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    handed_out_at: Mapped[datetime | None]
    how: Mapped[str | None]
    recipient: Mapped[str | None] = mapped_column(info=PHI)
    handed_out_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
