"""The two comparisons of every part: a service over its own SQL by bare psycopg, and a large book over a small one."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, TextClause
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from bench.books import Book
from bench.measure import Line, ms, rounds
from core.access import Actor, Role
from core.transactions import transaction
from db import session

OVER_BARE, OVER_SMALL = 1.2, 1.3

Service = Callable[[Actor, Connection], Any]


def over_bare(
    book: Book, actor: Actor, what: str, service: Service, statement: TextClause, values: Mapping[str, Any], count: int,
    same: Callable[[Any, list[Any]], bool] = lambda ours, bare: [tuple(row) for row in ours] == bare,
) -> Line:  # fmt: skip
    """
    Return what *service* takes over *statement* with *values*, sent by bare psycopg as the same person.

    *same* tells whether both have answered the same.
    """
    book.bind()
    sql = str(statement.compile(dialect=PGDialect_psycopg())).encode()

    def ours() -> Any:
        with transaction(actor) as tx:
            return service(actor, tx)

    with book.app() as db:

        def bare() -> list[Any]:
            with db.transaction():
                db.execute("select set_config('desk.staff', %s, true)", (str(actor.staff_id),))
                return db.execute(sql, values).fetchall()

        assert same(ours(), bare()), "both must answer the same"
        took, reference = rounds(count, ours, bare)
    said = f"{what} at {book.words}, {whose(actor)}: service over the same SQL"
    return Line(said, ms(took), ms(reference), took / reference, most=OVER_BARE)


def over_small(
    small: Book, large: Book, role: Role, what: str, service: Service, count: int, of: str = "claims"
) -> Line:
    """Return what *service* takes in the large book over the small one, with the same indexes and policies."""
    engines = {book.size: session.bind(book.app_url) for book in (small, large)}
    actors = {book.size: book.person(role) for book in (small, large)}
    calls = [partial(_done, engines[book.size], actors[book.size], service) for book in (large, small)]
    took, reference = rounds(count, *calls)
    for engine in engines.values():
        engine.dispose()
    said = f"{what}, {whose(actors[large.size])}: {large.words} over {small.words} {of}"
    return Line(said, ms(took), ms(reference), took / reference, most=OVER_SMALL)


def _done(engine: Engine, actor: Actor, service: Service) -> Any:
    with engine.begin() as tx:
        tx.exec_driver_sql(f"begin; set local desk.staff = '{actor.staff_id}'")
        return service(actor, tx)


def whose(actor: Actor) -> str:
    """Return in words of how many clients the person sees claims."""
    return "all clients" if actor.scope is None else f"{len(actor.scope)} clients"
