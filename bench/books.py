"""A PostgreSQL of our own and the books in it, filled once; what a measurement needs to work on one of them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from bench import fill
from core.access import Actor, Role
from db import migrate, server, session


@dataclass(frozen=True)
class Book:
    """One database of claims: its size, and its addresses as administrator, owner and application."""

    size: int
    admin_url: URL
    owner_url: URL
    app_url: URL

    @property
    def words(self) -> str:
        """Return the size in words."""
        return f"{self.size // 1_000_000} M" if self.size % 1_000_000 == 0 else f"{self.size // 1000} k"

    def bare(self) -> psycopg.Connection:
        """Connect beneath every policy and without SQLAlchemy: what references are measured with."""
        return psycopg.connect(plain(self.admin_url))

    def app(self) -> psycopg.Connection:
        """Connect in the application's role without SQLAlchemy."""
        return psycopg.connect(plain(self.app_url))

    def bind(self) -> None:
        """Let the services of this process work on this book."""
        session.bind(self.app_url)

    def env(self) -> dict[str, str]:
        """Return what a server of pages must find in its environment to work on this book."""
        return {
            "DATABASE_URL": self.owner_url.render_as_string(hide_password=False),
            "DATABASE_URL_APP": self.app_url.render_as_string(hide_password=False),
        }

    def person(self, role: Role) -> Actor:
        """Return the first person of that role in the book."""
        with self.bare() as db:
            row = db.execute(
                "select staff_id, full_name, sign_in_name, timezone from staff"
                " where role = %s and staff_id > 1 order by 1 limit 1",
                (role.value,),
            ).fetchone()
            assert row is not None
            clients = db.execute("select client_id from staff_client where staff_id = %s", row[:1]).fetchall()
        return Actor(row[0], row[1], row[2], role, row[3], frozenset(client for (client,) in clients))


def plain(address: str | URL) -> str:
    """Return *address* in the form that psycopg itself takes."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def opened(
    sizes: list[int], waiting: int, *, home: Path | None = None, say: Callable[[str], None] = print
) -> Iterator[list[Book]]:
    """
    Start a server, fill a book of each of *sizes* with *waiting* open claims, and stop it in the end.

    With *home* the books stay there and are found again by the next call; they are as old as they are.
    """
    kept = home is not None
    home = home or Path(tempfile.mkdtemp(prefix="desk-bench-"))
    try:
        addresses = server.start(home)
        yield [_book(addresses, size, waiting, say) for size in sizes]
    finally:
        session.unbind()
        server.stop(home, forget=not kept)
        if not kept:
            shutil.rmtree(home, ignore_errors=True)


def on(addresses: tuple[str, str, str], sizes: list[int], waiting: int, say: Callable[[str], None]) -> list[Book]:
    """Fill books on a server that runs already, given by administrator, owner and application."""
    return [_book(server.Addresses(*addresses, started=False), size, waiting, say) for size in sizes]


def forget(filled: list[Book]) -> None:
    """Drop the books again, and let go of the one that is bound."""
    session.unbind()
    for book in filled:
        with psycopg.connect(plain(book.admin_url.set(database="postgres")), autocommit=True) as admin:
            admin.execute(f"drop database if exists {book.admin_url.database} with (force)".encode())


def _book(addresses: server.Addresses, size: int, waiting: int, say: Callable[[str], None]) -> Book:
    name = f"bench_{size}_{waiting}"
    urls = [make_url(address).set(database=name) for address in (addresses.admin, addresses.owner, addresses.app)]
    book = Book(size, *urls)
    with psycopg.connect(plain(addresses.admin), autocommit=True) as admin:
        if admin.execute("select shobj_description(oid, 'pg_database') = 'filled' from pg_database"
                         " where datname = %s", (name,)).fetchone() == (True,):  # fmt: skip
            migrate.upgrade(book.owner_url)
            return book
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} owner desk_owner")
        migrate.upgrade(book.owner_url)
        began = datetime.now(UTC)
        with book.bare() as db:
            fill.fill(db, size, waiting, now=began)
        with psycopg.connect(plain(book.admin_url), autocommit=True) as db:
            fill.fold(db)
            db.execute("vacuum (freeze, analyze)")
        admin.execute(f"comment on database {name} is 'filled'")
        say(f"Filled {book.words} claims in {(datetime.now(UTC) - began).total_seconds():.0f} s")
    return book
