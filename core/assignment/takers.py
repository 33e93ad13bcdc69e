"""Who can be given a claim, and who is refused as its holder."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection

from core.access import MATRIX, Action, Actor, Role, Scope, of_client, require
from core.refusal import Refusal
from db.queries import assignment

TAKING = tuple(role for role in Role if MATRIX[role][Action.CLAIM_TAKE] is not Scope.NONE)
"""Roles that can be given claims."""


class CannotTakeClaims(Refusal):
    text = "This person cannot be given claims."


class PersonDisabled(CannotTakeClaims):
    text = "This person has been disabled and cannot be given claims."


class DoesNotServe(Refusal):
    text = "This person neither serves nor covers the client of every claim."


class Colleague(NamedTuple):
    """Somebody to whom a claim of another can go."""

    staff_id: int
    name: str


def colleagues(actor: Actor, tx: Connection, *, client_id: int, but: int | None) -> list[Colleague]:
    """
    Return everybody but *but* to whom a claim of the client can be handed over, by name.

    :raises NotAllowed: if the actor works no claims.
    """
    require(actor, Action.CLAIM_HAND_OVER, of_client(client_id))
    return [Colleague(*each) for each in assignment.receivers(tx, client_id) if each[0] != but]


def check_taker(taker: assignment.Taker | None, clients: Collection[int]) -> None:
    """
    Refuse a *taker*, None for nobody there, who cannot be given claims of all of *clients*.

    :raises CannotTakeClaims, DoesNotServe: if so.
    """
    if taker is not None and not taker.active:
        raise PersonDisabled
    if taker is None or taker.role not in TAKING:
        raise CannotTakeClaims
    if MATRIX[Role(taker.role)][Action.CLAIM_TAKE] is Scope.SERVED and not set(clients) <= set(taker.clients):
        raise DoesNotServe
