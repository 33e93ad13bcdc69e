"""What somebody holds, and what of it goes to whom where the right to hold it ends."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from core.access import MATRIX, Action, Actor, Role, Scope, Subject, require
from core.assignment.takers import TAKING, Colleague, check_taker
from db.queries import assignment
from db.queries.assignment import Held


def held(actor: Actor, tx: Connection, staff_id: int, *, at: datetime) -> list[Held]:
    """
    Return what the person holds as of *at*, by client: claims that wait for first contact, and how many are overdue.

    :raises NotAllowed: if the actor neither hands out claims nor manages people.
    """
    require(actor, _taking_away(actor), Subject("staff", staff_id))
    return assignment.held(tx, staff_id, at=at)


def lost(held: Sequence[Held], role: Role, client_ids: Collection[int]) -> list[Held]:
    """Return what of *held* could no longer be held in *role*, serving *client_ids* and covering what is covered."""
    if MATRIX[role][Action.CLAIM_TAKE] is Scope.ALL:
        return []
    works = MATRIX[role][Action.CLAIM_TAKE] is Scope.SERVED
    return [each for each in held if not (works and (each.covered or each.client_id in client_ids))]


def let_go(actor: Actor, tx: Connection, *, staff_id: int, to: int | None, at: datetime) -> int:
    """
    Give what the person holds and may not hold any more to *to*, or to nobody yet; return how many claims that were.

    Call it when the right has ended, in the same transaction; whatever is left over then, the database takes back to
    nobody. Each claim says so on its timeline and on the record.

    :raises NotAllowed: if the actor neither hands out claims nor manages people.
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all of these claims.
    """
    require(actor, _taking_away(actor), Subject("staff", staff_id))
    if to is not None:
        taker, loser = assignment.taker(tx, to), assignment.taker(tx, staff_id)
        held = assignment.held(tx, staff_id, at=at)
        leaving = held if loser is None or not loser.active else lost(held, Role(loser.role), loser.clients)
        if leaving:
            check_taker(taker, {each.client_id for each in leaving})
    return assignment.let_go(tx, staff_id, to=to)


def successors(actor: Actor, tx: Connection, *, clients: Collection[int], but: int) -> list[Colleague]:
    """
    Return the colleagues of *but* who can be given claims of all of *clients*, by name.

    :raises NotAllowed: if the actor neither hands out claims nor manages people.
    """
    require(actor, _taking_away(actor))
    takers = assignment.takers(tx, roles=TAKING, clients=clients)
    return [Colleague(taker.staff_id, taker.full_name) for taker in takers if taker.staff_id != but]


def _taking_away(actor: Actor) -> Action:
    return Action.CLAIM_ASSIGN if actor.may(Action.CLAIM_ASSIGN) else Action.PEOPLE_MANAGE
