"""What is offered for a claim's triage call: the best slots before its deadline, or why there is none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import local_time
from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim
from core.triage import slots
from core.triage.asking import Ask, asks
from core.triage.licences import licensed
from core.triage.slots import NOTICE, Need, Slot
from db.queries import triage as queries
from db.queries.triage import Clinician, ToCall

_AFTER = timedelta(days=4)
"""How far behind the deadline the next free slot is looked for."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Offers:
    """
    The slots that are offered for a claim's call, the best first, and where there is none before the deadline the
    `later` ones that are behind it. `asked` are those who make calls for the client, and why each of them cannot;
    `asks` those who could be asked for a time all the same.
    """

    due_at: datetime
    slots: tuple[Slot, ...]
    later: tuple[Slot, ...] = ()
    asked: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()


def offers(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, at: datetime) -> Offers:
    """
    Return the three best slots before the claim's deadline, or what there is behind it.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    claim = to_call(actor, tx, client_id, claim_id)
    since = at + NOTICE
    until = max(claim.due_at, since)
    clinicians = calling(tx, claim, since, until + _AFTER)
    before_due = need(claim, since, until)
    found = slots.best(before_due, clinicians)
    if found:
        return Offers(claim.due_at, tuple(found))
    later = slots.best(need(claim, since, until + _AFTER), clinicians)
    why_not = tuple(_why_not(claim, each, since, until) for each in clinicians)
    return Offers(claim.due_at, (), tuple(later), why_not, asks(before_due, clinicians))


def clinicians(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, at: datetime) -> list[Clinician]:
    """
    Return those who make triage calls for the claim's client, for choosing one by hand.

    :raises NotAllowed: if the actor books no calls.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    return queries.clinicians(tx, client_id, since=at, until=at + _A_DAY)


def to_call(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> ToCall:
    """
    Return what booking must know of the claim.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    claim = queries.to_call(tx, client_id, claim_id)
    if claim is None:
        raise NoSuchClaim
    return claim


def need(claim: ToCall, since: datetime, until: datetime) -> Need:
    """Return what the claim's call asks for between these instants."""
    where = local_time.place(claim.jurisdiction, postal_code=claim.postal_code, timezone=claim.timezone)
    return Need(claim.jurisdiction, claim.language, since, until, where, claim.best_hours)


def calling(tx: Connection, claim: ToCall, since: datetime, until: datetime) -> list[Clinician]:
    """Return them with what they have on the days around as well: calls are counted by the day."""
    return queries.clinicians(tx, claim.client_id, since=since - _A_DAY, until=until + _A_DAY)


def _why_not(claim: ToCall, clinician: Clinician, since: datetime, until: datetime) -> str:
    """Return in words why the clinician has no slot between."""
    if not licensed(claim.jurisdiction, clinician.licences, compact=clinician.compact):
        return f"{clinician.full_name}: not licensed in {claim.jurisdiction}"
    if next(slots.free(clinician, since, until), None) is not None:
        return f"{clinician.full_name}: free only outside of the hours in which the worker is called"
    if next(slots.free(clinician._replace(busy_from=[], busy_until=[]), since, until), None) is not None:
        return f"{clinician.full_name}: booked until the deadline"
    return f"{clinician.full_name}: does not work before the deadline"
