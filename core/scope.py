"""Whose clients are whose: those for whom a person may do something, and the refusal of any other."""

from datetime import datetime

from sqlalchemy import Connection

from core.access import MATRIX, Action, Actor, NotAllowed, Scope, Subject, of_client, require
from db.queries import clients as queries
from db.queries.clients import ClientInScope, ClientInZone

__all__ = [
    "ClientInScope",
    "ClientInZone",
    "NoSuchClient",
    "clients",
    "clients_in_zones",
    "require_client",
    "timezone",
]


class NoSuchClient(NotAllowed):
    text = "There is no such client for you: choose one from the list."


def clients(actor: Actor, tx: Connection, action: Action, subject: Subject | None = None) -> list[ClientInScope]:
    """
    Return the clients for whom *actor* may do *action*, by name; *subject* is what they are asked about, if not all.

    :raises NotAllowed: if the role does not include the action.
    """
    require(actor, action, subject)
    return [client for client in queries.in_scope(tx) if _reaches(actor, action, client.client_id)]


def clients_in_zones(actor: Actor, tx: Connection, action: Action, *, at: datetime) -> list[ClientInZone]:
    """
    Return the same clients, each in the zone in which its dates are meant *at* a moment.

    :raises NotAllowed: if the role does not include the action.
    """
    require(actor, action)
    return [client for client in queries.in_zones(tx, at=at) if _reaches(actor, action, client.client_id)]


def require_client(
    actor: Actor, tx: Connection, action: Action, client_id: int, subject: Subject | None = None
) -> None:
    """
    Go on only if *actor* may do *action* for the client; *subject* is what it shall be done to, if not the client.

    :raises NotAllowed: if the role does not include the action.
    :raises NoSuchClient: if there is no such client, or it is not the actor's; which of the two is not told.
    """
    require(actor, action, subject or of_client(client_id))
    if not (_reaches(actor, action, client_id) and queries.is_in_scope(tx, client_id)):
        raise NoSuchClient


def timezone(
    actor: Actor, tx: Connection, action: Action, client_id: int, subject: Subject | None = None, *, at: datetime
) -> str:
    """
    Return the zone in which the client's dates are meant *at* a moment, to an *actor* who may do *action* for it.

    :raises NotAllowed, NoSuchClient: as `require_client`.
    """
    require(actor, action, subject or of_client(client_id))
    zone = queries.timezone_of(tx, client_id, at=at) if _reaches(actor, action, client_id) else None
    if zone is None:
        raise NoSuchClient
    return zone


def _reaches(actor: Actor, action: Action, client_id: int) -> bool:
    """Tell whether *actor*, whose role includes *action*, may do it for this client, if there is one."""
    return MATRIX[actor.role][action] is Scope.ALL or client_id in actor.clients
