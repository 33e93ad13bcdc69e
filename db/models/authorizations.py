"""
Requests for authorization: what was asked for, how it was determined, who was told, and who was asked how it stands.

What each column may hold is a check of the database: db/schema.sql.
"""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number, of_claim

OPEN = text("ended_at is null")
_UNDECIDED = text("ended_at is null and decided_at is null")


def _of_request(name: str) -> ForeignKeyConstraint:
    key = ["client_id", "claim_id", "request_id"]
    return ForeignKeyConstraint(key, [f"authorization_request.{column}" for column in key], name=name)


class AuthorizationRequest(Base):
    """
    A request for treatment that waits for a determination, with its statutory clock.

    `clock` is how the clock stands, `rule` the number of the rule that counts it, `due_at` when it is due: null while
    nothing is. `due_why` is why a date was set by hand.
    """

    __tablename__ = "authorization_request"
    __table_args__ = (
        of_claim("authorization_request_claim_fkey"),
        UniqueConstraint("client_id", "request_id", name="authorization_request_number_key"),
        ForeignKeyConstraint(
            ["client_id", "about_id"],
            ["authorization_request.client_id", "authorization_request.request_id"],
            name="authorization_request_about_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "document_id"],
            ["claim_document.client_id", "claim_document.claim_id", "claim_document.document_id"],
            name="authorization_request_document_fkey",
        ),
        Index("authorization_open", "due_at", "client_id", "request_id", postgresql_where=OPEN),
        Index("authorization_open_by_client", "client_id", "due_at", "request_id", postgresql_where=OPEN),
        Index(
            "authorization_follow_up_due",
            "follow_up_at",
            "client_id",
            "request_id",
            postgresql_where=text("ended_at is null and follow_up_at is not null"),
        ),
        Index("authorization_to_clinical", "to_clinical_at", "client_id", postgresql_where=_UNDECIDED),
        Index("authorization_to_supervisor", "to_supervisor_at", "client_id", postgresql_where=_UNDECIDED),
        Index(
            "authorization_corrected",
            "to_tell_at",
            "client_id",
            "request_id",
            postgresql_where=text("to_tell_at is not null"),
        ),
        Index(
            "authorization_to_tell",
            "decided_at",
            "client_id",
            "request_id",
            postgresql_where=text("ended_at is null and decided_at is not null"),
        ),
        Index("authorization_received", "client_id", "received_at"),
        Index(
            "authorization_aging",
            "client_id",
            "jurisdiction",
            postgresql_where=OPEN,
            postgresql_include=[
                "received_at",
                "due_at",
                "clock",
                "ours",
                "reviewer_id",
                "provider_npi",
                "provider_name",
            ],
        ),
        Index(
            "authorization_told",
            "client_id",
            "communicated_at",
            postgresql_where=text("communicated_at is not null"),
            postgresql_include=["jurisdiction", "received_at", "complete_at", "due_at", "ours"],
        ),
        Index("authorization_open_by_npi", "provider_npi", "client_id", "request_id", postgresql_where=OPEN),
        Index("authorization_open_by_provider", "provider_name", "client_id", "request_id", postgresql_where=OPEN),
        ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["feed_import.client_id", "feed_import.import_id"],
            name="authorization_request_import_fkey",
        ),
        Index("authorization_of_import", "client_id", "import_id", postgresql_where=text("import_id is not null")),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[Number] = mapped_column(primary_key=True)
    about_id: Mapped[int | None] = mapped_column(BigInteger)
    """The decided request that an appeal, a reconsideration or an independent review is about."""
    jurisdiction: Mapped[str]
    kind: Mapped[str]
    """What is asked for, in the jurisdiction's own vocabulary."""
    provider_npi: Mapped[str | None]
    provider_name: Mapped[str]
    provider_phone: Mapped[str | None]
    provider_fax: Mapped[str | None]
    provider_email: Mapped[str | None]
    received_at: Mapped[datetime]
    """By the receiver's own stamp."""
    channel: Mapped[str]
    postmarked_on: Mapped[date | None] = mapped_column(Date)
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    """The request as it came."""
    complete_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    """When it went back to the provider as not complete."""
    missing: Mapped[str | None] = mapped_column(info=PHI)
    """What is, or was, missing for it to be complete."""
    information_asked_at: Mapped[datetime | None]
    information_at: Mapped[datetime | None]
    tolled_at: Mapped[datetime | None]
    """Since when the clock stands still for an independent examination, and `resumed_at` when its report came."""
    resumed_at: Mapped[datetime | None]
    deferred_at: Mapped[datetime | None]
    """Since when review is deferred because liability is disputed, and `taken_up_at` when that was settled."""
    deferred_why: Mapped[str | None] = mapped_column(info=PHI)
    """What is disputed, as the letters tell it that say so."""
    taken_up_at: Mapped[datetime | None]
    clock: Mapped[str]
    rule: Mapped[int | None] = mapped_column(ForeignKey("statutory_clock.clock_id"))
    due_at: Mapped[datetime | None]
    due_why: Mapped[str | None]
    ours: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    """Whether the clock is the desk's to meet: others are shown, and are never overdue."""
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    follow_up_at: Mapped[datetime | None]
    """When it is followed up next: by its cadence, unless somebody has set it (`follow_up_by_hand`)."""
    follow_up_by_hand: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    unanswered: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    """How many times in a row the one who is asked has not answered."""
    to_clinical_at: Mapped[datetime | None]
    """From when on it is for clinical staff, and `to_supervisor_at` for supervisors, as nobody has answered."""
    to_supervisor_at: Mapped[datetime | None]
    to_tell_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(info=PHI)
    decided_at: Mapped[datetime | None]
    communicated_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    logged_at: Mapped[datetime]
    logged_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    change: Mapped[str | None]
    """What was changed last, why, when and by whom: the timeline has them all."""
    change_why: Mapped[str | None] = mapped_column(info=PHI)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    import_id: Mapped[int | None] = mapped_column(BigInteger)
    """The import of a feed that brought it."""


class ServiceLine(Base):
    """One treatment that a request asks for; what was determined of it; and of what was approved how much was used."""

    __tablename__ = "service_line"
    __table_args__ = (
        _of_request("service_line_request_fkey"),
        Index(
            "service_line_running_out", "until_on", "client_id", "claim_id",
            postgresql_where=text("approved_units > 0"),
        ),
        Index(
            "service_line_used_up", "used_at", "client_id", "claim_id",
            postgresql_where=text(
                "approved_units > 2 and used_units < approved_units"
                " and (approved_units - used_units) * 5 <= approved_units"
            ),
        ),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    line: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str | None] = mapped_column(info=PHI)
    """CPT or HCPCS."""
    words: Mapped[str] = mapped_column(info=PHI)
    body_part: Mapped[str | None] = mapped_column(info=PHI)
    units: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    outcome: Mapped[str | None] = mapped_column(info=PHI)
    approved_units: Mapped[int | None] = mapped_column(Integer)
    approved_words: Mapped[str | None] = mapped_column(info=PHI)
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    authorization_number: Mapped[str | None]
    used_units: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    used_at: Mapped[datetime | None]
    """When it was last said how many units were used."""


class Determination(Base):
    """How a request was decided, by whom and why; a correction is another one, and erases nothing."""

    __tablename__ = "determination"
    __table_args__ = (
        _of_request("determination_request_fkey"),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "request_id", "corrects_id"],
            [
                "determination.client_id",
                "determination.claim_id",
                "determination.request_id",
                "determination.determination_id",
            ],
            name="determination_corrects_fkey",
        ),
        Index(
            "determination_first", "client_id", "claim_id", "request_id", unique=True,
            postgresql_where=text("corrects_id is null and outcome not in ('deferred', 'pended')"),
        ),
        Index(
            "determination_corrected_once", "client_id", "claim_id", "request_id", "corrects_id", unique=True,
            postgresql_where=text("corrects_id is not null"),
        ),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    determination_id: Mapped[Number] = mapped_column(primary_key=True)
    corrects_id: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str] = mapped_column(info=PHI)
    reviewer_name: Mapped[str]
    reviewer_credentials: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(info=PHI)
    lapse_of: Mapped[int | None] = mapped_column(ForeignKey("statutory_clock.clock_id"))
    """The clock by whose lapse its law gives what is determined as such: nobody approved that."""
    decided_at: Mapped[datetime]
    decided_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    recorded_at: Mapped[datetime]


class DeterminationLine(Base):
    """What a determination says of one line."""

    __tablename__ = "determination_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id", "request_id", "determination_id"],
            [
                "determination.client_id",
                "determination.claim_id",
                "determination.request_id",
                "determination.determination_id",
            ],
            name="determination_line_determination_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "request_id", "line"],
            ["service_line.client_id", "service_line.claim_id", "service_line.request_id", "service_line.line"],
            name="determination_line_line_fkey",
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    determination_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    line: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    outcome: Mapped[str] = mapped_column(info=PHI)
    units: Mapped[int | None] = mapped_column(Integer)
    words: Mapped[str | None] = mapped_column(info=PHI)
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    authorization_number: Mapped[str | None]


class DeterminationNotice(Base):
    """That somebody was told of a determination: who, how and when. The provider's stops the clock."""

    __tablename__ = "determination_notice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id", "request_id", "determination_id"],
            [
                "determination.client_id",
                "determination.claim_id",
                "determination.request_id",
                "determination.determination_id",
            ],
            name="determination_notice_determination_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "claim_id", "document_id"],
            ["claim_document.client_id", "claim_document.claim_id", "claim_document.document_id"],
            name="determination_notice_document_fkey",
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    notice_id: Mapped[Number] = mapped_column(primary_key=True)
    determination_id: Mapped[int] = mapped_column(BigInteger)
    party: Mapped[str]
    how: Mapped[str]
    recipient: Mapped[str] = mapped_column(info=PHI)
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    """The letter that was handed over or sent, where there was one."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    recorded_at: Mapped[datetime]


class AuthorizationFollowUp(Base):
    """One try to learn from the provider or the reviewer how a request stands, like an attempt to reach somebody."""

    __tablename__ = "authorization_follow_up"
    __table_args__ = (_of_request("authorization_follow_up_request_fkey"),)

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    request_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    follow_up_id: Mapped[Number] = mapped_column(primary_key=True)
    party: Mapped[str]
    how: Mapped[str]
    outcome: Mapped[str]
    note: Mapped[str | None] = mapped_column(info=PHI)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    recorded_at: Mapped[datetime]
