"""Asking for a time where none is free before the deadline, and saying that there will be none."""

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core import claims, typed
from core.access import Action, Actor, of_claim, require
from core.refusal import Refusal, limited
from core.triage.asking import RequestKind
from core.triage.calls import BookedAlready, open_to_call
from core.triage.offering import offers
from db.queries import call_requests as queries
from db.queries import triage
from db.queries.call_requests import CallRequest

LONGEST_NOTE = 300
"""Characters of a note, and of why a request is declined; the database says the same."""


class AskedAlready(Refusal):
    text = "A time was asked for already for this claim. Look at the claim again."


class TimeIsFree(Refusal):
    text = "A time before the deadline is free by now: book that one."


class NotToBeAsked(Refusal):
    text = "This cannot be asked of this person any more. Look at the claim again, and choose anew."


class RequestSettled(Refusal):
    text = "This request is settled already. Look at the claim again."


class NotYoursToEnd(Refusal):
    text = "A request is declined by whoever is asked or by a supervisor, and withdrawn by whoever asked."


def ask(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: RequestKind, clinician_id: int | None = None,
    note: str = "", at: datetime,
) -> int:  # fmt: skip
    """
    Ask a clinician for overtime or for time, or supervisors (*clinician_id* None) for what they decide; the request's
    number. It is seen at once by whoever is asked and by supervisors, and ends by itself: when a call is booked, the
    worker is reached, or nobody is to be called any more.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed, WorkerHasDied, ReachedAlready, BookedAlready: if no time is needed.
    :raises TimeIsFree: if a time before the deadline is free.
    :raises NotToBeAsked: if the clinician is none of those who can be asked for this.
    :raises AskedAlready: if a time was asked for already.
    :raises TooLong: if the note is.
    """
    open_to_call(actor, tx, client_id, claim_id)
    said = limited(typed.one_line(note), LONGEST_NOTE, "The note")
    if any(call.status == "booked" for call in triage.calls(tx, client_id, claim_id)):
        raise BookedAlready
    offered = offers(actor, tx, client_id=client_id, claim_id=claim_id, at=at)
    if offered.slots:
        raise TimeIsFree
    if (kind, clinician_id) not in ((each.kind, each.clinician_id) for each in offered.asks):
        raise NotToBeAsked
    values = {
        "client_id": client_id, "claim_id": claim_id, "kind": kind.value, "clinician_id": clinician_id,
        "note": said or None, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    try:
        return queries.ask(tx, values)
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", "") != "call_request_one_of_claim":
            raise
        raise AskedAlready from error


def end_request(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int, why: str, at: datetime
) -> str:
    """
    Decline a request, or withdraw what the actor asked for, for a reason; return which of the two it was. The claim's
    times are offered again.

    :raises NotAllowed: if the actor books no calls.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoReason, TooLong: if *why* says nothing, or too much.
    :raises RequestSettled: if it has ended.
    :raises NotYoursToEnd: if the actor neither asked, nor is asked, nor is a supervisor.
    """
    require(actor, Action.CALL_BOOK, of_claim(client_id, claim_id))
    claims.find(tx, client_id, claim_id)
    reason = typed.reason(typed.one_line(why), LONGEST_NOTE, "The reason")
    requests = queries.requests(tx, client_id, claim_id)
    request = next((each for each in requests if each.request_id == request_id and each.outcome is None), None)
    if request is None:
        raise RequestSettled
    if not may_end(actor, request):
        raise NotYoursToEnd
    outcome = "withdrawn" if request.asked_by_id == actor.staff_id else "declined"
    values = {
        "client_id": client_id, "claim_id": claim_id, "request_id": request_id, "outcome": outcome, "why": reason,
        "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.settle(tx, values):
        raise RequestSettled
    return outcome


def may_end(actor: Actor, request: CallRequest) -> bool:
    """Tell whether the actor can decline or withdraw the request."""
    concerned = actor.staff_id in (request.asked_by_id, request.clinician_id)
    return actor.may(Action.CALL_BOOK) and (concerned or actor.may(Action.CALL_OVERRIDE))
