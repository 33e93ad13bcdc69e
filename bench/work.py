"""What is next: what the service and the policies cost over the bare statement, and what a million claims cost."""

from sqlalchemy import Connection

from bench.books import Book
from bench.compared import over_bare, over_small
from bench.measure import Line
from core import instant, worklist
from core.access import Actor, Role
from core.live import MOST
from core.presence import LAPSES
from db.queries import worklist as queries

_WHO = (Role.SUPERVISOR, Role.VA)


def lines(books: list[Book], count: int) -> list[Line]:
    """Return the service over the bare statement for each book and scope, then the largest book over the smallest."""
    compared = [_over_bare(book, role, count) for book in books for role in _WHO]
    return compared + [over_small(books[0], books[-1], role, "My work", _now, count) for role in _WHO]


def _over_bare(book: Book, role: Role, count: int) -> Line:
    actor, at = book.person(role), instant.now()
    arms = tuple(kind.arm for kind in worklist.KINDS)
    statement = queries._statement(queries._ITEMS, arms, actor.scope is not None)
    values = {"most": MOST, "clients": sorted(actor.scope or ()), "viewing_since": at - LAPSES, "at": at}
    return over_bare(
        book, actor, "My work", lambda actor, tx: worklist.items(actor, tx, at=at), statement, values, count
    )


def _now(actor: Actor, tx: Connection) -> object:
    return worklist.items(actor, tx, at=instant.now())
