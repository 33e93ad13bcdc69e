"""Where transactions begin and end, and how an address is read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any, cast

import psycopg
from psycopg.pq import ExecStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

_OPEN = "begin"
_ONE_MOMENT = " isolation level repeatable read"
_SCOPED = "; set local desk.staff = '{:d}'"
_PLANS_KEPT = "; set local plan_cache_mode = auto"
_PLANNED_ONCE = "; set local plan_cache_mode = force_generic_plan"

_PREPARED_AFTER = 5
"""How often a statement is sent whole before it is prepared; the driver's own habit."""

RESTED = 1.0
"""Seconds after which a pooled connection is asked whether the server is still there."""

CONNECTIONS = 10
"""Connections that a process keeps; while they are all in use it opens as many again."""

_engine: Engine | None = None
_address: URL | None = None


class NoDatabase(RuntimeError):
    """The process was not told which database it works on: db.session.bind was not called."""


def as_url(address: str | URL) -> URL:
    """Return *address* as a URL for psycopg 3, whatever driver (or none) it names."""
    return make_url(address).set(drivername="postgresql+psycopg")


def for_libpq(address: str | URL) -> str:
    """Return *address* in the form that psycopg itself takes, whatever driver it names."""
    rendered = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    before, mark, query = rendered.partition("?")
    return before.replace(" ", "%20") + mark + query.replace("+", "%20")  # libpq takes no blank, and a plus for a plus


def bind(address: str | URL) -> Engine:
    """Connect this process to the database at *address* (the application role's), replacing an earlier one."""
    global _engine, _address
    unbind()
    _address = as_url(address)
    _engine = create_engine(
        _address,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        hide_parameters=True,  # a driver's error text must not carry what was typed
        isolation_level="AUTOCOMMIT",  # `begin` says it itself, with the scope, in one round trip
        connect_args={"prepare_threshold": None},  # until it is known who answers
    )
    event.listen(_engine, "connect", _met)
    event.listen(_engine, "checkout", _still_there)
    event.listen(_engine, "checkin", _seen)
    return _engine


def through_pooler(connection: psycopg.Connection[Any]) -> bool:
    """
    Tell whether a pooler answers at the other end of *connection*, which has no transaction open.

    A server introduces itself by the number of the process that will answer; a pooler cannot know yet which that will
    be, and makes a number up.
    """
    answering = connection.execute("select pg_backend_pid()").fetchone()
    connection.rollback()
    return answering != (connection.info.backend_pid,)


def _met(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Behind a pooler the next transaction may meet a server that knows nothing of what was prepared, or knows another
    # statement by that name.
    driver = cast("psycopg.Connection[Any]", connection)
    if not through_pooler(driver):
        driver.prepare_threshold = _PREPARED_AFTER


def _seen(_: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    record.info["seen"] = monotonic()


def _still_there(connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
    # Asking before every act would be a third of what logging an attempt costs: ask only what has rested a while.
    if monotonic() - record.info.get("seen", monotonic()) > RESTED and not _answers(connection):
        raise DisconnectionError


def _answers(connection: DBAPIConnection) -> bool:
    try:
        return engine().dialect.do_ping(connection)
    except psycopg.Error:
        return False


def unbind() -> None:
    """Close every pooled connection and forget the address."""
    global _engine, _address
    if _engine is not None:
        _engine.dispose()
    _engine = _address = None


def engine() -> Engine:
    """
    Return the engine of this process.

    :raises NoDatabase: if none was bound.
    """
    if _engine is None:
        raise NoDatabase
    return _engine


def driver(tx: Connection) -> psycopg.Connection[Any]:
    """Return the driver's own connection of *tx*, for what SQLAlchemy would only make slower."""
    return cast("psycopg.Connection[Any]", tx.connection.driver_connection)


def rows(tx: Connection, statement: bytes, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """
    Return the rows of *statement*, which takes *values* as the driver does, ``%(name)s``.

    It is for what goes by keys: through SQLAlchemy such a statement costs the process twice as much.
    """
    return driver(tx).execute(statement, values, binary=True).fetchall()


def libpq_address() -> str:
    """Return the bound address in the form that psycopg itself takes (for LISTEN and COPY)."""
    if _address is None:
        raise NoDatabase
    return for_libpq(_address)


@contextmanager
def begin(
    staff_id: int | None, *, plans_kept: bool = False, planned_once: bool = False, one_moment: bool = False
) -> Iterator[Connection]:
    """
    Open a transaction in the scope of *staff_id* (None: nobody's); commit on success, roll back on any exception.

    With *plans_kept* the server may run a statement that it has met often by the plan it made before. That is right
    for acts, which go by keys, and wrong for lists: for these the role has every statement planned for its values.
    With *planned_once* it does so from the first: right where planning costs more than any plan, and one plan is right
    for all values.
    With *one_moment* all its statements see the database as the first one did; it is for reading.
    """
    opening = _OPEN + (_ONE_MOMENT if one_moment else "")
    if staff_id is not None:
        opening += _SCOPED.format(staff_id)
    with engine().connect() as tx, tx.begin():
        _open(tx, opening + (_PLANNED_ONCE if planned_once else _PLANS_KEPT if plans_kept else ""))
        yield tx


def _open(tx: Connection, opening: str) -> None:
    # By a cursor of the driver's this was a tenth of what a look by key costs, through SQLAlchemy more. What fails is
    # tried through it all the same: it looks after the pool then, and raises errors of its own.
    if not _done(driver(tx), opening):
        tx.exec_driver_sql(opening)


def _done(connection: psycopg.Connection[Any], statements: str) -> bool:
    try:
        return connection.pgconn.exec_(statements.encode()).status == ExecStatus.COMMAND_OK
    except psycopg.OperationalError:
        return False
