"""The clock of first contact on one claim: when it stands still, and when it goes on."""

from datetime import datetime

from sqlalchemy import Connection, DateTime, bindparam, func, insert, update

from core import audit, claims, promises, typed
from core.access import Action, Actor, of_claim, require
from core.contact.vocabulary import LONGEST_REASON
from core.refusal import Refusal
from db.models.claims import ClockPause
from db.queries import claims as queries
from db.queries.claims import Frame


class ClockNotRunning(Refusal):
    text = "The clock of this claim no longer runs."


class AlreadyPaused(Refusal):
    text = "The clock of this claim is already paused."


class NotPaused(Refusal):
    text = "The clock of this claim is not paused."


_PAUSE = (
    insert(ClockPause)
    .values({name: bindparam(name) for name in ("client_id", "claim_id", "starts_at", "reason", "set_by")})
    .inline()
)
_RESUME = (
    update(ClockPause)
    .where(
        ClockPause.client_id == bindparam("of_client"),
        ClockPause.claim_id == bindparam("of_claim"),
        ClockPause.ends_at.is_(None),
    )
    # Whoever waited for the pause to be written comes from a moment before it: then it has no length.
    .values(
        ends_at=func.greatest(bindparam("at", type_=DateTime(timezone=True)), ClockPause.starts_at),
        ended_by=bindparam("by_id"),
    )
)


def pause_clock(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reason: str, at: datetime) -> None:
    """
    Stop counting the claim's first-contact time from *at* on, for a reason that is shown beside the clock.

    :raises NotAllowed: if the actor does not pause clocks.
    :raises NoReason: if the reason is empty.
    :raises TooLong: if it is longer than LONGEST_REASON.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClockNotRunning: if the worker was reached or has died, or the claim is closed.
    :raises AlreadyPaused: if it stands still already.
    """
    require(actor, Action.CLOCK_PAUSE, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason for the pause")
    claim = claims.find(tx, client_id, claim_id)
    if not (claim.first_contact_at is None and claim.closed_at is None and claim.date_of_death is None):
        raise ClockNotRunning
    if any(pause.ends_at is None for pause in queries.pauses(tx, client_id, claim_id)):
        raise AlreadyPaused
    tx.execute(
        _PAUSE,
        {
            "client_id": client_id,
            "claim_id": claim_id,
            "starts_at": at,
            "reason": why,
            "set_by": actor.staff_id,
        },
    )
    put_on_record(actor, tx, claim, "clock_paused", at)


def resume_clock(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, at: datetime) -> datetime:
    """
    Let the claim's clock run again from *at* on; return the new due time, later by what was paused.

    :raises NotAllowed: if the actor does not pause clocks.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClockNotRunning: if the claim is closed.
    :raises NotPaused: if the clock does not stand still.
    """
    require(actor, Action.CLOCK_PAUSE, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClockNotRunning
    if not end_pause(actor, tx, claim, at):
        raise NotPaused
    due_at = promises.move(actor, tx, claim)
    put_on_record(actor, tx, claim, "clock_resumed", at)
    return due_at


def end_pause(actor: Actor, tx: Connection, claim: Frame, at: datetime) -> bool:
    """
    End the pause of the claim that lasts, if there is one, and tell whether there was.

    One that began at *at* or later ends as it began: it covered nothing.
    """
    ended = tx.execute(
        _RESUME, {"of_client": claim.client_id, "of_claim": claim.claim_id, "at": at, "by_id": actor.staff_id}
    )
    return ended.rowcount > 0


def put_on_record(actor: Actor, tx: Connection, claim: Frame, what: claims.EventKind, at: datetime) -> None:
    """Put on the claim's timeline and the audit record what *actor* did to its clock, and announce it."""
    claims.note(actor, tx, claim, what, at)
    audit.record(actor, tx, verb=what, noun="claim", noun_id=claim.claim_id, client_id=claim.client_id)
    claims.announce(tx, claim.client_id, [claim.claim_id])
