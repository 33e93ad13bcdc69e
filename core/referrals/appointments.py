"""The appointment with the specialist: booked on clocks where it is, moved, kept, missed or cancelled."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import calendars, typed
from core.access import Actor
from core.referrals.acts import open_referral
from core.referrals.vocabulary import LONGEST_WORDS
from core.refusal import Refusal, limited
from db.queries import referrals as queries
from db.queries.referrals import Appointment, Referral

_AHEAD = timedelta(days=366)
"""How far ahead an appointment is booked at most; the database says the same."""


class BookedAlready(Refusal):
    text = "An appointment is booked for this referral already: move that one."


class KeptAlready(Refusal):
    text = "The appointment of this referral was kept: make another referral for another one."


class NotAhead(Refusal):
    text = "An appointment is booked for a time that is still to come, within a year, at a full minute."


class NotYet(Refusal):
    text = "The time of this appointment has not come yet."


class AppointmentChanged(Refusal):
    text = "Somebody has said meanwhile what became of this appointment. Look at it again."


def book(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, starts_at: datetime, timezone: str, at: datetime
) -> int:
    """
    Book an appointment and return its number: the first, or another after one that was missed or cancelled.
    *starts_at* is aware; *timezone* (an IANA name) counts outside of the network only, where a location has its own.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises ReferralEnded, KeptAlready, BookedAlready: if none is to be booked.
    :raises NotAhead: if it cannot be then.
    :raises ZoneUnknown: if there is no such zone.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    if referral.visit_status == "booked":
        raise BookedAlready
    return _book(actor, tx, referral, starts_at, timezone, at)


def move(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, appointment_id: int, starts_at: datetime,
    why: str = "", at: datetime,
) -> int:  # fmt: skip
    """
    Move a booked appointment to another time, in the same zone; return the number of the one that follows it.

    :raises AppointmentChanged: if somebody has said what became of it.

    All other refusals are those of `book`.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    booked = _booked(tx, referral, appointment_id)
    _said(actor, tx, referral, appointment_id, "moved", why, at)
    return _book(actor, tx, referral, starts_at, booked.timezone, at)


def kept(actor: Actor, tx: Connection, *, client_id: int, referral_id: int, appointment_id: int, at: datetime) -> None:
    """
    Say that the worker came to a booked appointment.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises ReferralEnded, AppointmentChanged: if that was said already, or the referral has ended.
    :raises NotYet: if its time has not come.
    """
    _came(actor, tx, client_id, referral_id, appointment_id, "kept", "", at)


def missed(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, appointment_id: int, why: str = "", at: datetime
) -> None:
    """Say that the worker did not come to a booked appointment, and why. The refusals are those of `kept`."""
    _came(actor, tx, client_id, referral_id, appointment_id, "missed", why, at)


def cancel(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, appointment_id: int, why: str, at: datetime
) -> None:
    """
    Cancel a booked appointment for a reason; the referral stays open.

    :raises NoReason, TooLong: if *why* says nothing, or too much.

    All other refusals are those of `kept`, but for NotYet.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    _said(
        actor, tx, referral, appointment_id, "cancelled",
        typed.reason(typed.one_line(why), LONGEST_WORDS, "The reason"), at,
    )  # fmt: skip


def _book(actor: Actor, tx: Connection, referral: Referral, starts_at: datetime, timezone: str, at: datetime) -> int:
    if referral.visit_status == "kept":
        raise KeptAlready
    if not at < starts_at <= at + _AHEAD or starts_at.second or starts_at.microsecond:
        raise NotAhead
    zone = referral.place_timezone or calendars.zone(timezone).key
    values = {
        "client_id": referral.client_id, "referral_id": referral.referral_id, "starts_at": starts_at, "timezone": zone,
        "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    return queries.book(tx, values)


def _booked(tx: Connection, referral: Referral, appointment_id: int) -> Appointment:
    last = queries.last_appointment(tx, referral.client_id, referral.referral_id)
    if last is None or last.appointment_id != appointment_id or last.status != "booked":
        raise AppointmentChanged
    return last


def _came(
    actor: Actor, tx: Connection, client_id: int, referral_id: int, appointment_id: int, status: str, why: str,
    at: datetime,
) -> None:  # fmt: skip
    referral = open_referral(actor, tx, client_id, referral_id)
    if at < _booked(tx, referral, appointment_id).starts_at:
        raise NotYet
    _said(actor, tx, referral, appointment_id, status, why, at)


def _said(
    actor: Actor, tx: Connection, referral: Referral, appointment_id: int, status: str, why: str, at: datetime
) -> None:
    reason = limited(typed.one_line(why), LONGEST_WORDS, "The reason")
    values = {
        "client_id": referral.client_id, "referral_id": referral.referral_id, "appointment_id": appointment_id,
        "status": status, "why": reason or None, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.change(tx, values):
        raise AppointmentChanged
