"""A connection that hears what is announced: its own, for as long as it lasts, past any pooler."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from db.session import through_pooler

_KEEPALIVE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 2,
}

_log = logging.getLogger(__name__)


class PoolerInBetween(RuntimeError):
    """A pooler in transaction mode hears no notification."""


@contextmanager
def listening(address: str, *channels: str) -> Iterator[psycopg.Connection]:
    """
    Listen to *channels* on a connection of its own to *address*, in autocommit.

    :raises PoolerInBetween: if a pooler answers there; listening would be waiting for nothing, and look like silence.
    """
    with psycopg.connect(address, autocommit=True, **_KEEPALIVE) as connection:
        if through_pooler(connection):
            _log.error("Nothing can be heard through a pooler: set DATABASE_URL_DIRECT to the address behind it.")
            raise PoolerInBetween
        for channel in channels:
            connection.execute(f"listen {channel}")
        yield connection
