"""Booking the triage call of a claim, moving it, and saying what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core import claims, typed
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed
from core.refusal import Refusal, limited
from core.triage import slots
from core.triage.offering import calling, need, to_call
from core.triage.slots import LASTS
from db.queries import triage as queries
from db.queries.triage import Clinician, ToCall

LONGEST_REASON = 500
"""Characters of a reason; the database says the same."""

_AHEAD = timedelta(days=31)
"""How far ahead a call is booked at most."""


class TimeTaken(Refusal):
    text = "This clinician has another call at that time. Choose another time."


class BookedAlready(Refusal):
    text = "A triage call is booked for this claim already: move that one."


class CallChanged(Refusal):
    text = "Somebody has moved or ended this call meanwhile. Look at it again before you change it."


class ReachedAlready(Refusal):
    text = "The first contact with the worker was made: no triage call is needed any more."


class WorkerHasDied(Refusal):
    text = "The worker has died: nobody calls."


class NoSuchClinician(Refusal):
    text = "This clinician makes no triage calls for the client: choose another."


class NotAhead(Refusal):
    text = "A call is booked for a time that is still to come, within 31 days, at a full minute."


class AgainstTheCalendar(Refusal):
    """`why` says in words all that speaks against the booking."""

    text = "This time is not free."

    def __init__(self, why: Sequence[str]) -> None:
        said = "; ".join(why)
        super().__init__(f"{said[:1].upper()}{said[1:]}. A supervisor can book it all the same, with a reason.")
        self.why = tuple(why)


class NoReason(Refusal):
    text = "Say why."


class NotYet(Refusal):
    text = "The time of this call has not come yet."


def book(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, clinician_id: int, starts_at: datetime,
    override: str = "", at: datetime,
) -> int:  # fmt: skip
    """
    Book the claim's triage call and return its number. *starts_at* is aware; *override* is why a supervisor books it
    against the clinician's calendar.

    :raises NotAllowed: if the actor books no calls, or overrides and is no supervisor.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed, WorkerHasDied, ReachedAlready: if nobody is to be called.
    :raises BookedAlready: if a call is booked for the claim.
    :raises NotAhead, NoSuchClinician, AgainstTheCalendar, TooLong: if it cannot be booked so.
    :raises TimeTaken: if the clinician has another call then.
    """
    claim = open_to_call(actor, tx, client_id, claim_id)
    values = _values(actor, tx, claim, clinician_id, starts_at, override, at)
    try:
        return queries.book(tx, values)
    except IntegrityError as error:
        raise _refused(error) from error


def move(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, call_id: int, sequence: int, clinician_id: int,
    starts_at: datetime, override: str = "", at: datetime,
) -> None:  # fmt: skip
    """
    Move a booked call to another time, or to another clinician. *sequence* is how often it had been moved when the
    actor saw it.

    :raises CallChanged: if it was moved or ended since.

    All other refusals are those of `book`.
    """
    claim = open_to_call(actor, tx, client_id, claim_id)
    values = _values(actor, tx, claim, clinician_id, starts_at, override, at, moving=call_id)
    try:
        moved = queries.move(tx, {**values, "call_id": call_id, "sequence": sequence})
    except IntegrityError as error:
        raise _refused(error) from error
    if not moved:
        raise CallChanged


def cancel(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, call_id: int, sequence: int, why: str, at: datetime
) -> None:
    """
    Cancel a booked call, for a reason.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoReason, TooLong: if *why* says nothing, or too much.
    :raises CallChanged: if it was moved or ended since it was seen.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    claims.find(tx, client_id, claim_id)
    reason = typed.one_line(why)
    if not reason:
        raise NoReason("Say why the call is cancelled.")
    _end(
        actor,
        tx,
        client_id,
        claim_id,
        call_id,
        sequence,
        "cancelled",
        limited(reason, LONGEST_REASON, "The reason"),
        at,
    )


def missed(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, call_id: int, sequence: int, at: datetime
) -> None:
    """
    Say that the worker did not come to a booked call.

    :raises NotAllowed: if the actor makes no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NotYet: if its time has not come.
    :raises CallChanged: if it was moved or ended since it was seen.
    """
    _made(actor, tx, client_id, claim_id, call_id, sequence, "missed", at, early=timedelta(0))


def done(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, call_id: int, sequence: int, at: datetime
) -> None:
    """
    Say that a booked call was made; a first contact that is recorded says so by itself.

    The refusals are those of `missed`; it may be made up to an hour before its time.
    """
    _made(actor, tx, client_id, claim_id, call_id, sequence, "done", at, early=timedelta(hours=1))


def open_to_call(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> ToCall:
    """
    Return what booking must know of the claim, which is locked until the transaction ends.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed, WorkerHasDied, ReachedAlready: if nobody is to be called.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    claims.find(tx, client_id, claim_id)
    claim = to_call(actor, tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    if claim.date_of_death is not None:
        raise WorkerHasDied
    if claim.first_contact_at is not None:
        raise ReachedAlready
    return claim


def _values(
    actor: Actor, tx: Connection, claim: ToCall, clinician_id: int, starts_at: datetime, override: str, at: datetime,
    *, moving: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    if not at < starts_at <= at + _AHEAD or starts_at.second or starts_at.microsecond:
        raise NotAhead
    ends_at = starts_at + LASTS
    reason = typed.one_line(override)
    if reason:
        require(actor, Action.CALL_OVERRIDE, of_claim(claim.client_id, claim.claim_id))
    known = calling(tx, claim, starts_at, ends_at)
    clinician = next((each for each in known if each.staff_id == clinician_id), None)
    if clinician is None:
        raise NoSuchClinician
    if moving is not None:
        clinician = _without(clinician, tx, claim, moving)
    why = [*_unwished(claim), *slots.against(need(claim, starts_at, ends_at), clinician, starts_at, ends_at)]
    if why and not reason:
        raise AgainstTheCalendar(why)
    return {
        "client_id": claim.client_id, "claim_id": claim.claim_id, "clinician_id": clinician_id, "starts_at": starts_at,
        "ends_at": ends_at, "override_why": limited(reason, LONGEST_REASON, "The reason") if why else None, "at": at,
        "by_id": actor.staff_id,
    }  # fmt: skip


def _unwished(claim: ToCall) -> list[str]:
    """Return in words why the worker is not to be called at all."""
    said = ["the worker is not to be contacted"] if claim.do_not_contact else []
    return said + (["somebody speaks for the worker, and has not permitted a call"] if claim.spoken_for else [])


def _without(clinician: Clinician, tx: Connection, claim: ToCall, call_id: int) -> Clinician:
    """Return the clinician without the call that is to be moved: it does not count beside itself."""
    call = next((each for each in queries.calls(tx, claim.client_id, claim.claim_id) if each.call_id == call_id), None)
    kept = [
        span for span in zip(clinician.busy_from, clinician.busy_until, strict=True)
        if call is None or call.clinician_id != clinician.staff_id or span[0] != call.starts_at
    ]  # fmt: skip
    return clinician._replace(busy_from=[span[0] for span in kept], busy_until=[span[1] for span in kept])


def _made(
    actor: Actor, tx: Connection, client_id: int, claim_id: int, call_id: int, sequence: int, status: str, at: datetime,
    *, early: timedelta,
) -> None:  # fmt: skip
    require(actor, Action.CALL_END, of_claim(client_id, claim_id))
    claims.find(tx, client_id, claim_id)
    call = next((each for each in queries.calls(tx, client_id, claim_id) if each.call_id == call_id), None)
    if call is None or call.status != "booked" or call.sequence != sequence:
        raise CallChanged
    if at < call.starts_at - early:
        raise NotYet
    _end(actor, tx, client_id, claim_id, call_id, sequence, status, None, at)


def _end(
    actor: Actor, tx: Connection, client_id: int, claim_id: int, call_id: int, sequence: int, status: str,
    why: str | None, at: datetime,
) -> None:  # fmt: skip
    ended = queries.end(
        tx,
        {"client_id": client_id, "claim_id": claim_id, "call_id": call_id, "sequence": sequence, "status": status,
         "why": why, "at": at, "by_id": actor.staff_id},
    )  # fmt: skip
    if not ended:
        raise CallChanged


_BROKEN = MappingProxyType({"triage_call_one_at_a_time": TimeTaken, "triage_call_one_of_claim": BookedAlready})
"""What is refused where two bookings met, by the constraint that the second broke."""


def _refused(error: IntegrityError) -> Exception:
    broken = _BROKEN.get(str(getattr(getattr(error.orig, "diag", None), "constraint_name", "")))
    return broken() if broken else error
