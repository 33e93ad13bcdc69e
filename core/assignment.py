"""Who has which claim: handing claims out, one or many, and taking one's own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit
from core.access import MATRIX, Action, Actor, Role, Scope, require
from core.claims import NoSuchClaim, announce, note
from core.refusal import Refusal
from db.queries import assignment
from db.queries.assignment import Assignable

MANY = 200
"""More claims of one client than this are announced as the whole client: a notification is short."""


class NothingChosen(Refusal):
    """Select a claim first."""


class CannotTakeClaims(Refusal):
    """This person cannot be given claims."""


class DoesNotServe(Refusal):
    """This person does not serve the client of every selected claim."""


class ClaimOver(Refusal):
    """A selected claim was reached or closed in the meantime; nothing was assigned."""


class AlreadyTaken(Refusal):
    """Somebody else has this claim already. A supervisor can hand it over."""


class Person(NamedTuple):
    """Somebody who can be given claims, with how many open ones are waiting there already."""

    staff_id: int
    name: str
    role: Role
    waiting: int


@dataclass(frozen=True)
class Assigned:
    """What an assignment did: claims that changed hands, and claims that were there already."""

    changed: int
    unchanged: int


def people(actor: Actor, tx: Connection, *, clients: Collection[int] = ()) -> list[Person]:
    """
    Return who can be given claims of all of *clients*, those with the fewest waiting claims first.

    :raises NotAllowed: if the actor does not hand out claims.
    """
    require(actor, Action.CLAIM_ASSIGN)
    takers = assignment.takers(tx, roles=_TAKING, clients=clients)
    return [Person(found.staff_id, found.full_name, Role(found.role), found.waiting) for found in takers]


def assign(
    actor: Actor, tx: Connection, *, claims: Sequence[tuple[int, int]], to: int | None, at: datetime
) -> Assigned:
    """
    Give *claims* (pairs of client id and claim id) to the person *to*, or to nobody; all of them or none.

    Taking a claim that nobody has needs no more than the right to work claims; everything else is handing out.

    :raises NotAllowed: if the actor may not hand out claims (or, for oneself, not take them).
    :raises NothingChosen, NoSuchClaim, ClaimOver, AlreadyTaken: if a claim is not there to be given.
    :raises CannotTakeClaims, DoesNotServe: if the person cannot be given these claims.
    """
    taking = to == actor.staff_id and not actor.may(Action.CLAIM_ASSIGN)
    require(actor, Action.CLAIM_TAKE if taking else Action.CLAIM_ASSIGN)
    if not claims:
        raise NothingChosen
    wanted = sorted(set(claims))
    found = assignment.locked(tx, wanted)
    if len(found) != len(wanted):
        raise NoSuchClaim
    if any(claim.over for claim in found):
        raise ClaimOver
    if taking and any(claim.assignee_id not in (None, to) for claim in found):
        raise AlreadyTaken
    if to is not None:
        _check_taker(assignment.taker(tx, to), {client_id for client_id, _ in wanted})

    moved = [claim for claim in found if claim.assignee_id != to]
    if moved:
        _hand_over(actor, tx, moved, to, at)
    return Assigned(len(moved), len(found) - len(moved))


_TAKING = tuple(role for role in Role if MATRIX[role][Action.CLAIM_TAKE] is not Scope.NONE)


def _check_taker(taker: assignment.Taker | None, clients: Collection[int]) -> None:
    if taker is None or not taker.active or taker.role not in _TAKING:
        raise CannotTakeClaims
    if MATRIX[Role(taker.role)][Action.CLAIM_TAKE] is Scope.SERVED and not set(clients) <= set(taker.clients):
        raise DoesNotServe


def _hand_over(actor: Actor, tx: Connection, moved: Sequence[Assignable], to: int | None, at: datetime) -> None:
    assignment.give(tx, [(claim.client_id, claim.claim_id) for claim in moved], to=to, at=at)
    for claim in moved:
        change = {"from": claim.assignee_id, "to": to}
        note(actor, tx, claim, "assigned", at, change)
        audit.record(
            actor, tx, verb="assigned", noun="claim", noun_id=claim.claim_id, client_id=claim.client_id, detail=change
        )
    for client_id in sorted({claim.client_id for claim in moved}):
        ids = [claim.claim_id for claim in moved if claim.client_id == client_id]
        announce(tx, client_id, ids if len(ids) <= MANY else None)
