"""A claim's file: what the service and the policies cost over the bare statements, and what a million claims cost."""

from functools import partial

from sqlalchemy import Connection, Engine

from bench.books import Book
from bench.compared import OVER_BARE, OVER_SMALL, whose
from bench.measure import Line, ms, rounds, sent
from core import claim_file, instant, intake
from core.access import Actor, Role
from core.transactions import by_key
from db import session

_PLANNED_ONCE = "; set local plan_cache_mode = force_generic_plan"

_WHO = (Role.SUPERVISOR, Role.VA)


def lines(books: list[Book], count: int) -> list[Line]:
    """Return the service over the bare statements for each book and scope, then the largest book over the smallest."""
    compared = [line for book in books for role in _WHO for line in _over_bare(book, role, count)]
    return compared + [_growth(books[0], books[-1], role, count) for role in _WHO]


def _read(actor: Actor, tx: Connection, claim: tuple[int, int]) -> None:
    """Read all that the file of a claim shows."""
    intake.open_claim(actor, tx, *claim).deadline(now=instant.now())
    claim_file.read(actor, tx, *claim)


def _over_bare(book: Book, role: Role, count: int) -> list[Line]:
    """Compare with the bare statements as the role has them planned, anew each time, and by plans made once as ours are."""
    book.bind()
    actor = book.person(role)
    claim = _claim(book)
    with by_key(actor) as tx, sent(session.driver(tx)) as said:
        _read(actor, tx, claim)

    def ours() -> None:
        with by_key(actor) as tx:
            _read(actor, tx, claim)

    with book.app() as db:

        def bare(opening: str) -> None:
            with db.transaction():
                db.execute(f"set local {opening}".encode())
                for statement, values in said:
                    cursor = db.execute(statement, values)
                    if cursor.description:
                        cursor.fetchall()

        took, anew, once = rounds(
            count, ours, partial(bare, _scope(actor)), partial(bare, _scope(actor) + _PLANNED_ONCE)
        )
    what = f"Claim file at {book.words}, {whose(actor)}: service over the same SQL"
    return [
        Line(what, ms(took), ms(anew), took / anew, most=OVER_BARE),
        Line(f"{what}, planned once", ms(took), ms(once), took / once),
    ]


def _growth(small: Book, large: Book, role: Role, count: int) -> Line:
    engines = {book.size: session.bind(book.app_url) for book in (small, large)}
    actors = {book.size: book.person(role) for book in (small, large)}
    calls = [partial(_opened, engines[book.size], actors[book.size], _claim(book)) for book in (large, small)]
    took, reference = rounds(count, *calls)
    for engine in engines.values():
        engine.dispose()
    what = f"Claim file, {whose(actors[large.size])}: {large.words} over {small.words} claims"
    return Line(what, ms(took), ms(reference), took / reference, most=OVER_SMALL)


def _opened(engine: Engine, actor: Actor, claim: tuple[int, int]) -> None:
    with engine.begin() as tx:
        tx.exec_driver_sql(f"begin; set local {_scope(actor)}{_PLANNED_ONCE}")
        _read(actor, tx, claim)


def _scope(actor: Actor) -> str:
    """Return the setting that says in whose scope a claim is read."""
    return f"desk.staff = '{actor.staff_id}'"


def _claim(book: Book) -> tuple[int, int]:
    """Return the open claim of the first VA that is due first."""
    clients = sorted(book.person(Role.VA).clients)
    with book.bare() as db:
        row = db.execute(
            "select client_id, claim_id from claim where first_contact_at is null and closed_at is null"
            " and date_of_death is null and client_id = any (%s) order by due_at, claim_id limit 1",
            (clients,),
        ).fetchone()
    assert row is not None
    return row[0], row[1]
