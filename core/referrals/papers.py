"""What a worker is given of an appointment: a calendar file, a letter, and the words of a text message."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core import audit, claim_file, telephones, words
from core.access import Action, Actor, Subject, of_claim, require
from core.calendar_events import Event, written
from core.intake import ClaimPage
from core.referrals.acts import NoSuchReferral, worked_claim
from core.refusal import Refusal
from core.typeset import VERSIONS, AppointmentLetter
from db.queries import referrals as queries
from db.queries.referrals import Appointment, Referral

_PURPOSE = "Letter of the appointment"
_CONFIDENTIAL = "Confidential: protected health information"
_OPENING = "Your treating provider has referred you to a specialist for your work injury. This is your appointment:"


class NothingBooked(Refusal):
    text = "No appointment is booked for this referral any more. Look at it again."


def calendar_file(actor: Actor, tx: Connection, *, client_id: int, referral_id: int) -> bytes:
    """
    Return the file of the referral's appointment for the worker's calendar, the last where it was cancelled; its title
    says nothing of whom it is with. That it left is on the record.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NothingBooked: if none was ever booked, or the referral is not there for the actor.
    """
    require(actor, Action.REFERRAL_MAKE, Subject("referral", referral_id, client_id))
    referral = queries.one(tx, client_id, referral_id)
    last = queries.last_appointment(tx, client_id, referral_id) if referral else None
    if referral is None or last is None:
        raise NothingBooked
    audit.record(
        actor, tx, verb="exported", noun="appointment", noun_id=last.appointment_id, client_id=client_id,
        detail={"claim": referral.claim_id, "form": "calendar"},
    )  # fmt: skip
    event = Event(
        str(referral.visit_uid), last.sequence, last.starts_at, None, last.timezone,
        f"Appointment, claim {referral.claim_number}", last.status == "cancelled", last.changed_at or last.booked_at,
        referral.address or "",
    )  # fmt: skip
    return written([event], of="Appointments", method="CANCEL" if event.cancelled else "PUBLISH")


def hand_out_letter(actor: Actor, tx: Connection, *, page: ClaimPage, referral_id: int, at: datetime) -> bytes:
    """
    Return the letter of the booked appointment as a PDF; it is kept on the claim of *page*, and that the worker got it
    is told there.

    :raises NotAllowed: if the actor hands nothing out.
    :raises NoSuchReferral: if the referral is not of this claim.
    :raises NothingBooked: if no appointment is booked.
    :raises Unprintable: if a name has letters for which this machine has no font.
    """
    client_id, claim_id = page.header.client_id, page.header.claim_id
    require(actor, Action.CLAIM_DISCLOSE, of_claim(client_id, claim_id))
    referral = queries.one(tx, client_id, referral_id)
    if referral is None or worked_claim(tx, referral) != claim_id:
        raise NoSuchReferral
    last = queries.last_appointment(tx, client_id, referral_id)
    if last is None or last.status != "booked":
        raise NothingBooked
    return claim_file.hand_out_letter(
        actor, tx, client_id=client_id, claim_id=claim_id, told=_letter(page, referral, last),
        title=f"Letter of the appointment, {words.instant(last.starts_at, last.timezone)}",
        recipient=f"{page.worker.name}, the injured worker", purpose=_PURPOSE, at=at,
    )  # fmt: skip


def text_message(referral: Referral, appointment: Appointment) -> str:
    """Return what a text message tells of the appointment: when and where, and neither with whom nor for what."""
    where = f" at {referral.address}" if referral.address else ""
    call = f", or call {telephones.grouped(referral.phone)}" if referral.phone else ""
    when = words.instant(appointment.starts_at, appointment.timezone)
    told = f"Your appointment for claim {referral.claim_number}: {when}{where}."
    return f"{told} If you cannot come, tell us{call}."


def _letter(page: ClaimPage, referral: Referral, appointment: Appointment) -> AppointmentLetter:
    facts = {
        "With": referral.provider,
        "Specialty": referral.specialty,
        "Where": referral.address,
        "Telephone": telephones.grouped(referral.phone) if referral.phone else None,
        "Referred by": referral.referred_by,
        "Clocks": words.zone(appointment.timezone, appointment.starts_at),
    }
    home = (page.worker.address, page.worker.postal_code)
    header, title = page.header, "Your appointment"
    footer = f"Claim {header.claim_number} · {title} · version {VERSIONS['appointment_letter']} · {_CONFIDENTIAL}"
    return AppointmentLetter(
        language="en",
        title=title,
        reference=str(appointment.appointment_id),
        sender=f"Managed care organization, on behalf of {header.client_name}",
        addressee=(page.worker.name, *(line for each in home if each for line in each.splitlines())),
        date=words.day(appointment.booked_at.astimezone(ZoneInfo(header.client_timezone)).date()),
        footer=footer,
        opening=(_OPENING,),
        facts=tuple((label, value) for label, value in facts.items() if value),
        when=words.instant(appointment.starts_at, appointment.timezone),
        client=header.client_name,
        number=header.claim_number,
    )
