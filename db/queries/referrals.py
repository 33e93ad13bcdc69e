"""Referrals: what each is, who confirmed it, and its appointments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text

from db.queries.gathered import by_position


class Referral(NamedTuple):
    """
    A referral with the names of all concerned. `provider` and what follows it are the specialist's, in the network or
    outside; `outside_why` a code where it is outside.
    """

    client_id: int
    referral_id: int
    claim_id: int
    claim_number: str
    taxonomy_code: str
    specialty: str
    asked: str | None
    referred_by: str
    referred_by_npi: str | None
    provider_id: int | None
    location_id: int | None
    provider: str
    npi: str | None
    phone: str | None
    address: str | None
    place_timezone: str | None
    """The zone of the location; None outside of the network."""
    outside_why: str | None
    outside_words: str | None
    made_at: datetime
    made_by: str
    confirm_provider_by: datetime
    confirm_worker_by: datetime
    visit_uid: UUID
    provider_confirmed_at: datetime | None
    worker_confirmed_at: datetime | None
    visit_status: str | None
    visit_at: datetime | None
    visit_changed_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    outcome: str | None
    ended_why: str | None
    report_received_at: datetime | None
    report_claim_id: int | None
    report_document_id: int | None


class Confirmation(NamedTuple):
    """That a side confirmed a referral: with whom somebody spoke, when and how, and who put it on record."""

    referral_id: int
    party: str
    at: datetime
    how: str
    with_whom: str
    words: str | None
    recorded_at: datetime
    by: str


class Appointment(NamedTuple):
    """An appointment with the specialist, on clocks in `timezone`, and what became of it."""

    referral_id: int
    appointment_id: int
    starts_at: datetime
    timezone: str
    status: str
    sequence: int
    booked_at: datetime
    booked_by: str
    changed_at: datetime | None
    changed_by: str | None
    changed_why: str | None


class Report(NamedTuple):
    """A document that can be a specialist's report: where it is, what it is called, and when it was received."""

    claim_id: int
    document_id: int
    title: str
    received_at: datetime


_REFERRAL = """
    select r.client_id, r.referral_id, r.claim_id, c.claim_number, r.taxonomy_code, r.specialty, r.asked, r.referred_by,
           r.referred_by_npi, r.provider_id, r.location_id, coalesce(p.name, r.outside_name), p.npi,
           coalesce(l.phone, r.outside_phone),
           coalesce(l.address || ', ' || l.city || ', ' || l.state || ' ' || l.postal_code, r.outside_address),
           l.timezone, r.outside_why, r.outside_words, r.made_at, m.full_name, r.confirm_provider_by,
           r.confirm_worker_by, r.visit_uid, r.provider_confirmed_at, r.worker_confirmed_at, r.visit_status, r.visit_at,
           r.visit_changed_at, r.ended_at, e.full_name, r.outcome, r.ended_why, r.report_received_at,
           r.report_claim_id, r.report_document_id
      from referral r join claim c using (client_id, claim_id) join staff m on m.staff_id = r.made_by
      left join provider p on p.provider_id = r.provider_id
      left join provider_location l on l.provider_id = r.provider_id and l.location_id = r.location_id
      left join staff e on e.staff_id = r.ended_by
     where r.client_id = :client_id and {which}
     order by r.ended_at is not null, r.referral_id desc
"""

_OF_INJURY = "r.claim_id = any (desk_one_injury(:client_id, :claim_id))"

_OF_CLAIM = by_position(_REFERRAL.format(which=_OF_INJURY), Referral)

_ONE = by_position(_REFERRAL.format(which="r.referral_id = :referral_id"), Referral)

_LOCKED = text(
    "select referral_id from referral where client_id = :client_id and referral_id = :referral_id for update"
)

_CONFIRMATIONS = by_position(f"""
    select f.referral_id, f.party, f.at, f.how, f.with_whom, f.words, f.recorded_at, s.full_name
      from referral_confirmation f join referral r using (client_id, referral_id) join staff s on s.staff_id = f.by_id
     where r.client_id = :client_id and {_OF_INJURY} order by f.recorded_at
""", Confirmation)  # fmt: skip

_APPOINTMENTS = by_position(f"""
    select a.referral_id, a.appointment_id, a.starts_at, a.timezone, a.status, a.sequence, a.booked_at, b.full_name,
           a.changed_at, s.full_name, a.changed_why
      from referral_appointment a join referral r using (client_id, referral_id)
      join staff b on b.staff_id = a.booked_by left join staff s on s.staff_id = a.changed_by
     where r.client_id = :client_id and {_OF_INJURY} order by a.appointment_id desc
""", Appointment)  # fmt: skip

_LAST_APPOINTMENT = by_position("""
    select a.referral_id, a.appointment_id, a.starts_at, a.timezone, a.status, a.sequence, a.booked_at, b.full_name,
           a.changed_at, s.full_name, a.changed_why
      from referral_appointment a join staff b on b.staff_id = a.booked_by
      left join staff s on s.staff_id = a.changed_by
     where a.client_id = :client_id and a.referral_id = :referral_id order by a.appointment_id desc limit 1
""", Appointment)  # fmt: skip

_MAKE = text("""
    insert into referral (client_id, claim_id, taxonomy_code, specialty, asked, referred_by, referred_by_npi,
                          provider_id, location_id, outside_name, outside_phone, outside_address, outside_why,
                          outside_words, made_at, made_by, confirm_provider_by, confirm_worker_by)
    values (:client_id, :claim_id, :taxonomy_code, :specialty, :asked, :referred_by, :referred_by_npi, :provider_id,
            :location_id, :outside_name, :outside_phone, :outside_address, :outside_why, :outside_words,
            :at, :by_id, :confirm_provider_by, :confirm_worker_by)
    returning referral_id
""")

_CONFIRM = text("""
    insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, words, recorded_at, by_id)
    values (:client_id, :referral_id, :party, :confirmed_at, :how, :with_whom, :words, :at, :by_id)
    on conflict do nothing
""")

_BOOK = text("""
    insert into referral_appointment (client_id, referral_id, starts_at, timezone, booked_at, booked_by)
    values (:client_id, :referral_id, :starts_at, :timezone, :at, :by_id) returning appointment_id
""")

_CHANGE = text("""
    update referral_appointment set status = :status, changed_at = :at, changed_by = :by_id, changed_why = :why
     where client_id = :client_id and referral_id = :referral_id and appointment_id = :appointment_id
       and status = 'booked'
""")

_END = text("""
    update referral
       set ended_at = :at, ended_by = :by_id, outcome = :outcome, ended_why = :why, report_received_at = :received_at,
           report_claim_id = :report_claim_id, report_document_id = :document_id
     where client_id = :client_id and referral_id = :referral_id and ended_at is null
""")

_REPORTS = text("""
    select d.claim_id, d.document_id, d.title, f.received_at
      from claim_document d join file f using (client_id, file_id)
     where d.client_id = :client_id and d.claim_id = any (desk_one_injury(:client_id, :claim_id))
     order by f.received_at desc, d.document_id desc
""")

_DOCUMENT_OF_INJURY = text("""
    select exists (select from claim_document
                    where client_id = :client_id and document_id = :document_id and claim_id = :document_claim_id
                      and claim_id = any (desk_one_injury(:client_id, :claim_id)))
""")


def of_claim(tx: Connection, client_id: int, claim_id: int) -> list[Referral]:
    """Return the referrals of the claim and of those merged into it, the open ones first, the latest before others."""
    return [Referral(*row) for row in tx.execute(_OF_CLAIM, {"client_id": client_id, "claim_id": claim_id})]


def one(tx: Connection, client_id: int, referral_id: int, *, locked: bool = False) -> Referral | None:
    """Return the referral, or None where it is not in scope; *locked* until the transaction ends if asked."""
    key = {"client_id": client_id, "referral_id": referral_id}
    if locked:
        tx.execute(_LOCKED, key)
    row = tx.execute(_ONE, key).one_or_none()
    return Referral(*row) if row else None


def confirmations(tx: Connection, client_id: int, claim_id: int) -> list[Confirmation]:
    """Return who confirmed referrals of the claim, in the order in which that was put on record."""
    return [Confirmation(*row) for row in tx.execute(_CONFIRMATIONS, {"client_id": client_id, "claim_id": claim_id})]


def appointments(tx: Connection, client_id: int, claim_id: int) -> list[Appointment]:
    """Return the appointments of the claim's referrals, the latest first."""
    return [Appointment(*row) for row in tx.execute(_APPOINTMENTS, {"client_id": client_id, "claim_id": claim_id})]


def last_appointment(tx: Connection, client_id: int, referral_id: int) -> Appointment | None:
    """Return the referral's latest appointment; None where there was none."""
    row = tx.execute(_LAST_APPOINTMENT, {"client_id": client_id, "referral_id": referral_id}).one_or_none()
    return Appointment(*row) if row else None


def make(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep a referral, and return its number."""
    referral_id: int = tx.execute(_MAKE, values).scalar_one()
    return referral_id


def confirm(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Keep a confirmation; False where this side has confirmed already."""
    return tx.execute(_CONFIRM, values).rowcount > 0


def book(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep an appointment, and return its number."""
    appointment_id: int = tx.execute(_BOOK, values).scalar_one()
    return appointment_id


def change(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Say what became of a booked appointment; False where that was said already."""
    return tx.execute(_CHANGE, values).rowcount > 0


def end(tx: Connection, values: Mapping[str, Any]) -> bool:
    """End an open referral; False where it has ended already."""
    return tx.execute(_END, values).rowcount > 0


def reports(tx: Connection, client_id: int, claim_id: int) -> list[Report]:
    """Return the documents of the claim, and of those merged into it, the latest first."""
    return [Report(*row) for row in tx.execute(_REPORTS, {"client_id": client_id, "claim_id": claim_id})]


def on_injury(tx: Connection, client_id: int, claim_id: int, document: tuple[int, int]) -> bool:
    """Tell whether a document, by its claim and number, is on the claim or on one merged into it."""
    values = {
        "client_id": client_id, "claim_id": claim_id, "document_claim_id": document[0], "document_id": document[1],
    }  # fmt: skip
    return bool(tx.execute(_DOCUMENT_OF_INJURY, values).scalar_one())
