"""Hearing what is asked of the database, whoever asks: through SQLAlchemy or through the driver itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

_OF_CONNECTIONS = (
    "select pg_catalog.version()", "select current_schema()", "select pg_backend_pid()", "show ", ";", "SELECT 1",
    "set application_name",
)  # fmt: skip
"""How what is asked begins when a connection is made, or has rested: it is of no page."""


@contextmanager
def heard() -> Iterator[list[str]]:
    """Yield the statements of this process while open; what opens connections and transactions is none of them."""
    said: list[str] = []
    execute = psycopg.Cursor.execute

    def noting(self: psycopg.Cursor[Any], query: Any, *more: Any, **how: Any) -> psycopg.Cursor[Any]:
        words = query.decode() if isinstance(query, bytes) else query
        if isinstance(words, str) and not words.strip().startswith(_OF_CONNECTIONS):
            said.append(words)
        return execute(self, query, *more, **how)

    psycopg.Cursor.execute = noting  # type: ignore[assignment,method-assign] # the driver has no hook; put back below
    try:
        yield said
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign] # the driver's own again
