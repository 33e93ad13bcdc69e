"""Providers: who they are, where they see patients, what they do, in which languages, and in whose network they are."""

from datetime import date

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Double, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Number


class Provider(Base):
    """A clinician or a facility with a national provider identifier, whose check digit holds."""

    __tablename__ = "provider"
    __table_args__ = (
        CheckConstraint("desk_npi_checks(npi)", name="npi_checks"),
        CheckConstraint("kind in ('individual', 'organization')", name="kind_known"),
        CheckConstraint("length(name) <= 200 and desk_shows(name)", name="name_brief"),
    )

    provider_id: Mapped[Number] = mapped_column(primary_key=True)
    npi: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]


class ProviderLocation(Base):
    """Where a provider sees patients, on clocks in `timezone`, from a day on and, where that is known, until a day."""

    __tablename__ = "provider_location"
    __table_args__ = (
        CheckConstraint("length(address) <= 200 and desk_shows(address)", name="address_brief"),
        CheckConstraint("length(city) <= 100 and desk_shows(city)", name="city_brief"),
        CheckConstraint("state ~ '^[A-Z]{2}$'", name="state_form"),
        CheckConstraint("postal_code ~ '^[0-9]{5}(-[0-9]{4})?$'", name="postal_code_form"),
        CheckConstraint("latitude between -90 and 90 and longitude between -180 and 180", name="on_earth"),
        CheckConstraint("desk_zone_known(timezone)", name="timezone_known"),
        CheckConstraint("length(phone) <= 40", name="phone_brief"),
        CheckConstraint("length(fax) <= 40", name="fax_brief"),
        CheckConstraint("effective_until > effective_from", name="effective"),
        Index("provider_location_near", "latitude", "longitude"),
        Index("provider_location_of_state", "state", "provider_id"),
    )

    provider_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("provider.provider_id"), primary_key=True)
    location_id: Mapped[Number] = mapped_column(primary_key=True)
    address: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    postal_code: Mapped[str]
    latitude: Mapped[float] = mapped_column(Double)
    longitude: Mapped[float] = mapped_column(Double)
    """Of the middle of the postal code."""
    timezone: Mapped[str]
    phone: Mapped[str | None]
    fax: Mapped[str | None]
    accepting_new_patients: Mapped[bool] = mapped_column(Boolean)
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
    """The first day on which it is not so any more."""


class ProviderSpecialty(Base):
    """What a provider does, by a code of NUCC's taxonomy; one of them is the primary one."""

    __tablename__ = "provider_specialty"
    __table_args__ = (
        CheckConstraint("taxonomy_code ~ '^[0-9A-Z]{9}X$'", name="taxonomy_code_form"),
        Index("provider_specialty_one_primary", "provider_id", unique=True, postgresql_where="is_primary"),
        Index("provider_specialty_of_code", "taxonomy_code", "provider_id"),
    )

    provider_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("provider.provider_id"), primary_key=True)
    taxonomy_code: Mapped[str] = mapped_column(primary_key=True)
    is_primary: Mapped[bool] = mapped_column(Boolean)


class ProviderLanguage(Base):
    """A language that is spoken at a provider's, beside English."""

    __tablename__ = "provider_language"
    __table_args__ = (CheckConstraint("length(language) <= 40 and desk_shows(language)", name="language_brief"),)

    provider_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("provider.provider_id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)


class NetworkPanel(Base):
    """That a provider is in the network: on a client's own panel or, without a client, the MCO's for all of them."""

    __tablename__ = "network_panel"
    __table_args__ = (
        CheckConstraint("effective_until > effective_from", name="effective"),
        Index(
            "network_panel_once", "provider_id", "client_id", "effective_from", unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip

    panel_id: Mapped[Number] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.client_id"))
    provider_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("provider.provider_id"))
    effective_from: Mapped[date]
    effective_until: Mapped[date | None]
