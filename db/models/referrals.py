"""Referrals to specialists, who confirmed them, and the appointments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy import Uuid as UuidType
from sqlalchemy.orm import Mapped, mapped_column

from db.base import PHI, Base, Number

OUTSIDE = "'none_near', 'none_accepting', 'none_speaks', 'none_of_specialty', 'workers_choice', 'urgent', 'other'"
PARTIES = "'provider', 'worker'"
WAYS = "'phone', 'fax', 'email', 'text', 'portal', 'in_person'"
APPOINTMENT_STATES = "'booked', 'kept', 'missed', 'moved', 'cancelled'"
OUTCOMES = "'reported', 'withdrawn', 'over'"


class Referral(Base):
    """
    Sending the worker from the treating provider to a specialist: one in the network, at a location, or one outside,
    for a reason. Open until the report is received, or it is withdrawn or over.

    What was confirmed and what became of the last appointment is kept here as well, by the tables of both.
    """

    __tablename__ = "referral"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"],
            name="referral_claim_fkey", ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["provider_id", "location_id"], ["provider_location.provider_id", "provider_location.location_id"],
            name="referral_location_fkey",
        ),
        ForeignKeyConstraint(
            ["client_id", "report_claim_id", "report_document_id"],
            ["claim_document.client_id", "claim_document.claim_id", "claim_document.document_id"],
            name="referral_report_fkey",
        ),
        CheckConstraint("taxonomy_code ~ '^[0-9A-Z]{9}X$'", name="taxonomy_code_form"),
        CheckConstraint("length(specialty) <= 200 and desk_shows(specialty)", name="specialty_brief"),
        CheckConstraint("length(asked) <= 500 and desk_shows(asked)", name="asked_brief"),
        CheckConstraint("length(referred_by) <= 200 and desk_shows(referred_by)", name="referred_by_brief"),
        CheckConstraint("desk_npi_checks(referred_by_npi)", name="referred_by_npi_checks"),
        CheckConstraint(
            "num_nonnulls(provider_id, location_id) in (0, 2) and (provider_id is null) = (outside_name is not null)",
            name="to_somebody",
        ),
        CheckConstraint(
            "length(outside_name) <= 200 and desk_shows(outside_name) and length(outside_phone) <= 40"
            " and length(outside_address) <= 300 and desk_shows(outside_address)",
            name="outside_brief",
        ),
        CheckConstraint(
            f"(outside_name is null) = (outside_why is null) and outside_why in ({OUTSIDE})"
            " and length(outside_words) <= 500 and desk_shows(outside_words)"
            " and (outside_words is null or outside_why is not null)"
            " and (outside_why is distinct from 'other' or outside_words is not null)",
            name="outside_reasoned",
        ),
        CheckConstraint(
            "outside_name is not null or coalesce(outside_phone, outside_address) is null", name="inside_bare"
        ),
        CheckConstraint(
            "confirm_provider_by > made_at and confirm_worker_by > made_at"
            " and confirm_provider_by < made_at + interval '31 days'"
            " and confirm_worker_by < made_at + interval '31 days'",
            name="confirmed_in_time",
        ),
        CheckConstraint("visit_status in ('booked', 'kept', 'missed', 'cancelled')", name="visit_status_known"),
        CheckConstraint("num_nonnulls(visit_status, visit_at, visit_changed_at) in (0, 3)", name="visit_whole"),
        CheckConstraint(f"outcome in ({OUTCOMES})", name="outcome_known"),
        CheckConstraint("num_nonnulls(ended_at, ended_by, outcome) in (0, 3)", name="ended_whole"),
        CheckConstraint(
            "length(ended_why) <= 500 and desk_shows(ended_why)"
            " and (ended_why is not null) = (outcome is not null and outcome <> 'reported')",
            name="ended_reasoned",
        ),
        CheckConstraint(
            "(report_received_at is not null) = (outcome is not null and outcome = 'reported')"
            " and report_received_at <= ended_at and num_nonnulls(report_claim_id, report_document_id) in (0, 2)"
            " and (report_document_id is null or report_received_at is not null)",
            name="reported",
        ),
        Index("referral_of_claim", "client_id", "claim_id"),
        Index("referral_open", "client_id", "claim_id", "referral_id", postgresql_where="ended_at is null"),
        Index("referral_outside", "client_id", "made_at", postgresql_where="outside_why is not null"),
        Index("referral_to_location", "provider_id", "location_id", postgresql_where="provider_id is not null"),
        Index(
            "referral_report", "client_id", "report_claim_id", "report_document_id",
            postgresql_where="report_document_id is not null",
        ),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    referral_id: Mapped[Number] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(BigInteger)
    taxonomy_code: Mapped[str]
    specialty: Mapped[str] = mapped_column(info=PHI)
    """The code's words when the referral was made."""
    asked: Mapped[str | None] = mapped_column(info=PHI)
    """What the specialist is asked for."""
    referred_by: Mapped[str] = mapped_column(info=PHI)
    """The treating provider's name."""
    referred_by_npi: Mapped[str | None]
    provider_id: Mapped[int | None] = mapped_column(BigInteger)
    location_id: Mapped[int | None] = mapped_column(BigInteger)
    outside_name: Mapped[str | None] = mapped_column(info=PHI)
    outside_phone: Mapped[str | None]
    outside_address: Mapped[str | None]
    outside_why: Mapped[str | None]
    outside_words: Mapped[str | None] = mapped_column(info=PHI)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    confirm_provider_by: Mapped[datetime]
    confirm_worker_by: Mapped[datetime]
    visit_uid: Mapped[UUID] = mapped_column(UuidType, server_default=text("gen_random_uuid()"))
    """Names the appointment for life in every calendar, however often it is moved."""
    provider_confirmed_at: Mapped[datetime | None]
    worker_confirmed_at: Mapped[datetime | None]
    visit_status: Mapped[str | None]
    visit_at: Mapped[datetime | None]
    visit_changed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    outcome: Mapped[str | None]
    ended_why: Mapped[str | None] = mapped_column(info=PHI)
    report_received_at: Mapped[datetime | None]
    report_claim_id: Mapped[int | None] = mapped_column(BigInteger)
    report_document_id: Mapped[int | None] = mapped_column(BigInteger)


class ReferralConfirmation(Base):
    """That the treating provider or the worker confirmed a referral: with whom somebody spoke, when and how."""

    __tablename__ = "referral_confirmation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "referral_id"], ["referral.client_id", "referral.referral_id"],
            name="referral_confirmation_referral_fkey", ondelete="CASCADE",
        ),
        CheckConstraint(f"party in ({PARTIES})", name="party_known"),
        CheckConstraint(f"how in ({WAYS})", name="how_known"),
        CheckConstraint("at <= recorded_at and at > recorded_at - interval '31 days'", name="at_made"),
        CheckConstraint("length(with_whom) <= 200 and desk_shows(with_whom)", name="with_whom_brief"),
        CheckConstraint("length(words) <= 500 and desk_shows(words)", name="words_brief"),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    referral_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    how: Mapped[str]
    with_whom: Mapped[str] = mapped_column(info=PHI)
    words: Mapped[str | None] = mapped_column(info=PHI)
    recorded_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))


class ReferralAppointment(Base):
    """When the worker sees the specialist, on clocks in `timezone`. One that is moved stays, and another follows it."""

    __tablename__ = "referral_appointment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["client_id", "referral_id"], ["referral.client_id", "referral.referral_id"],
            name="referral_appointment_referral_fkey", ondelete="CASCADE",
        ),
        CheckConstraint(f"status in ({APPOINTMENT_STATES})", name="status_known"),
        CheckConstraint("desk_zone_known(timezone)", name="timezone_known"),
        CheckConstraint(
            "starts_at > booked_at and starts_at <= booked_at + interval '366 days'"
            " and date_trunc('minute', starts_at) = starts_at",
            name="ahead",
        ),
        CheckConstraint("sequence >= 0", name="sequence_counts"),
        CheckConstraint(
            "num_nonnulls(changed_at, changed_by) = case status when 'booked' then 0 else 2 end", name="changed_whole"
        ),
        CheckConstraint(
            "length(changed_why) <= 500 and desk_shows(changed_why) and (changed_why is null or status <> 'booked')"
            " and (status <> 'cancelled' or changed_why is not null)",
            name="changed_reasoned",
        ),
        Index(
            "referral_appointment_one_booked", "client_id", "referral_id", unique=True,
            postgresql_where="status = 'booked'",
        ),
    )  # fmt: skip

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    referral_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    appointment_id: Mapped[Number] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    timezone: Mapped[str]
    status: Mapped[str] = mapped_column(server_default=text("'booked'"))
    sequence: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    booked_at: Mapped[datetime]
    booked_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    changed_why: Mapped[str | None] = mapped_column(info=PHI)
