"""Files as they came, the documents of claims that they became, what of them went outside, and conditions."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number, of_claim

UNSETTLED = text("received_at is null and set_aside_at is null")


class File(Base):
    """
    A file that somebody uploaded for a client: it waits in the tray until it is stamped, or put aside.

    Its bytes are `FileContent`, so that lists never read them.
    """

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("kind in ('pdf', 'png', 'jpeg', 'tiff', 'text')", name="kind_known"),
        CheckConstraint("length(name) between 1 and 200", name="name_brief"),
        CheckConstraint("size between 1 and 10485760", name="size_bounded"),
        CheckConstraint("octet_length(digest) = 32", name="digest_whole"),
        CheckConstraint("(received_at is null) = (stamped_by is null)", name="stamped_paired"),
        CheckConstraint("received_at <= uploaded_at and received_at > '1900-01-01Z'", name="received_first"),
        CheckConstraint(
            "(set_aside_at is null) = (set_aside_by is null) and (set_aside_at is null) = (set_aside_why is null)",
            name="set_aside_paired",
        ),
        CheckConstraint("length(set_aside_why) <= 200 and desk_shows(set_aside_why)", name="set_aside_reasoned"),
        CheckConstraint("received_at is null or set_aside_at is null", name="settled_once"),
        Index("file_waiting", "client_id", "uploaded_at", "file_id", postgresql_where=UNSETTLED),
        Index("file_waiting_once", "client_id", "digest", unique=True, postgresql_where=UNSETTLED),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    file_id: Mapped[Number] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """What it is by its content."""
    name: Mapped[str] = mapped_column(info=PHI)
    """What it was called where it came from: people write names into it."""
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the content."""
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    received_at: Mapped[datetime | None]
    """The stamp of receipt: when the fax or e-mail came, which may be long before it was uploaded."""
    stamped_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    set_aside_at: Mapped[datetime | None]
    set_aside_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    set_aside_why: Mapped[str | None] = mapped_column(info=PHI)


class FileContent(Base):
    """The bytes of a file, as they came."""

    __tablename__ = "file_content"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "file_id"], ["file.client_id", "file.file_id"], name="file_content_file_fkey"
        ),
        CheckConstraint("octet_length(content) between 1 and 10485760", name="bounded"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=PHI)


class ClaimDocument(Base):
    """A file that is a document of a claim; a file is one document."""

    __tablename__ = "claim_document"
    __table_args__ = (
        of_claim("claim_document_claim_fkey"),
        ForeignKeyConstraint(
            ["client_id", "file_id"], ["file.client_id", "file.file_id"], name="claim_document_file_fkey"
        ),
        CheckConstraint(
            "kind in ('injury_report', 'medical_record', 'work_status', 'letter', 'authorization_request', 'other')",
            name="kind_known",
        ),
        CheckConstraint("length(title) <= 200 and desk_shows(title)", name="title_brief"),
        Index("claim_document_file", "client_id", "file_id", unique=True),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[Number] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(info=PHI)
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))


class Disclosure(Base):
    """What of a claim went outside: a document, the summary as it was then (no document), or what was told."""

    __tablename__ = "disclosure"
    __table_args__ = (
        of_claim("disclosure_claim_fkey"),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "document_id"],
            ["claim_document.client_id", "claim_document.claim_id", "claim_document.document_id"],
            name="disclosure_document_fkey",
        ),
        CheckConstraint("octet_length(digest) = 32", name="digest_whole"),
        CheckConstraint("length(recipient) <= 200 and desk_shows(recipient)", name="recipient_brief"),
        CheckConstraint("length(purpose) <= 500 and desk_shows(purpose)", name="purpose_brief"),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    disclosure_id: Mapped[Number] = mapped_column(primary_key=True)
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the very bytes that went out; null where it was told, not sent."""
    recipient: Mapped[str] = mapped_column(info=PHI)
    purpose: Mapped[str] = mapped_column(info=PHI)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))


class ClaimCondition(Base):
    """What is alleged, allowed or denied as a condition of a claim, and since when."""

    __tablename__ = "claim_condition"
    __table_args__ = (
        of_claim("claim_condition_claim_fkey"),
        CheckConstraint(r"code ~ '^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$'", name="code_form"),
        CheckConstraint("length(words) <= 300 and desk_shows(words)", name="words_brief"),
        CheckConstraint("status in ('alleged', 'allowed', 'denied')", name="status_known"),
        CheckConstraint("since > '1900-01-01' and since < '2200-01-01'", name="of_our_time"),
        Index("claim_condition_code", "client_id", "claim_id", "code", unique=True),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    condition_id: Mapped[Number] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(info=PHI)
    """ICD-10-CM, with its point: S93.401A."""
    words: Mapped[str] = mapped_column(info=PHI)
    status: Mapped[str] = mapped_column(info=PHI)
    since: Mapped[date] = mapped_column(Date)
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
