"""Closing a claim for good, with a reason, and opening it again: a supervisor's, and nobody else's."""

from sqlalchemy import Connection, text

from core import claims, typed
from core.access import Action, Actor, of_claim, require
from core.refusal import Refusal
from db.queries.claims import Frame

LONGEST_REASON = 200
"""Characters."""


class AlreadyClosed(Refusal):
    text = "This claim is closed already."


class NotClosed(Refusal):
    text = "This claim is open already."


# Only these functions change whether a claim is closed; they put it on the timeline and on the record, and announce it.
_CLOSE = text("select desk_close_claim(:client_id, :claim_id, :why)")
_REOPEN = text("select desk_reopen_claim(:client_id, :claim_id, :why)")


def close(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reason: str) -> None:
    """
    Close a claim: it leaves every queue, and nothing is asked or due on it any more. A closed claim whose worker was
    never reached is left out of the figures.

    Its deadline, its open questions and a pause that lasts stay as they are, for its reopening.

    :raises NotAllowed: if the actor closes no claims.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises AlreadyClosed: if somebody closed it before.
    """
    claim, why = _claim_and_reason(actor, tx, client_id, claim_id, reason)
    if claim.closed_at is not None:
        raise AlreadyClosed
    tx.execute(_CLOSE, {"client_id": client_id, "claim_id": claim_id, "why": why})


def reopen(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reason: str) -> None:
    """
    Open a closed claim again: it is in the queues and figures as if it had never been closed.

    The deadline is the one it had, so that closing wins no time; its questions are open and its clock paused as before.
    It is with whoever had it, or with nobody yet where that person could not hold it any more.

    :raises NotAllowed: if the actor closes no claims.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NotClosed: if it is open.
    """
    claim, why = _claim_and_reason(actor, tx, client_id, claim_id, reason)
    if claim.closed_at is None:
        raise NotClosed
    tx.execute(_REOPEN, {"client_id": client_id, "claim_id": claim_id, "why": why})


def _claim_and_reason(actor: Actor, tx: Connection, client_id: int, claim_id: int, reason: str) -> tuple[Frame, str]:
    """Return the claim, locked, and *reason* as it is kept; raise what `close` and `reopen` say of both."""
    require(actor, Action.CLAIM_CLOSE, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason")
    return claims.find(tx, client_id, claim_id), why
