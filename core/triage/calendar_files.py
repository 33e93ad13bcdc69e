"""Triage calls as an iCalendar file (RFC 5545), by download and at an address that calendar programs read."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, Subject, of_claim, require
from core.staff import secrets
from core.transactions import system_transaction
from core.triage.calendar import NotYours
from db.queries import triage as queries
from db.queries.triage import AtAddress, Call

_PRODUCT = "-//MCO Desk//Triage calls//EN"
_CANCELLED = ("cancelled",)
_HOUR = timedelta(hours=1)
_BACK = timedelta(days=30)
"""How far back the calls at an address reach."""


class Event(NamedTuple):
    """A call as a calendar shows it: by the claim's number, with nothing of the worker. Instants are aware."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    timezone: str
    title: str
    cancelled: bool
    changed_at: datetime


def of_call(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, claim_number: str, call: Call) -> bytes:
    """
    Return the file of one call of the claim; that it left is on the record.

    :raises NotAllowed: if the actor books no calls.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    audit.record(
        actor, tx, verb="exported", noun="triage_call", noun_id=call.call_id, client_id=client_id,
        detail={"claim": claim_id, "form": "calendar"},
    )  # fmt: skip
    event = Event(
        str(call.uid), call.sequence, call.starts_at, call.ends_at, call.clinician_timezone,
        f"Triage call {claim_number}", call.status in _CANCELLED, call.changed_at or call.booked_at,
    )  # fmt: skip
    return written([event], method="CANCEL" if event.cancelled else "PUBLISH")


def make_address(actor: Actor, tx: Connection, *, at: datetime) -> str:
    """
    Make the actor's own address anew, and return the secret part of it, which is kept nowhere; the one before ends.

    :raises NotAllowed: if the actor sets no calendars.
    :raises NotYours: if the actor is not of the clinical staff.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", actor.staff_id))
    if not queries.settable(tx, actor.staff_id):
        raise NotYours
    token = secrets.new_token()
    queries.keep_address(tx, actor.staff_id, secrets.digest(token), at=at)
    return token


def withdraw_address(actor: Actor, tx: Connection, *, staff_id: int) -> bool:
    """
    End the address of the clinician, the own or, of a supervisor, anybody's; False where there is none.

    :raises NotAllowed: if the actor sets no calendars.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", staff_id))
    return queries.withdraw_address(tx, staff_id)


def address_since(actor: Actor, tx: Connection, *, staff_id: int) -> datetime | None:
    """
    Return since when the clinician has an address; None where there is none, or it is not for the actor to know.

    :raises NotAllowed: if the actor sets no calendars.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", staff_id))
    return queries.address_since(tx, staff_id)


def at_address(token: str, *, at: datetime) -> bytes | None:
    """Return the file of the calls of whoever has the address; None where nobody has. The look is on the record."""
    with system_transaction() as tx:
        found = queries.at_address(tx, secrets.digest(token), since=at - _BACK)
    if not found:
        return None
    events = [_event(row) for row in found if row.starts_at is not None]
    return written(events, method="PUBLISH", name=f"Triage calls of {found[0].full_name}")


def _event(row: AtAddress) -> Event:
    return Event(
        str(row.uid), row.sequence, row.starts_at, row.ends_at, row.timezone, f"Triage call {row.claim_number}",
        row.status in _CANCELLED, row.changed_at,
    )  # fmt: skip


def written(events: Iterable[Event], *, method: str, name: str = "") -> bytes:
    """
    Return the file of *events*, with the time zones that they name inside: the same bytes for the same events.

    *method* says what a program does with it: PUBLISH or CANCEL.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    listed = list(events)
    for timezone in sorted({event.timezone for event in listed}):
        years = [event.starts_at.year for event in listed if event.timezone == timezone]
        calendar.add_component(_timezone(timezone, min(years) - 1, max(years) + 1))
    for event in listed:
        zone = ZoneInfo(event.timezone)
        drawn = icalendar.Event()
        drawn.add("uid", f"{event.uid}@mco-desk")
        drawn.add("sequence", event.sequence + event.cancelled)
        drawn.add("dtstamp", event.changed_at)
        drawn.add("dtstart", event.starts_at.astimezone(zone))
        drawn.add("dtend", event.ends_at.astimezone(zone))
        drawn.add("summary", event.title)
        drawn.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        calendar.add_component(drawn)
    made: bytes = calendar.to_ical()
    return made


def _timezone(name: str, first: int, last: int) -> icalendar.Timezone:
    """
    Return the zone with every change of its clocks from the year *first* to the year *last*.

    Each change is a part of its own: what the library writes by itself lists them by date, and begins summer time an
    hour late; some programs then read no summer time at all.
    """
    zone, at = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    drawn = icalendar.Timezone()
    drawn.add("tzid", name)
    drawn.add_component(_clocks(at.astimezone(zone), at.astimezone(zone).utcoffset()))
    while (at := at + _HOUR).year <= last:
        before, after = (each.astimezone(zone) for each in (at - _HOUR, at))
        if before.utcoffset() != after.utcoffset():
            drawn.add_component(_clocks(after, before.utcoffset()))
    return drawn


def _clocks(since: datetime, before: timedelta | None) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """Return how clocks go from *since* on, which is told as clocks showed it that went as *before*."""
    part = icalendar.TimezoneDaylight() if since.dst() else icalendar.TimezoneStandard()
    part.add("dtstart", (since.astimezone(UTC) + (before or timedelta(0))).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", since.utcoffset())
    part.add("tzname", since.tzname())
    return part
