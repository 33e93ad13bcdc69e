"""What waits for a supervisor: deaths to acknowledge, claims said to be the same as another, calls without a time."""

from typing import NamedTuple

from sqlalchemy import Connection

from core.access import Action, Actor, require
from db.queries import claims as queries


class Notice(NamedTuple):
    """A claim that waits for a supervisor."""

    client_id: int
    claim_id: int
    claim_number: str
    client: str


class Notices(NamedTuple):
    """
    The claims in somebody's scope, oldest first, with a date of death that no supervisor has acknowledged, those that
    wait to be merged into another, and those for whose call somebody is asked for a time.
    """

    deaths: tuple[Notice, ...]
    to_merge: tuple[Notice, ...]
    to_find: tuple[Notice, ...]


def notices(actor: Actor, tx: Connection) -> Notices:
    """
    Return what waits for a supervisor on claims in the actor's scope.

    :raises NotAllowed: if the actor does not read claims.
    """
    require(actor, Action.CLAIM_READ)
    waiting = queries.wait_for_supervisor(tx)
    kinds = ("death", "merge", "time")
    return Notices(*(tuple(Notice(*each[1:]) for each in waiting if each[0] == what) for what in kinds))
