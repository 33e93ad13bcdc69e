"""One PostgreSQL for the whole run, one migrated template, an empty copy of it for each test that asks."""

import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from core import instant, log
from core.access import Actor, Role
from core.search import slips
from db import migrate, server, session
from tests import factories
from tests.copies import KEEPS, Copies

ADDRESSES = "DESK_TEST_SERVER"
"""Three lines: the addresses of administrator, owner and application. Set it to test on a server of one's own."""


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the process that hands out the tests; the others find its address."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if ADDRESSES not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="desk-test-"))
        config.stash[_HOME] = home
        started = server.start(home)
        os.environ[ADDRESSES] = f"{started.admin}\n{started.owner}\n{started.app}"
        _forgets_at_a_power_cut(started.admin)
        _lets_in_quickly(started)
    admin_address, owner_address, _ = os.environ[ADDRESSES].split("\n")
    with psycopg.connect(_plain(admin_address), autocommit=True) as admin:
        admin.execute("drop database if exists desk_template")
        admin.execute("create database desk_template owner desk_owner")
    template = make_url(owner_address).set(database="desk_template")
    migrate.upgrade(template)
    _is_of_any_time(template)


def _is_of_any_time(template: URL) -> None:
    """Have the database take every time for the present, not begun: a test's clock stands where the test put it."""
    with psycopg.connect(_plain(template), autocommit=True) as owner:
        for name in ("desk_present", "desk_moment"):
            owner.execute(
                f"create or replace function {name}() returns tstzrange language sql stable"
                " as $$ select tstzrange('-infinity', 'infinity', '[]') $$".encode()
            )
        owner.execute(
            "create or replace function desk_begun(p_at timestamptz) returns boolean language sql stable"
            " as $$ select false $$"
        )


def _forgets_at_a_power_cut(admin_address: str) -> None:
    """Have our own server, which is thrown away, neither wait for the disk nor look after tables that live for a test."""
    with psycopg.connect(_plain(admin_address), autocommit=True) as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            admin.execute(f"alter system set {setting} = off")
        admin.execute("select pg_reload_conf()")


def _lets_in_quickly(started: server.Addresses) -> None:
    """Have the same passwords checked in no time: each test connects many times, and a hash says how much work it is."""
    with psycopg.connect(_plain(started.admin), autocommit=True) as admin:
        admin.execute("set scram_iterations = 1")
        for address in map(make_url, (started.admin, started.owner, started.app)):
            change = sql.SQL("alter role {} password {}")
            admin.execute(change.format(sql.Identifier(str(address.username)), sql.Literal(str(address.password))))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: otherwise one of two cores does it in the end, while the other has nothing to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if home := config.stash.get(_HOME, None):
        server.stop(home, forget=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have to say: a test that runs in another process cannot print it itself."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            if name == "says" and report.when == "call":
                terminalreporter.write_line(said)


_HOME: pytest.StashKey[Path] = pytest.StashKey()


def _plain(address: str | URL) -> str:
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


class Desk:
    """A database of its own, migrated: addresses for owner and application, and the factories' connection."""

    def __init__(self, name: str, maker: psycopg.Connection, admin: str, owner: str, app: str) -> None:
        self.name = name
        self.maker = maker
        self.admin_url = make_url(admin).set(database=name)
        self.owner_url = make_url(owner).set(database=name)
        self.app_url = make_url(app).set(database=name)

    def owner(self) -> psycopg.Connection:
        """Connect as the owner of the tables."""
        return psycopg.connect(_plain(self.owner_url), autocommit=True)

    def app(self, staff_id: int | None = None) -> psycopg.Connection:
        """Connect as the application's role, as by hand; *staff_id* is set as the acting person for the connection."""
        connection = psycopg.connect(_plain(self.app_url), autocommit=True)
        if staff_id is not None:
            connection.execute("select set_config('desk.staff', %s, false)", (str(staff_id),))
        return connection

    def env(self) -> dict[str, str]:
        """Return what a subprocess must find in its environment to work on this database."""
        return {
            "DATABASE_URL": self.owner_url.render_as_string(hide_password=False),
            "DATABASE_URL_APP": self.app_url.render_as_string(hide_password=False),
        }


@pytest.fixture(autouse=True)
def main_stays() -> Iterator[None]:
    """Streamlit puts each page that it draws in the place of the main module, which a process forked later would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def log_as_usual() -> Iterator[None]:
    """Have the log, and what is written of whatever ends a process or a thread, as they were, afterwards."""
    records, of_process, of_thread = logging.getLogRecordFactory(), sys.excepthook, threading.excepthook
    yield
    logging.setLogRecordFactory(records)
    sys.excepthook, threading.excepthook = of_process, of_thread


@pytest.fixture
def wordless(log_as_usual: None) -> None:
    """Keep texts out of the log, and count what is logged, as each process of ours does."""
    log.keep_texts_out()


@pytest.fixture(scope="session")
def copies() -> Iterator[Copies]:
    """The copies of the template that this process has made."""
    admin, owner, _ = map(make_url, os.environ[ADDRESSES].split("\n"))
    made = Copies(admin, owner)
    yield made
    made.close()


def work_on(desk: Desk) -> None:
    """Bind this process to *desk*, and have the factories make their rows there."""
    session.bind(desk.app_url)
    factories.use(desk)


@contextmanager
def fresh_desk(copies: Copies) -> Iterator[Desk]:
    """Bind this process to a fresh, migrated, empty desk."""
    name = copies.take()
    made = Desk(name, copies.owner(name), *os.environ[ADDRESSES].split("\n"))
    bound = _bind_again(made) or _bind(made)
    try:
        yield made
    finally:
        rested = _rested(bound)
        session._engine = None if rested else session._engine
        session.unbind()
        slips._kept.clear()  # the engine goes on, its claims do not
        instant.set_clock(None)
        if copies.give_back(name) and rested:
            _engines[name] = bound
        else:
            bound.dispose()


_engines: dict[str, Engine] = {}
"""Of copies that wait for the next test, by name: a service's first act on a new connection takes four times as long."""


def _bind(desk: Desk) -> Engine:
    """Bind this process to *desk* for the first time, and have what connects outlive the test."""
    work_on(desk)
    event.listen(session.engine(), "connect", _outlives)
    return session.engine()


def _outlives(connection: Any, _: Any) -> None:
    connection.execute(f"set application_name = {KEEPS}")
    connection.commit()


def _bind_again(desk: Desk) -> Engine | None:
    """Bind this process to *desk* as a test before did; None where none left its connection in order."""
    if engine := _engines.pop(desk.name, None):
        session.unbind()
        session._engine, session._address = engine, session.as_url(desk.app_url)
        factories.use(desk)
    return engine


def _rested(engine: Engine) -> bool:
    """Tell whether a test left *engine* bound, with one connection, which nobody uses and the server answers."""
    if session._engine is not engine or engine.pool.checkedout() or engine.pool.checkedin() != 1:
        return False
    with suppress(DBAPIError), engine.connect() as connection:
        connection.exec_driver_sql("select")
        return True
    return False


@pytest.fixture
def desk(copies: Copies) -> Iterator[Desk]:
    """A fresh, migrated, empty desk to which this process is bound."""
    with fresh_desk(copies) as made:
        yield made


@pytest.fixture
def client(desk: Desk) -> int:
    return factories.client()


@pytest.fixture
def va(client: int) -> Actor:
    """Somebody who serves the client."""
    return factories.staff(Role.VA, client)


@pytest.fixture
def nurse(client: int) -> Actor:
    """Clinical staff who serve the client."""
    return factories.staff(Role.CLINICAL, client)


@pytest.fixture
def boss(desk: Desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)
