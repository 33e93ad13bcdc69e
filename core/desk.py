"""Opening the desk: the database of the addresses given, or the embedded server; migrated, bound to this process."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

from core.refusal import Refusal
from core.settings import settings
from db import migrate, server, session


class DatabaseDoesNotAnswer(Refusal):
    """The database named in DATABASE_URL does not answer, or does not let this desk in."""


class NotTheOwner(Refusal):
    """This needs the owner's address: set DATABASE_URL."""


class ServerCannotRun(Refusal):
    """The embedded database could not be started in DESK_HOME."""


@contextmanager
def opened(*, as_owner: bool = False) -> Iterator[str]:
    """
    Bind this process to the desk's database, migrated, in the application's role or *as_owner*; yield the address.

    Where no address is set the embedded server in `DESK_HOME` is started if it is not running; then the last process
    that uses it stops it.

    :raises DatabaseDoesNotAnswer: if nobody is there, or the sign-in is refused.
    :raises NotTheOwner: if it is asked for *as_owner* and only the application's address is known.
    :raises ServerCannotRun: if the embedded server cannot be started; the message says why.
    """
    told = settings()
    if told.database_url is None and told.database_url_app is not None:
        if as_owner:
            raise NotTheOwner
        with _bound(told.database_url_app) as app:
            yield app
    elif told.database_url is not None:
        try:
            migrate.upgrade(told.database_url)
            if as_owner:
                address = told.database_url
            else:
                address = told.database_url_app or _application_address(told.database_url, told.desk_home)
        except OperationalError:
            raise DatabaseDoesNotAnswer from None  # what the driver says may carry the address
        with _bound(address) as bound:
            yield bound
    else:
        with _embedded(told.desk_home) as here:
            migrate.upgrade(here.owner)
            with _bound(here.owner if as_owner else here.app) as bound:
                yield bound


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
def _bound(address: str) -> Iterator[str]:
    session.bind(address)
    try:
        yield address
    finally:
        session.unbind()


def _application_address(owner: str, home: Path) -> str:
    """Give the application's role a password of its own, kept in *home*, and return its address."""
    kept = home / "secrets" / "desk_app"
    if not kept.exists():
        kept.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(24))
    password = kept.read_text()
    migrate.set_app_password(owner, password)
    address: URL = session.as_url(owner).set(username="desk_app", password=password)
    return address.render_as_string(hide_password=False)
