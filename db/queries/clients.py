"""The clients that a person may know of, and the zones in which their dates are meant."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from db.models.clients import Client, SlaPolicy


class ClientInScope(NamedTuple):
    """A client in scope."""

    client_id: int
    code: str
    name: str


class ClientInZone(NamedTuple):
    """A client in scope; `timezone` is the zone in which its dates and times are meant at the asked moment."""

    client_id: int
    code: str
    name: str
    timezone: str


_PROMISED_ZONE = (
    select(SlaPolicy.timezone)
    .where(SlaPolicy.client_id == Client.client_id, SlaPolicy.effective_from <= bindparam("at"))
    .order_by(SlaPolicy.effective_from.desc())
    .limit(1)
    .correlate(Client)
    .scalar_subquery()
)
_ZONE = func.coalesce(_PROMISED_ZONE, Client.timezone)
"""A client moves to another zone by its promise."""

_IN_SCOPE = select(Client.client_id, Client.code, Client.name).order_by(Client.name)
_IN_ZONES = _IN_SCOPE.add_columns(_ZONE)
_IS_IN_SCOPE = select(Client.client_id).where(Client.client_id == bindparam("client_id"))
_TIMEZONE = select(_ZONE).where(Client.client_id == bindparam("client_id"))
_VERSIONS = select(Client.client_id, Client.version)


def in_scope(tx: Connection) -> list[ClientInScope]:
    """Return every client in scope, by name."""
    return [ClientInScope._make(row) for row in tx.execute(_IN_SCOPE)]


def in_zones(tx: Connection, *, at: datetime) -> list[ClientInZone]:
    """Return every client in scope, by name, in the zone it is in *at* a moment."""
    return [ClientInZone._make(row) for row in tx.execute(_IN_ZONES, {"at": at})]


def is_in_scope(tx: Connection, client_id: int) -> bool:
    """Tell whether there is such a client in scope."""
    return tx.execute(_IS_IN_SCOPE, {"client_id": client_id}).scalar() is not None


def timezone_of(tx: Connection, client_id: int, *, at: datetime) -> str | None:
    """
    Return the zone in which the client's dates are meant *at* a moment, or None where the client is out of scope.

    Of a claim that moment is its report: a claim keeps the clock by which it was promised.
    """
    return tx.execute(_TIMEZONE, {"client_id": client_id, "at": at}).scalar()


def versions(tx: Connection) -> dict[int, int]:
    """Return how often each client in scope was changed, by its id, counted from 1."""
    return {row.client_id: row.version for row in tx.execute(_VERSIONS)}
