"""Opening the desk: the database of the addresses given, or the embedded server; migrated, bound to this process."""

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from psycopg import errors
from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from core.refusal import Refusal
from core.settings import settings
from db import environment, migrate, server, session
from db.migrations.statements import RowsInTheWay


class DatabaseDoesNotAnswer(Refusal):
    text = "The database does not answer, or does not let this desk in."


class AddressNotUnderstood(Refusal):
    text = "An address cannot be read."


class MayNot(Refusal):
    text = "The owner's address does not belong to an owner."


class NotTheOwner(Refusal):
    text = "This needs the owner's address: set DATABASE_URL."


class NoApplicationAddress(Refusal):
    text = (
        "The server has a role desk_app already, and its password is not known here:"
        " set DATABASE_URL_APP to its address."
    )


class SchemaTooNew(Refusal):
    text = "The database was migrated by a newer version of the desk: this version is too old for it."


class RowsDoNotFit(Refusal):
    """Rows that are there do not hold what a migration demands of them; the sentence names them."""

    text = "The database cannot be migrated: it has rows that the schema of this code does not allow."


class SchemaTooOld(Refusal):
    text = "The database lacks a migration: run python -m core migrate where DATABASE_URL is set."


class ServerCannotRun(Refusal):
    text = "The embedded database could not be started in DESK_HOME."


OWNER, APPLICATION = "DATABASE_URL", "DATABASE_URL_APP"


@contextmanager
def opened(*, as_owner: bool = False) -> Iterator[str]:
    """
    Bind this process to the desk's database, migrated, in the application's role or *as_owner*.

    Yield the application's address; of a server of one's own it may not be known to its owner, and is "" then.

    Where no address is set the embedded server in `DESK_HOME` is started if it is not running; then the last process
    that uses it stops it. Nothing but an address says where the database is, whatever else the environment holds.

    :raises AddressNotUnderstood, DatabaseDoesNotAnswer: if nobody is there, or lets this desk in; says which.
    :raises NotTheOwner, MayNot: if the owner's address is needed, and there is none or it is not the owner's.
    :raises NoApplicationAddress: if the application's role is needed, exists, and its password is not known here.
    :raises SchemaTooNew, SchemaTooOld: if the database has another schema than this code, and cannot be migrated here.
    :raises RowsDoNotFit: if its rows are not as a migration demands; says which.
    :raises ServerCannotRun: if the embedded server cannot be started; the message says why.
    """
    configured = settings()
    environment.only_addresses_count(own_server=bool(configured.database_url or configured.database_url_app))
    if configured.database_url is None and configured.database_url_app is not None:
        if as_owner:
            raise NotTheOwner
        with _bound(configured.database_url_app, APPLICATION):
            yield configured.database_url_app
    elif configured.database_url is not None:
        app_address = configured.database_url_app
        with _in_a_sentence(OWNER):
            if app_address is None:
                app_address = _application_address(configured.database_url, configured.desk_home)
            _migrate(configured.database_url)
        if as_owner:
            with _bound(configured.database_url, OWNER):
                yield app_address or ""
        elif app_address is None:
            raise NoApplicationAddress
        else:
            with _bound(app_address, APPLICATION):
                yield app_address
    else:
        with _embedded(configured.desk_home) as here:
            _migrate(here.owner)
            with _bound(here.owner if as_owner else here.app, "DESK_HOME"):
                yield here.app


def _migrate(owner: str) -> None:
    try:
        migrate.upgrade(owner)
    except migrate.NewerSchema:
        raise SchemaTooNew from None
    except RowsInTheWay as rows:
        raise RowsDoNotFit(
            f"The database is not migrated: {rows} Nothing was changed by this migration. Correct these rows in the"
            " owner's role, as db/schema.sql says under the check's name, and migrate again."
        ) from None


@contextmanager
def _embedded(home: Path) -> Iterator[server.Addresses]:
    with ExitStack() as stack:
        try:
            here = stack.enter_context(server.used(home, say=_say))
        except (server.ServerDidNotStart, server.NotADesk) as reason:
            raise ServerCannotRun(str(reason)) from None
        except OSError as reason:
            raise ServerCannotRun(f"The folder {home} cannot be used for the desk: {reason.strerror}.") from None
        yield here


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # a command's own words go to the other stream


@contextmanager
def _bound(address: str, setting: str) -> Iterator[None]:
    """Bind this process to *address*, which is what *setting* says, once it is known that it will do."""
    try:
        with _in_a_sentence(setting):
            session.bind(address)
            with session.begin(None) as tx:
                behind = migrate.behind(tx)
        if behind:
            raise SchemaTooOld
        yield
    finally:
        session.unbind()


_SAID = (
    ("password authentication failed", "The database does not accept the name or the password in {}."),
    ("no password supplied", "The database asks for a password, and there is none in {}."),
    (r'database ".*" does not exist', "The server has no database of the name in {}: create it first."),
    (r'role ".*" does not exist', "The server has no role of the name in {}."),
    ("permission denied for database", "The role in {} may not connect to its database."),
    ("lock timeout", "Somebody else uses the tables that {} is about to change: try again in a moment."),
)
"""What a server says, and what that means to whoever wrote an address. A server can speak another language, too."""

_SILENT = "The database named in {} does not answer, or does not let this desk in."


@contextmanager
def _in_a_sentence(setting: str) -> Iterator[None]:
    """Say in one sentence what is wrong with the address in *setting*; what the driver says may carry the address."""
    try:
        yield
    except (ArgumentError, ValueError):
        form = "postgresql://name:password@host/database"
        raise AddressNotUnderstood(f"{setting} cannot be read: write it as {form}.") from None
    except DBAPIError as error:
        if isinstance(error.orig, errors.InsufficientPrivilege):
            raise MayNot(f"The role in {setting} may not do this: it must own the desk's tables.") from None
        if not isinstance(error, OperationalError):
            raise
        said = str(error.orig)
        meant = next((words for pattern, words in _SAID if re.search(pattern, said)), _SILENT)
        raise DatabaseDoesNotAnswer(meant.format(setting)) from None


def _application_address(owner: str, home: Path) -> str | None:
    """
    Return the address of the application's role by the password kept in *home*; None where none is kept.

    Where the server has no such role it is made, with a password of its own. One that exists keeps the password it has.
    """
    kept = home / "secrets" / "desk_app"
    password = kept.read_text() if kept.exists() else secrets.token_urlsafe(24)
    if migrate.make_role(owner, "desk_app", password) and not kept.exists():
        kept.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(password)
    if not kept.exists():
        return None
    address: URL = session.as_url(owner).set(username="desk_app", password=password)
    return address.render_as_string(hide_password=False)
