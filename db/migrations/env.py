"""
How a migration runs: one transaction each, under an advisory lock, with limits on waiting.

Lock and limits belong to transactions and not to connections, and nothing is prepared: behind a pooler connections are
shared, and would keep them.
"""

from typing import Any

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, event, text

from db import locks
from db.models import Base

HOUSED = ("audit_event_", "procrastinate_")
"""Tables that come and go by themselves or belong to a library: not compared."""


def _ours(name: str | None, kind: str, _: Any) -> bool:
    return not (kind == "table" and name is not None and name.startswith(HOUSED))


def _wait_not_too_long(connection: Connection) -> None:
    connection.exec_driver_sql("set local lock_timeout = '10s'")


def run() -> None:
    """Run the migrations asked for against the address that db.migrate handed over."""
    unprepared = {"prepare_threshold": None}
    engine = create_engine(context.config.attributes["address"], poolclass=NullPool, connect_args=unprepared)
    with engine.connect() as guard, guard.begin(), engine.connect() as connection:
        guard.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": locks.MIGRATING})
        event.listen(connection, "begin", _wait_not_too_long)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=_ours,
            transaction_per_migration=True,
            compare_server_default=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
