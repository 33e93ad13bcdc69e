"""Handing claims out, taking one's own, handing one over with a note, and undoing either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit, typed
from core.access import Action, Actor, NotAllowed, Subject, of_claim, require
from core.assignment.takers import check_taker
from core.claims import ClaimClosed, EventKind, NoSuchClaim, announce, note
from core.refusal import Refusal
from db.queries import assignment
from db.queries.assignment import Assignable, Holder

_MOST_RECORDED = 200
"""Claims that the record of a refusal names."""


LONGEST_NOTE = 500
"""Longest note with which a claim is handed over, in characters; the database says the same."""


class NothingChosen(Refusal):
    text = "Select a claim first."


class ClaimOver(Refusal):
    text = "A selected claim was reached or closed in the meantime, or its worker has died; nothing was assigned."


class AlreadyTaken(Refusal):
    text = "Somebody else has this already. Whoever has a claim, or a supervisor, can hand it over."


class NobodyChosen(Refusal):
    text = "Choose to whom it goes."


class NotHeld(Refusal):
    text = "You do not have this claim, or not any more. Whoever has it, or a supervisor, can hand it over."


class HeldAlready(Refusal):
    text = "This person has the claim already."


class ChangedSince(Refusal):
    text = "One of these claims has changed since it was handed out; nothing was undone."


class Move(NamedTuple):
    """A claim that changed hands: by whom, whose it was and since when, whose it became, and the version this made."""

    client_id: int
    claim_id: int
    by: int
    before: int | None
    since: datetime | None
    to: int | None
    version: int


@dataclass(frozen=True)
class Assigned:
    """What an assignment did: the claims that changed hands, and how many were there already."""

    moves: tuple[Move, ...]
    unchanged: int

    @property
    def changed(self) -> int:
        """How many claims changed hands."""
        return len(self.moves)


def assign(
    actor: Actor, tx: Connection, *, claims: Sequence[tuple[int, int]], to: int | None, at: datetime
) -> Assigned:
    """
    Give *claims* (pairs of client id and claim id) to the person *to*, or to nobody; all of them or none.

    Taking a claim that nobody has needs no more than the right to work claims; everything else is handing out. A claim
    whose first contact is over is still taken, for what else is to do on it, unless it is closed.

    :raises NotAllowed: if the actor may not hand out claims (or, for oneself, not take them).
    :raises NothingChosen, NoSuchClaim, ClaimOver: if a claim is not there to be given.
    :raises AlreadyTaken: if somebody has a claim that is to be taken; it says who.
    :raises CannotTakeClaims, DoesNotServe: if the person cannot be given these claims.
    """
    taking = to == actor.staff_id and not actor.may(Action.CLAIM_ASSIGN)
    require(actor, Action.CLAIM_TAKE if taking else Action.CLAIM_ASSIGN, _subject(claims))
    if not claims:
        raise NothingChosen
    wanted = sorted(set(claims))
    # Whoever gets the claims is locked before them, in the order in which a person is disabled.
    taker = assignment.taker(tx, to) if to is not None else None
    locked = assignment.locked(tx, wanted)
    if len(locked) != len(wanted):
        raise NoSuchClaim
    if any(claim.closed if to == actor.staff_id else claim.over for claim in locked):
        raise ClaimOver
    if taking and (others := {c.assignee_id for c in locked if c.assignee_id not in (None, to)}):
        raise AlreadyTaken(_taken_already(assignment.names(tx, others), len(locked)))
    if to is not None:
        check_taker(taker, {client_id for client_id, _ in wanted})

    moved = [claim for claim in locked if claim.assignee_id != to]
    if moved:
        _hand_over(actor, tx, moved, to, at)
    return Assigned(tuple(_move(actor, claim, to) for claim in moved), len(locked) - len(moved))


def hand_over(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, to: int, note: str, at: datetime
) -> Assigned:
    """
    Give a claim that the actor has, or as a supervisor anybody's, to *to*, who reads the *note* with it.

    :raises NotAllowed: if the actor works no claims.
    :raises NoReason, TooLong: if the note is empty, or longer than LONGEST_NOTE.
    :raises NoSuchClaim, ClaimClosed, NotHeld, HeldAlready: if the claim is not there to be handed over.
    :raises CannotTakeClaims, DoesNotServe: if the person cannot have it.
    """
    require(actor, Action.CLAIM_HAND_OVER, of_claim(client_id, claim_id))
    said = typed.reason(note, LONGEST_NOTE, "The note")
    taker = assignment.taker(tx, to)
    locked = assignment.locked(tx, [(client_id, claim_id)])
    if not locked:
        raise NoSuchClaim
    [claim] = locked
    if claim.closed:
        raise ClaimClosed
    if claim.assignee_id != actor.staff_id and not actor.may(Action.CLAIM_ASSIGN):
        raise NotHeld
    if claim.assignee_id == to:
        raise HeldAlready
    check_taker(taker, {client_id})
    assignment.note(tx, client_id, claim_id, by_id=actor.staff_id, to=to, note=said, at=at)
    _hand_over(actor, tx, [claim], to, at)
    return Assigned((_move(actor, claim, to),), 0)


def undo(actor: Actor, tx: Connection, *, moves: Sequence[Move], at: datetime) -> None:
    """
    Give the claims of one's own assignment back to those who had them before it, all of them or none.

    An attempt logged or a question answered meanwhile stays and does not stand in the way; a claim that was handed on,
    corrected, reached or closed does. Giving back what one has just taken needs no more than the right to take. What
    one has handed over comes back by the right to hand over, and is held from now on unless a supervisor undoes it.

    :raises NotAllowed: if it was somebody else's, or the actor may no longer do what is to be undone.
    :raises NothingChosen, NoSuchClaim: if there is nothing to give back.
    :raises ChangedSince: if a claim is not as the assignment left it.
    :raises CannotTakeClaims, DoesNotServe: if somebody who had a claim before cannot have it any more.
    """
    claims = [(move.client_id, move.claim_id) for move in moves]
    require(actor, _undoing(actor, moves), _subject(claims))
    if not moves:
        raise NothingChosen
    if any(move.by != actor.staff_id for move in moves):
        raise NotAllowed
    takers = {to: assignment.taker(tx, to) for to in sorted({move.before for move in moves if move.before is not None})}
    locked = assignment.locked(tx, sorted(claims))
    if len(locked) != len(moves):
        raise NoSuchClaim
    if {(c.client_id, c.claim_id, c.version) for c in locked} != {(m.client_id, m.claim_id, m.version) for m in moves}:
        raise ChangedSince
    for before, taker in takers.items():
        check_taker(taker, {move.client_id for move in moves if move.before == before})
    supervises = actor.may(Action.CLAIM_ASSIGN)
    assignment.give_back(
        tx, [Holder(m.client_id, m.claim_id, m.before, m.since if supervises or not m.since else at) for m in moves]
    )
    _tell(actor, tx, "assignment_undone", [(move, {"from": move.to, "to": move.before}) for move in moves], at)


def _undoing(actor: Actor, moves: Sequence[Move]) -> Action:
    """Return what one must be able to do to undo *moves*."""
    if actor.may(Action.CLAIM_ASSIGN):
        return Action.CLAIM_ASSIGN
    if all(move.to == actor.staff_id for move in moves):
        return Action.CLAIM_TAKE
    return Action.CLAIM_HAND_OVER if all(move.before == actor.staff_id for move in moves) else Action.CLAIM_ASSIGN


def _subject(claims: Sequence[tuple[int, int]]) -> Subject:
    if len(claims) == 1:
        return of_claim(*claims[0])
    clients = {client_id for client_id, _ in claims}
    first = [claim_id for _, claim_id in claims[:_MOST_RECORDED]]
    return Subject("claim", client_id=clients.pop() if len(clients) == 1 else None, more={"claims": first})


def _taken_already(names: Sequence[str], claims: int) -> str:
    """Return who has what was to be taken, one claim or some of several."""
    what = "This claim is" if claims == 1 else "Some of these claims are"
    return f"{what} with {', '.join(names)} already. Whoever has a claim, or a supervisor, can hand it over."


def _move(actor: Actor, claim: Assignable, to: int | None) -> Move:
    return Move(
        claim.client_id, claim.claim_id, actor.staff_id, claim.assignee_id, claim.assigned_at, to, claim.version + 1
    )


def _hand_over(actor: Actor, tx: Connection, moved: Sequence[Assignable], to: int | None, at: datetime) -> None:
    assignment.give(tx, [(claim.client_id, claim.claim_id) for claim in moved], to=to, at=at)
    _tell(actor, tx, "assigned", [(claim, {"from": claim.assignee_id, "to": to}) for claim in moved], at)


def _tell(
    actor: Actor,
    tx: Connection,
    what: EventKind,
    changes: Sequence[tuple[Assignable | Move, dict[str, int | None]]],
    at: datetime,
) -> None:
    """Put each change of hands on the claim's timeline and on the record, and announce them by client."""
    for claim, change in changes:
        note(actor, tx, claim, what, at, change)
        audit.record(
            actor, tx, verb=what, noun="claim", noun_id=claim.claim_id, client_id=claim.client_id, detail=change
        )
    for client_id in sorted({claim.client_id for claim, _ in changes}):
        ids = [claim.claim_id for claim, _ in changes if claim.client_id == client_id]
        announce(tx, client_id, ids)
