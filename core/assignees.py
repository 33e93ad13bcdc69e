"""
The people offered in the assign box and above My work, with how much each of them has to do.

Who may have a claim at all is said in `core/assignment/takers.py`.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection

from core import worklist
from core.access import MATRIX, Action, Actor, Role, Scope, require
from core.assignment import TAKING
from db.queries import assignment
from db.queries.assignment import Able


class Person(NamedTuple):
    """
    Somebody who can be given claims, with how many work items are there already.

    `scope` are the ids of the clients whose claims that person works, or None where that is all of them.
    """

    staff_id: int
    name: str
    role: Role
    load: int
    scope: frozenset[int] | None


def people(actor: Actor, tx: Connection, *, clients: Collection[int] = ()) -> list[Person]:
    """
    Return who can be given claims of all of *clients*, those with the fewest work items first.

    :raises NotAllowed: if the actor does not hand out claims.
    """
    require(actor, Action.CLAIM_ASSIGN)
    takers = assignment.takers(tx, roles=TAKING, clients=clients)
    load = worklist.load(tx)
    found = [_person(taker, load.get(taker.staff_id, 0)) for taker in takers]
    return sorted(found, key=lambda person: person.load)


def serving_some(actor: Actor, tx: Connection, *, clients: Collection[int]) -> int:
    """
    Return how many people can be given claims of some of *clients* and not of all of them.

    :raises NotAllowed: if the actor does not hand out claims.
    """
    require(actor, Action.CLAIM_ASSIGN)
    return assignment.serving_some(tx, roles=TAKING, clients=clients) if len(clients) > 1 else 0


def _person(taker: Able, load: int) -> Person:
    role = Role(taker.role)
    every = MATRIX[role][Action.CLAIM_TAKE] is Scope.ALL
    return Person(taker.staff_id, taker.full_name, role, load, None if every else frozenset(taker.clients))
