"""Injured workers, and who represents them."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    Date,
    ForeignKey,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number, of_claim
from db.models.clients import OPEN_HOURS


class InjuredWorker(Base):
    """The person. Identity and contact details are protected health information and live here only."""

    __tablename__ = "injured_worker"
    __table_args__ = (
        CheckConstraint("family_name <> '' or given_name <> ''", name="named"),
        CheckConstraint("length(family_name) <= 200", name="family_name_brief"),
        CheckConstraint("length(given_name) <= 200", name="given_name_brief"),
        CheckConstraint("length(phone) <= 200", name="phone_brief"),
        CheckConstraint("length(email) <= 254", name="email_brief"),
        CheckConstraint("length(address) <= 500", name="address_brief"),
        CheckConstraint("length(postal_code) <= 20", name="postal_code_brief"),
        CheckConstraint("length(language) <= 40", name="language_brief"),
        CheckConstraint(
            "preferred_contact in ('phone', 'text', 'email', 'letter', 'attorney')", name="preferred_known"
        ),
        CheckConstraint(
            f"length(best_hours) <= 200 and best_hours ~ '{OPEN_HOURS}' and desk_hours_apart(best_hours)",
            name="best_hours_form",
        ),
        CheckConstraint("timezone is null or desk_zone_known(timezone)", name="timezone_known"),
        CheckConstraint("length(do_not_contact) <= 500 and desk_shows(do_not_contact)", name="do_not_contact_reasoned"),
        # A key that is not the name's hides a worker from who looks, and shows another.
        CheckConstraint("length(family_key) <= 200 and desk_name_keyed(family_name, family_key)", name="family_keyed"),
        CheckConstraint("length(given_key) <= 200 and desk_name_keyed(given_name, given_key)", name="given_keyed"),
        # Who is this: the same worker again in another file. Equality on plain keys stays indexable under a policy.
        Index(
            "injured_worker_known",
            "client_id",
            "family_key",
            "given_key",
            "birth_date",
            postgresql_include=["worker_id"],
        ),
        # Search: names begin with what is typed, in order; of all clients, and within each. Of each client as many are
        # read as are shown of all: the number stands in the index for them.
        Index("injured_worker_family", "family_key", "given_key"),
        Index("injured_worker_given", "given_key", "family_key"),
        Index(
            "injured_worker_given_of_client", "client_id", "given_key", "family_key", postgresql_include=["worker_id"]
        ),
        Index("injured_worker_phone", "phone_key", "worker_id", postgresql_where=text("phone_key is not null")),
        Index(
            "injured_worker_phone_of_client",
            "client_id",
            "phone_key",
            "worker_id",
            postgresql_where=text("phone_key is not null"),
        ),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    worker_id: Mapped[Number] = mapped_column(primary_key=True)
    family_name: Mapped[str] = mapped_column(info=PHI)
    given_name: Mapped[str] = mapped_column(info=PHI)
    family_key: Mapped[str] = mapped_column(Text(collation="C"), info=PHI)
    """The family name folded for comparison: no case, no accents, no punctuation."""
    given_key: Mapped[str] = mapped_column(Text(collation="C"), info=PHI)
    birth_date: Mapped[date | None] = mapped_column(Date, info=PHI)
    phone: Mapped[str | None] = mapped_column(info=PHI)
    phone_key: Mapped[str | None] = mapped_column(
        Text(collation="C"), Computed("desk_phone_key(phone)", persisted=True), info=PHI
    )
    """The telephone's last seven digits, without its extension."""
    email: Mapped[str | None] = mapped_column(info=PHI)
    language: Mapped[str | None] = mapped_column(info=PHI)
    preferred_contact: Mapped[str | None] = mapped_column(info=PHI)
    address: Mapped[str | None] = mapped_column(info=PHI)
    postal_code: Mapped[str | None] = mapped_column(info=PHI)
    best_hours: Mapped[str | None] = mapped_column(info=PHI)
    """The hours that suit the worker best, on the worker's own clocks."""
    timezone: Mapped[str | None] = mapped_column(info=PHI)
    """The zone of these clocks (an IANA name), where somebody set it by hand."""
    interpreter: Mapped[bool | None] = mapped_column(Boolean, info=PHI)
    """Whether an interpreter is needed; null where not known."""
    do_not_contact: Mapped[str | None] = mapped_column(info=PHI)
    """Why nobody is to contact the worker; null where one may."""


class Representative(Base):
    """Who speaks for the worker of a claim, as far as is known: an attorney, or somebody else."""

    __tablename__ = "representative"
    __table_args__ = (
        of_claim("representative_claim_fkey"),
        CheckConstraint("kind in ('attorney', 'other')", name="kind_known"),
        CheckConstraint(
            "length(name) <= 200 and length(firm) <= 200 and length(phone) <= 200 and length(email) <= 254",
            name="brief",
        ),
    )

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str | None]
    name: Mapped[str | None] = mapped_column(info=PHI)
    firm: Mapped[str | None] = mapped_column(info=PHI)
    phone: Mapped[str | None] = mapped_column(info=PHI)
    email: Mapped[str | None] = mapped_column(info=PHI)
    permits: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """Whether the representative has permitted that the worker is called directly."""
