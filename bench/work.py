"""What is next: what the service and the policies cost over the bare statement, and what a million claims cost."""

from functools import partial

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from bench.books import Book
from bench.measure import Line, ms, rounds
from core import instant, worklist
from core.access import Actor, Role
from core.live import MOST
from core.presence import LAPSES
from core.transactions import transaction
from db import session
from db.queries import worklist as queries

OVER_BARE, OVER_SMALL = 1.2, 1.3


def lines(books: list[Book], count: int) -> list[Line]:
    """Return the service over the bare statement for each book and scope, then the largest book over the smallest."""
    compared = [_over_bare(book, role, count) for book in books for role in (Role.SUPERVISOR, Role.VA)]
    return compared + [_growth(books[0], books[-1], role, count) for role in (Role.SUPERVISOR, Role.VA)]


def _over_bare(book: Book, role: Role, count: int) -> Line:
    book.bind()
    actor, at = book.person(role), instant.now()
    arms = tuple(kind.arm for kind in worklist.KINDS)
    statement = queries._statement(queries._ITEMS, arms, actor.scope is not None)
    sql = str(statement.compile(dialect=PGDialect_psycopg()))
    values = {"most": MOST, "clients": sorted(actor.scope or ()), "viewing_since": at - LAPSES, "at": at}

    def ours() -> list[queries.Item]:
        with transaction(actor) as tx:
            return worklist.items(actor, tx, at=at)

    with book.app() as db:

        def bare() -> object:
            with db.transaction():
                db.execute("select set_config('desk.staff', %s, true)", (str(actor.staff_id),))
                return db.execute(sql.encode(), values).fetchall()

        assert [tuple(row) for row in ours()] == bare(), "both must answer the same"
        took, reference = rounds(count, ours, bare)
    what = f"My work at {book.words}, {_whose(actor)}: service over the same SQL"
    return Line(what, ms(took), ms(reference), took / reference, most=OVER_BARE)


def _growth(small: Book, large: Book, role: Role, count: int) -> Line:
    engines = {book.size: session.bind(book.app_url) for book in (small, large)}
    actors = {book.size: book.person(role) for book in (small, large)}
    calls = [partial(_items, engines[book.size], actors[book.size]) for book in (large, small)]
    took, reference = rounds(count, *calls)
    for engine in engines.values():
        engine.dispose()
    what = f"My work, {_whose(actors[large.size])}: {large.words} over {small.words} claims"
    return Line(what, ms(took), ms(reference), took / reference, most=OVER_SMALL)


def _items(engine: Engine, actor: Actor) -> object:
    with engine.begin() as tx:
        tx.exec_driver_sql(f"begin; set local desk.staff = '{actor.staff_id}'")
        return worklist.items(actor, tx, at=instant.now())


def _whose(actor: Actor) -> str:
    return "all clients" if actor.scope is None else f"{len(actor.scope)} clients"
