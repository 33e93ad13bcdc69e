"""Triage calls as an iCalendar file (RFC 5545), by download and at an address that calendar programs read."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, Subject, of_claim, require
from core.calendar_events import Event, written
from core.staff import secrets
from core.transactions import system_transaction
from core.triage.calendar import NotYours
from db.queries import triage as queries
from db.queries.triage import AtAddress, Call

_OF = "Triage calls"
_CANCELLED = ("cancelled",)
_BACK = timedelta(days=30)
"""How far back the calls at an address reach."""


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
    return written([event], of=_OF, method="CANCEL" if event.cancelled else "PUBLISH")


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
    return written(events, of=_OF, method="PUBLISH", name=f"Triage calls of {found[0].full_name}")


def _event(row: AtAddress) -> Event:
    return Event(
        str(row.uid), row.sequence, row.starts_at, row.ends_at, row.timezone, f"Triage call {row.claim_number}",
        row.status in _CANCELLED, row.changed_at,
    )  # fmt: skip
