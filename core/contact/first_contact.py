"""
The first contact that keeps the promise: what it holds, how it is recorded, and how a mistaken one is struck.

This is the act. The figures of all first contacts, as the page First contact shows them, are in `core/first_contact`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from core import claims, promises, typed
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed
from core.contact import completeness, moments, pauses
from core.contact.attempts import Logged, OutcomeDoesNotFit, WorkerDied, cleaned_note, log, logged_before
from core.contact.pauses import ClockNotRunning
from core.contact.vocabulary import (
    FEWEST_ITEMS,
    LONGEST_CARE,
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_WORK_NOTE,
    Explained,
    Identity,
    Method,
    Outcome,
    Party,
    WorkStatus,
)
from core.refusal import Refusal, TooLong, limited
from db.queries import claims as queries
from db.queries.claims import Frame


class AlreadyReached(Refusal):
    text = "The first contact of this claim is already recorded."


class NotHeld(Refusal):
    """Something that a first contact must hold is not said; each such thing has its own sentence."""


class IdentityNotConfirmed(NotHeld):
    text = "Confirm the worker's identity by two items or more before anything of the claim is said."


class NothingExplained(NotHeld):
    text = "Say what was explained to the worker: a first contact holds one point of it or more."


class WorkNotSaid(NotHeld):
    text = "Say how work stands; where the worker did not say, choose that it is not known yet."


class NoFirstContact(Refusal):
    text = "No first contact of this claim is on record: there is nothing to strike."


class MadeOnMerged(Refusal):
    text = (
        "This first contact was made on a claim that was merged into this one. Undo the merge, strike it there, and"
        " merge the claims again."
    )


@dataclass(frozen=True)
class FirstContact:
    """
    What a first contact with the worker held. It was made at `made_at`, or, where that is None, when it is recorded.

    `identity` are the items by which the worker was known, `explained` what was explained; `care` tells of the care so
    far, `work_note` of work, both in a few words, `note` the rest; `late_why` why it is recorded late, where it is.
    `permitted` tells that whoever speaks for the worker permitted the call, `against_why` why one was made to a worker
    who is not to be contacted. `incomplete_why` is why it could not wait until intake was complete, where it is not.
    """

    method: Method
    identity: Collection[Identity]
    explained: Collection[Explained]
    work_status: WorkStatus | None
    care: str = ""
    work_note: str = ""
    note: str = ""
    made_at: datetime | None = None
    late_why: str = ""
    permitted: bool = False
    against_why: str = ""
    incomplete_why: str = ""


_REACHED = text(
    "update claim set first_contact_at = :at, first_contact_by = :by_id, due_at = :due_at, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)
_HOLD = text(
    "insert into first_contact (client_id, attempt_id, identity, explained, care, work_status, work_note,"
    " incomplete_why)"
    " values (:client_id, :attempt_id, :identity, :explained, :care, :work_status, :work_note, :incomplete_why)"
)
_STRIKE = text("select desk_strike_first_contact(:client_id, :claim_id, :why, :due_at)")


def record_first_contact(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, held: FirstContact, at: datetime, request: UUID
) -> Logged:
    """
    Record *at* this moment that clinical staff substantively reached the injured worker, live: the clock stops when
    that was. What it *held* is kept with it; *request* is the form's own key.

    :raises NotAllowed: if the actor is not clinical staff; the database refuses as well.
    :raises OutcomeDoesNotFit: if the method is not live.
    :raises IdentityNotConfirmed, NothingExplained, WorkNotSaid: if it does not hold what it must.
    :raises TooLong: if a text is beyond its limit; says which. Where more than one thing is `lacking`, a NotHeld with a
        sentence for each.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises AlreadyReached: if somebody recorded it before.
    :raises WorkerDied: if the worker has died.
    :raises IntakeNotComplete: if something is still to be asked, and nothing says why the call could not wait.
    :raises ThroughRepresentative: if somebody speaks for the worker, and has not permitted the call.
    :raises NotToBeContacted: if the worker is not to be contacted, and nothing says why it was done.
    :raises ClockNotRunning: if the claim is closed.
    :raises ContactInTheFuture, ReportInTheFuture: if it was not made between the report and *at*.
    :raises LatenessNotExplained: if that is long ago, or in time where the claim is overdue, and nothing says why it is
        recorded so late.
    :raises KeyOfAnotherForm: if an attempt was logged under this key, or anything on another claim.
    :raises StruckMeanwhile: if what was recorded under this key was struck.
    """
    require(actor, Action.FIRST_CONTACT_RECORD, of_claim(client_id, claim_id))
    if held.method not in (Method.PHONE, Method.IN_PERSON):
        raise OutcomeDoesNotFit("A first contact is live: by telephone or in person.")
    kept, note = _kept(held), cleaned_note(held.note)
    claim = claims.find(tx, client_id, claim_id)
    if before := logged_before(tx, client_id, claim_id, request, substantive=True):
        return before
    if claim.first_contact_at is not None:
        raise AlreadyReached
    if claim.date_of_death is not None:
        raise WorkerDied
    if claim.closed_at is not None:
        raise ClockNotRunning
    kept["incomplete_why"] = completeness.reason(tx, client_id, claim_id, held.incomplete_why)
    made_at = moments.made(held.made_at, reported_at=claim.reported_at, at=at)
    due_at = _due(actor, tx, claim) if held.made_at else None
    late_why = moments.explained(held.late_why, made_at, at=at, due_at=due_at)
    paused = pauses.end_pause(actor, tx, claim, made_at)
    due_at = promises.recount(actor, tx, claim) if paused else claim.due_at
    tx.execute(
        _REACHED,
        {"due_at": due_at, "at": made_at, "by_id": actor.staff_id, "client_id": client_id, "claim_id": claim_id},
    )
    if paused:
        pauses.put_on_record(actor, tx, claim, "pause_ended", at)
    logged = log(
        tx, client_id, claim_id, Party.WORKER, held.method, Outcome.REACHED, note, made_at, request, recorded_at=at,
        substantive=True, late_why=late_why, permitted=held.permitted, against_why=held.against_why,
    )  # fmt: skip
    tx.execute(_HOLD, {"client_id": client_id, "attempt_id": logged.attempt_id, **kept})
    return logged


def strike_first_contact(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reason: str) -> datetime:
    """
    Strike a first contact that was recorded by mistake, for a *reason*: the clock goes on as if there had been none.

    The entry stays on the timeline, marked with who struck it, when and why. A pause that it ended lasts on, from when
    it began. Return when the claim is due now; while a pause lasts, as if it ended where it began. Another first
    contact can be recorded.

    :raises NotAllowed: if the actor does not strike first contacts; the database refuses as well.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed: if the claim is closed.
    :raises NoFirstContact: if there is none.
    :raises MadeOnMerged: if it was made on a claim that was merged into this one.
    """
    require(actor, Action.FIRST_CONTACT_STRIKE, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason for striking the first contact")
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    if claim.first_contact_at is None:
        raise NoFirstContact
    if not queries.made_here(tx, client_id, claim_id):
        raise MadeOnMerged
    due_at = promises.recount_paused(actor, tx, claim)
    # It gives the pause back, puts the strike on the timeline and on the record, and announces the claim.
    tx.execute(_STRIKE, {"client_id": client_id, "claim_id": claim_id, "why": why, "due_at": due_at})
    return due_at or claim.due_at


def _due(actor: Actor, tx: Connection, claim: Frame) -> datetime | None:
    """Return by when the claim is due; None where its clock stands still, so that nothing is overdue."""
    return None if promises.stands_still(actor, tx, claim) else claim.due_at


def lacking(held: FirstContact) -> list[Refusal]:
    """Return what keeps *held* from being a first contact, all of it at once; nothing where it can be one."""
    checks: dict[type[Refusal], bool] = {
        IdentityNotConfirmed: sum(item in held.identity for item in Identity) < FEWEST_ITEMS,
        NothingExplained: not held.explained,
        WorkNotSaid: held.work_status is None,
    }
    wrong = [refusal() for refusal, lacks in checks.items() if lacks]
    for said, most, field in (
        (held.care, LONGEST_CARE, "The care so far"), (held.work_note, LONGEST_WORK_NOTE, "What is said of work"),
        (held.note, LONGEST_NOTE, "A note"),
    ):  # fmt: skip
        try:
            limited(typed.cleaned(said), most, field)
        except TooLong as refusal:
            wrong.append(refusal)
    return wrong


def _kept(held: FirstContact) -> dict[str, object]:
    """Return what was held as it is kept, each thing once and in the order of its vocabulary."""
    wrong = lacking(held)
    if len(wrong) == 1:
        raise wrong[0]
    if held.work_status is None or wrong:
        raise NotHeld(" ".join(map(str, wrong)))
    return {
        "identity": [item.value for item in Identity if item in held.identity],
        "explained": [point.value for point in Explained if point in held.explained],
        "care": typed.cleaned(held.care) or None,
        "work_status": held.work_status.value,
        "work_note": typed.cleaned(held.work_note) or None,
    }
