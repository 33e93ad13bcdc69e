"""Whose rows a person may see, as the database itself grants it."""

from sqlalchemy import Connection, text

_SCOPE_OF_READER = text("select desk_sees_all(), desk_clients()")


def scope_of_reader(tx: Connection) -> frozenset[int] | None:
    """Return the clients whom the database itself grants this transaction's person; None for all."""
    sees_all, clients = tx.execute(_SCOPE_OF_READER).one()
    return None if sees_all else frozenset(clients)
