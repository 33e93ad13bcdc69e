"""Opening the desk: the database of the addresses given, or the embedded server; migrated, and bound to this process."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from core.settings import settings
from db import migrate, server, session


@contextmanager
def opened() -> Iterator[str]:
    """
    Bind this process to the desk's database, migrated; yield the application's address.

    Where no address is set the embedded server in `DESK_HOME` is started if it is not running, and stopped again by
    whoever started it.
    """
    told = settings()
    if told.database_url is None and told.database_url_app is not None:
        with _bound(told.database_url_app) as app:
            yield app
    elif told.database_url is not None:
        migrate.upgrade(told.database_url)
        with _bound(told.database_url_app or _application_address(told.database_url, told.desk_home)) as app:
            yield app
    else:
        here = server.start(told.desk_home)
        try:
            migrate.upgrade(here.owner)
            with _bound(here.app) as app:
                yield app
        finally:
            if here.started:
                server.stop(told.desk_home)


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
