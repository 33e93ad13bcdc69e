"""Tries to reach a party, and the first contact that keeps the promise."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import errors
from sqlalchemy import Connection, text

from core import claims, promises, typed
from core.access import Action, Actor, of_claim, require
from core.claims import CHANNEL, NoSuchClaim
from core.contact import clock
from core.contact.clock import ClockNotRunning
from core.contact.vocabulary import FITTING, LONGEST_NOTE, WORDS, Method, Outcome, Party
from core.refusal import Refusal, limited
from db import session


class OutcomeDoesNotFit(Refusal):
    text = "This method cannot have this outcome."


class AlreadyReached(Refusal):
    text = "The first contact of this claim is already recorded."


class WorkerDied(Refusal):
    text = "The worker has died. Nobody calls the worker; the employer and the provider can be contacted."


class ReportInTheFuture(Refusal):
    text = "The report is dated later than this contact. A supervisor corrects the report's time first."


@dataclass(frozen=True)
class Logged:
    """A contact attempt on the record; `again` where this form had already logged it."""

    attempt_id: int
    again: bool = False


# The hot path, given to the driver as it stands. The database asks once who logs it, writes attempt and audit
# event, and announces the claim.
_LOG = f"""
    select attempt_id, pg_notify('{CHANNEL}', %(payload)s)
      from desk_log_attempt(%(client_id)s, %(claim_id)s, %(at)s, %(party)s, %(method)s, %(outcome)s, %(substantive)s,
                            %(note)s, %(request)s) attempt_id
     where attempt_id is not null
"""

_ALIVE = "contact_attempt_worker_alive"
"""By this name the database refuses an attempt to reach a worker who has died."""

_OF_CLAIM = "contact_attempt_claim_fkey"

_NOT_THEIRS = "this contact_attempt is not theirs to log"
"""With these words it refuses one on a claim that is not there for them; a broken audit log has others."""

_LOGGED_BEFORE = text(
    "select attempt_id from contact_attempt"
    " where client_id = :client_id and request = :request and claim_id = :claim_id"
)

_REACHED = text(
    "update claim set first_contact_at = :at, first_contact_by = :by_id, due_at = :due_at, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)


def log_attempt(
    actor: Actor,
    tx: Connection,
    *,
    client_id: int,
    claim_id: int,
    party: Party,
    method: Method,
    outcome: Outcome,
    note: str | None,
    at: datetime,
    request: UUID,
) -> Logged:
    """
    Put one try to reach *party* on the claim's timeline. It never stops the clock: `record_first_contact` does.

    *request* is the form's own key: the same key again logs nothing and says so.

    :raises NotAllowed: if the actor does not log attempts.
    :raises OutcomeDoesNotFit: if the method cannot have the outcome.
    :raises TooLong: if the note is longer than LONGEST_NOTE.
    :raises WorkerDied: if it was to reach a worker who has died.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.ATTEMPT_LOG, of_claim(client_id, claim_id))
    if outcome not in FITTING[method]:
        raise OutcomeDoesNotFit(f"{WORDS[method]} cannot end with: {WORDS[outcome].lower()}.")
    return _log(tx, client_id, claim_id, party, method, outcome, _clean(note), at, request)


def record_first_contact(
    actor: Actor,
    tx: Connection,
    *,
    client_id: int,
    claim_id: int,
    method: Method,
    note: str | None,
    at: datetime,
    request: UUID,
) -> Logged:
    """
    Record that clinical staff substantively reached the injured worker, live: the clock stops at *at*.

    :raises NotAllowed: if the actor is not clinical staff; the database refuses as well.
    :raises OutcomeDoesNotFit: if the method is not live.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises AlreadyReached: if somebody recorded it before.
    :raises WorkerDied: if the worker has died.
    :raises ReportInTheFuture: if the report is dated later than *at*.
    :raises TooLong: if the note is longer than LONGEST_NOTE.
    """
    require(actor, Action.FIRST_CONTACT_RECORD, of_claim(client_id, claim_id))
    if method not in (Method.PHONE, Method.IN_PERSON):
        raise OutcomeDoesNotFit("A first contact is live: by telephone or in person.")
    claim = claims.find(tx, client_id, claim_id)
    if before := _before(tx, client_id, claim_id, request):
        return before
    if claim.first_contact_at is not None:
        raise AlreadyReached
    if claim.date_of_death is not None:
        raise WorkerDied
    if claim.closed_at is not None:
        raise ClockNotRunning
    if claim.reported_at > at:
        raise ReportInTheFuture
    paused = clock.end_pause(actor, tx, claim, at)
    due_at = promises.recount(actor, tx, claim) if paused else claim.due_at
    tx.execute(
        _REACHED, {"due_at": due_at, "at": at, "by_id": actor.staff_id, "client_id": client_id, "claim_id": claim_id}
    )
    if paused:
        clock.put_on_record(actor, tx, claim, "pause_ended", at)
    return _log(
        tx, client_id, claim_id, Party.WORKER, method, Outcome.REACHED, _clean(note), at, request, substantive=True
    )


def _log(
    tx: Connection, client_id: int, claim_id: int, party: Party, method: Method, outcome: Outcome, note: str | None,
    at: datetime, request: UUID, *, substantive: bool = False,
) -> Logged:  # fmt: skip
    try:
        row = session.driver(tx).execute(
            _LOG,
            {
                "client_id": client_id, "claim_id": claim_id, "at": at, "party": party.value, "method": method.value,
                "outcome": outcome.value, "substantive": substantive, "note": note, "request": request,
                "payload": claims.payload(client_id, [claim_id]),
            },
        ).fetchone()  # fmt: skip
    except errors.CheckViolation as refused:
        if refused.diag.constraint_name == _ALIVE:
            raise WorkerDied from None
        raise
    except errors.ForeignKeyViolation as refused:  # the claim was undone this very moment
        if refused.diag.constraint_name == _OF_CLAIM:
            raise NoSuchClaim from None
        raise
    except errors.InsufficientPrivilege as refused:
        if _NOT_THEIRS in (refused.diag.message_primary or ""):
            raise NoSuchClaim from None
        raise
    if row is not None:
        return Logged(row[0])
    if before := _before(tx, client_id, claim_id, request):
        return before
    raise NoSuchClaim


def _before(tx: Connection, client_id: int, claim_id: int, request: UUID) -> Logged | None:
    row = tx.execute(_LOGGED_BEFORE, {"client_id": client_id, "claim_id": claim_id, "request": request}).first()
    return Logged(row.attempt_id, again=True) if row else None


def _clean(note: str | None) -> str | None:
    return limited(typed.cleaned(note or ""), LONGEST_NOTE, "A note") or None
