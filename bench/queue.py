"""The queue: what the service and the policies cost over the bare statement, and what a million claims cost."""

from sqlalchemy import Connection

from bench.books import Book
from bench.compared import over_bare, over_small
from bench.measure import Line
from core import instant, live
from core import queue as waiting
from core.access import Actor, Role
from core.presence import LAPSES
from db.queries import queue as queries

_WHO = (Role.SUPERVISOR, Role.VA)


def lines(books: list[Book], count: int) -> list[Line]:
    """Return the service over the bare statement for each book and scope, then the largest book over the smallest."""
    compared = [_over_bare(book, role, count) for book in books for role in _WHO]
    return compared + [over_small(books[0], books[-1], role, "Queue", _now, count) for role in _WHO]


def _over_bare(book: Book, role: Role, count: int) -> Line:
    actor, at = book.person(role), instant.now()
    statement = queries._QUEUE_ALL if actor.scope is None else queries._QUEUE_SERVED
    values = {"most": live.MOST, "clients": sorted(actor.scope or ()), "viewing_since": at - LAPSES}
    return over_bare(book, actor, "Queue", lambda actor, tx: waiting.queue(actor, tx, at=at), statement, values, count)


def _now(actor: Actor, tx: Connection) -> object:
    return waiting.queue(actor, tx, at=instant.now())
