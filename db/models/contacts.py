"""Attempts to reach the parties of a claim."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base

PARTIES = "'worker', 'employer', 'provider', 'attorney'"
METHODS = "'phone', 'text', 'email', 'letter', 'in_person'"
OUTCOMES = "'reached', 'reached_deferred', 'voicemail', 'no_answer', 'wrong_number', 'sent', 'refused', 'third_person'"
FITS = " or ".join(
    (
        "method = 'phone' and outcome <> 'sent'",
        "method = 'text' and outcome in ('sent', 'reached', 'refused', 'wrong_number')",
        "method = 'email' and outcome in ('sent', 'reached', 'refused')",
        "method = 'letter' and outcome = 'sent'",
        "method = 'in_person' and outcome not in ('sent', 'voicemail', 'wrong_number')",
    )
)
"""What a method can end with."""


class ContactAttempt(Base):
    """One try to reach one party, by one method, with an outcome."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="contact_attempt_claim_fkey"
        ),
        CheckConstraint(f"party in ({PARTIES})", name="party_known"),
        CheckConstraint(f"method in ({METHODS})", name="method_known"),
        CheckConstraint("length(note) <= 4000", name="note_brief"),
        CheckConstraint(f"outcome in ({OUTCOMES})", name="outcome_known"),
        CheckConstraint(FITS, name="outcome_fits"),
        # Only the worker, live, can be the substantive first contact.
        CheckConstraint(
            "not substantive or (party = 'worker' and method in ('phone', 'in_person') and outcome = 'reached')",
            name="substantive_is_live",
        ),
        Index("contact_attempt_of_claim", "client_id", "claim_id", "at"),
        Index(
            "contact_attempt_request_key",
            "client_id",
            "request",
            unique=True,
            postgresql_where=text("request is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    party: Mapped[str]
    method: Mapped[str]
    outcome: Mapped[str]
    substantive: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    note: Mapped[str | None] = mapped_column(info=PHI)
    request: Mapped[UUID | None] = mapped_column(UuidType)
    """The form's own key, so that a double click logs once."""
