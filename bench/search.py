"""Finding a claim: what the service costs over the same statements, and what a million claims cost."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine

from bench.books import Book
from bench.compared import OVER_BARE, OVER_SMALL, whose
from bench.measure import Line, ms, rounds, sent
from core import instant, search
from core.access import Actor, Role
from core.transactions import by_key
from db import session

TYPED = {"number": "C-7", "telephone": "555-0142", "name": "sample1", "both names": "robin sample1"}
"""
What is typed; of each there is more than a page in any book of 10,000 claims, within a person's clients as well.

So as much is found and shown in the one book as in the other, by the same statements: where a small book had fewer than
a page, slips were looked for in it and not in the large one, and the two were not to be compared.
"""
SLIP = "smaple77"
"""A slip is told of and not promised: there are more names."""

_WHO = (Role.SUPERVISOR, Role.VA)


def lines(books: list[Book], count: int) -> list[Line]:
    """Return the service over the bare statements, then the largest book over the smallest, then what a slip costs."""
    large = books[-1]
    compared = [_over_bare(book, role, count) for book in books for role in _WHO]
    grown = [_growth(books[0], large, role, what, count) for role in _WHO for what in TYPED]
    return [*compared, *grown, *(_slip(large, role, count) for role in _WHO)]


def _over_bare(book: Book, role: Role, count: int) -> Line:
    book.bind()
    actor = book.person(role)
    name = TYPED["name"]
    with by_key(actor) as tx, sent(session.driver(tx)) as said:
        assert search.find(actor, tx, name, instant.now())

    def ours() -> None:
        with by_key(actor) as tx:
            search.find(actor, tx, name, instant.now())

    with book.app() as db:

        def bare() -> None:
            with db.transaction():
                db.execute(
                    f"set local desk.staff = '{actor.staff_id}'; set local plan_cache_mode = force_generic_plan".encode()
                )
                for statement, values in said:
                    cursor = db.execute(statement, values)
                    if cursor.description:
                        cursor.fetchall()

        took, reference = rounds(count, ours, bare)
    what = f"Search a name at {book.words}, {whose(actor)}: service over the same SQL"
    return Line(what, ms(took), ms(reference), took / reference, most=OVER_BARE)


def _growth(small: Book, large: Book, role: Role, what: str, count: int) -> Line:
    engines = {book.size: session.bind(book.app_url) for book in (small, large)}
    actors = {book.size: book.person(role) for book in (small, large)}
    calls: list[Callable[[], tuple[search.Hit, ...]]] = [
        partial(_find, engines[book.size], actors[book.size], TYPED[what]) for book in (large, small)
    ]
    many, few = (len(call()) for call in calls)
    took, reference = rounds(count, *calls)
    for engine in engines.values():
        engine.dispose()
    said = f"Search a {what}, {whose(actors[large.size])}: {large.words} over {small.words} claims"
    return Line(said, f"{ms(took)}, {many} found", f"{ms(reference)}, {few} found", took / reference, most=OVER_SMALL)


def _slip(book: Book, role: Role, count: int) -> Line:
    engine, actor = session.bind(book.app_url), book.person(role)
    took, reference = rounds(
        count, partial(_find, engine, actor, SLIP), partial(_find, engine, actor, TYPED["name"])
    )  # fmt: skip
    said = f"Search a name with a slip at {book.words}, {whose(actor)}: over one without"
    return Line(said, ms(took), ms(reference), took / reference)


def _find(engine: Engine, actor: Actor, typed: str) -> tuple[search.Hit, ...]:
    with engine.begin() as tx:
        tx.exec_driver_sql(
            f"begin; set local desk.staff = '{actor.staff_id}'; set local plan_cache_mode = force_generic_plan"
        )
        return search.find(actor, tx, typed, instant.now())
