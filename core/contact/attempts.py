"""Tries to reach a party: when, by which method, what came of it, and the call that was promised."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from psycopg import errors
from sqlalchemy import Connection, text

from core import claims, typed
from core.access import Action, Actor, of_claim, require
from core.claims import CHANNEL, ClaimClosed, ClaimMerged, NoSuchClaim
from core.contact import moments
from core.contact.vocabulary import (
    FITTING,
    LONGEST_NOTE,
    LONGEST_PROMISE,
    LONGEST_REASON,
    PROMISING,
    WORDS,
    Method,
    Outcome,
    Party,
)
from core.intake import open_questions
from core.intake.elements import WRONG_NUMBERS
from core.refusal import Refusal, limited
from db import session
from db.queries import claims as queries


class OutcomeDoesNotFit(Refusal):
    text = "This method cannot have this outcome."


class WorkerDied(Refusal):
    text = "The worker has died. Nobody calls the worker; the employer and the provider can be contacted."


class ThroughRepresentative(Refusal):
    text = (
        "Somebody speaks for the worker: call the representative instead, or tick that the representative permits this"
        " contact."
    )


class NotToBeContacted(Refusal):
    text = "The worker is not to be contacted. Say why this contact is made all the same."


class WithoutConsent(Refusal):
    text = "The worker has not consented to this, on this number. Say why it is done all the same."


class TextRevoked(Refusal):
    text = "The worker has revoked the consent to be texted on this number: no text message is sent to it."


class NoTimeToCall(Refusal):
    text = "Say when to call again: later than now, and within 30 days."


class KeyOfAnotherForm(Refusal):
    text = "Something else was recorded with this form. Open the page anew, and fill it in again."


class StruckMeanwhile(Refusal):
    text = "The first contact of this form was struck. Open the page anew to record another."


@dataclass(frozen=True)
class Logged:
    """
    A contact attempt on the record; `again` where this form had already logged it, `asked` where it found the number
    wrong and another one is to be asked for.
    """

    attempt_id: int
    again: bool = False
    asked: bool = False


# The hot path, given to the driver as it stands, its values in order. The database asks once who logs it, writes
# attempt and audit event, and announces the claim.
_LOG = f"""
    select attempt_id, pg_notify('{CHANNEL}', %s)
      from desk_log_attempt(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) attempt_id
     where attempt_id is not null
"""

_ALIVE = "contact_attempt_worker_alive"
"""By this name the database refuses an attempt to reach a worker who has died."""

_SPOKEN_FOR = "contact_attempt_worker_spoken_for"
"""By this name it refuses one to reach a worker for whom somebody speaks who has not permitted it."""

_MERGED = "contact_attempt_claim_merged"
"""By this name it refuses one on a claim that was merged into another."""
_UNWISHED = {
    "contact_attempt_unwanted": NotToBeContacted,
    "contact_attempt_unconsented": WithoutConsent,
    "contact_attempt_text_revoked": TextRevoked,
}
"""By these names it refuses one that the worker did not wish for."""

_OF_CLAIM = "contact_attempt_claim_fkey"

_NOT_THEIRS = "this contact_attempt is not theirs to log"
"""With these words it refuses one on a claim that is not there for them; a broken audit log has others."""

_LOGGED_BEFORE = text(
    "select attempt_id, claim_id, substantive, struck_at from contact_attempt"
    " where client_id = :client_id and request = :request"
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
    made_at: datetime | None = None,
    call_again_at: datetime | None = None,
    late_why: str = "",
    permitted: bool = False,
    against_why: str = "",
) -> Logged:
    """
    Put one try to reach *party* on the claim's timeline. It never stops the clock: `record_first_contact` does.

    It was made *at* this moment, unless *made_at* says another. Whoever asked to be called later is to be called again
    at *call_again_at*, which is work until then; after the other outcomes of PROMISING it can be given as well. A wrong
    number has another asked for, of a provider none. A worker for whom somebody speaks is called where that one has
    *permitted* it, which stays with the attempt. One who is not to be contacted, or has not consented to the channel,
    is tried for a reason, *against_why*; by text never after a revocation. *late_why* says why it is recorded late,
    where it is. *request* is the form's own key: the same key again logs nothing and says so.

    :raises NotAllowed: if the actor does not log attempts.
    :raises OutcomeDoesNotFit: if the method cannot have the outcome, or a call is promised where nobody asked for one.
    :raises NoTimeToCall: if it is not said when to call again, or that is not within LONGEST_PROMISE from *at*.
    :raises TooLong: if the note is longer than LONGEST_NOTE, or *against_why* than LONGEST_REASON.
    :raises ContactInTheFuture, ReportInTheFuture: if *made_at* is not between the report and *at*.
    :raises LatenessNotExplained: if that is long ago, and nothing says why it is recorded so late.
    :raises KeyOfAnotherForm: if a first contact was recorded under this key, or anything on another claim.
    :raises WorkerDied: if it was to reach a worker who has died.
    :raises ClaimClosed: if a call is promised on a closed claim, where it would be nobody's work.
    :raises ThroughRepresentative: if it was to reach a worker for whom somebody speaks, and was not permitted.
    :raises ClaimMerged: if the claim was merged into another one.
    :raises NotToBeContacted, WithoutConsent: if it was one that the worker did not wish for, and nothing says why.
    :raises TextRevoked: if it was a text message to a number of which the worker had revoked the consent.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.ATTEMPT_LOG, of_claim(client_id, claim_id))
    if outcome not in FITTING[method]:
        raise OutcomeDoesNotFit(f"{WORDS[method]} cannot end with: {WORDS[outcome].lower()}.")
    _promise(outcome, call_again_at, at)
    note = cleaned_note(note)
    if made_at is not None:
        made_at = moments.made(made_at, reported_at=_reported(tx, client_id, claim_id), at=at)
    made_at = made_at or at
    if call_again_at is not None:
        _check_open(tx, client_id, claim_id)
    logged = log(
        tx, client_id, claim_id, party, method, outcome, note, made_at, request, recorded_at=at,
        call_again_at=call_again_at, late_why=moments.explained(late_why, made_at, at=at), permitted=permitted,
        against_why=against_why,
    )  # fmt: skip
    if outcome is Outcome.WRONG_NUMBER and not logged.again:
        return replace(logged, asked=_ask_for_another(tx, client_id, claim_id, party, at))
    return logged


def log(
    tx: Connection, client_id: int, claim_id: int, party: Party, method: Method, outcome: Outcome, note: str | None,
    at: datetime, request: UUID, *, recorded_at: datetime, substantive: bool = False,
    call_again_at: datetime | None = None, late_why: str | None = None, permitted: bool = False,
    against_why: str = "",
) -> Logged:  # fmt: skip
    """Have the database write an attempt that was looked at; its refusals are those of `log_attempt`."""
    against = limited(typed.cleaned(against_why), LONGEST_REASON, "The reason")
    try:
        row = session.driver(tx).execute(
            _LOG,
            (
                claims.payload(client_id, [claim_id]), client_id, claim_id, at, party.value, method.value,
                outcome.value, substantive, note, request, call_again_at, recorded_at, late_why, permitted,
                against or None,
            ),
        ).fetchone()  # fmt: skip
    except errors.CheckViolation as refused:
        if refused.diag.constraint_name == _ALIVE:
            raise WorkerDied from None
        if refused.diag.constraint_name == _SPOKEN_FOR:
            raise ThroughRepresentative from None
        if refused.diag.constraint_name == _MERGED:
            raise ClaimMerged from None
        if unwished := _UNWISHED.get(refused.diag.constraint_name or ""):
            raise unwished from None
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
    if before := logged_before(tx, client_id, claim_id, request, substantive=substantive):
        return before
    raise NoSuchClaim


def logged_before(
    tx: Connection, client_id: int, claim_id: int, request: UUID, *, substantive: bool
) -> Logged | None:  # fmt: skip
    """
    Return what the form with this key has logged already, or None.

    :raises KeyOfAnotherForm: if that was a first contact where an attempt is to be logged, the other way round, or on
        another claim.
    :raises StruckMeanwhile: if it was a first contact that was struck since.
    """
    row = tx.execute(_LOGGED_BEFORE, {"client_id": client_id, "request": request}).first()
    if row is not None and (row.claim_id, row.substantive) != (claim_id, substantive):
        raise KeyOfAnotherForm
    if row is not None and row.struck_at is not None:
        raise StruckMeanwhile
    return Logged(row.attempt_id, again=True) if row else None


def cleaned_note(note: str | None) -> str | None:
    """
    Return a note as it is kept, or None where it says nothing.

    :raises TooLong: if it is longer than LONGEST_NOTE.
    """
    return limited(typed.cleaned(note or ""), LONGEST_NOTE, "A note") or None


def _promise(outcome: Outcome, call_again_at: datetime | None, at: datetime) -> None:
    if call_again_at is None:
        if outcome is Outcome.REACHED_DEFERRED:
            raise NoTimeToCall
        return
    if outcome not in PROMISING:
        one = "; ".join(WORDS[each].lower() for each in PROMISING)
        raise OutcomeDoesNotFit(f"A call can be promised after one of these: {one}. Choose one, or empty the time.")
    if not at < call_again_at <= at + LONGEST_PROMISE:
        raise NoTimeToCall


def _reported(tx: Connection, client_id: int, claim_id: int) -> datetime:
    if (claim := queries.frame(tx, client_id, claim_id)) is None:
        raise NoSuchClaim
    return claim.reported_at


def _check_open(tx: Connection, client_id: int, claim_id: int) -> None:
    claim = queries.frame(tx, client_id, claim_id)
    if claim is not None and claim.closed_at is not None:
        raise ClaimClosed if claim.merged_into is None else ClaimMerged


def _ask_for_another(tx: Connection, client_id: int, claim_id: int, party: Party, at: datetime) -> bool:
    """
    Open the question for another number, and tell whether it is open now: not on a closed claim, and not of a party of
    whom no number is kept, as of a representative who is not known.
    """
    question = WRONG_NUMBERS.get(party)
    claim = queries.frame(tx, client_id, claim_id) if question else None
    if question is None or claim is None or claim.closed_at is not None:
        return False
    if party is Party.ATTORNEY and not queries.represented(tx, client_id, claim_id):
        return False
    open_questions.add(tx, claim, [question], at=at)
    return True
