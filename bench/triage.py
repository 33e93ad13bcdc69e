"""The three best slots of a claim and the gate before its call: over the bare statements, and what a million claims cost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine

from bench.books import Book
from bench.measure import Line, ms, rounds, sent
from core import instant, triage
from core.access import Actor, Role
from core.contact import completeness
from core.transactions import by_key
from db import session

OVER_BARE, OVER_SMALL = 1.2, 1.3

CLINICIANS = 50
DAYS = 30
"""Of calls that are booked ahead."""

_PLANNED_ONCE = "; set local plan_cache_mode = force_generic_plan"

_PEOPLE = """
    with made as (
      insert into staff (sign_in_name, full_name, role, timezone)
      select 'bench.nurse.' || n, 'Nurse ' || n, 'clinical', 'America/Chicago' from generate_series(1, %(number)s) n
      on conflict do nothing returning staff_id),
    serving as (
      insert into staff_client (staff_id, client_id)
      select m.staff_id, c.client_id from made m cross join unnest(%(clients)s::int[]) c (client_id))
    insert into clinician (staff_id, hours, licences, languages, compact, daily_calls, set_at, set_by)
    select staff_id, array_fill('08:00-18:00'::text, array[7]), '{IL,OH}', '{Spanish}', true, 20, now(), 1 from made
"""
_CALLS = """
    insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)
    select c.client_id, c.claim_id, n.staff_id, t, t + interval '30 minutes', now(), 1
      from (select client_id, claim_id, row_number() over (order by claim_id) - 1 as number
              from (select client_id, claim_id, max(claim_id) over () as last from claim
                     where first_contact_at is null and closed_at is null and date_of_death is null
                       and client_id = any (%(clients)s::int[])) waiting
             where claim_id < last order by claim_id limit %(number)s * %(days)s) c
      join (select staff_id, row_number() over (order by staff_id) - 1 as number from clinician) n
        on n.number = c.number %% %(number)s
     cross join lateral (
       select date_trunc('day', now()) + (1 + c.number / %(number)s) * interval '1 day' + interval '16 hours' as t) at_
     where not exists (select from triage_call) on conflict do nothing
"""
_A_CLAIM = """
    select client_id, claim_id from claim c
     where first_contact_at is null and closed_at is null and date_of_death is null and client_id = any (%s::int[])
       and not exists (select from triage_call t where t.client_id = c.client_id and t.claim_id = c.claim_id)
     order by claim_id desc limit 1
"""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return slots and gate over the bare statements for each book, then the largest book over the smallest."""
    for book in books:
        _fill(book)
    acts: dict[str, Callable[[Actor, Connection, tuple[int, int]], object]] = {
        f"Best slots among {CLINICIANS} clinicians": _offers, "The gate's check": _gate,
    }  # fmt: skip
    compared = [_over_bare(book, what, act, count) for book in books for what, act in acts.items()]
    return compared + [_growth(books[0], books[-1], what, act, count) for what, act in acts.items()]


def _offers(actor: Actor, tx: Connection, claim: tuple[int, int]) -> object:
    return triage.offers(actor, tx, client_id=claim[0], claim_id=claim[1], at=instant.now())


def _gate(_: Actor, tx: Connection, claim: tuple[int, int]) -> object:
    return completeness.reason(tx, *claim, "Urgent")


def _fill(book: Book) -> None:
    """Add clinicians who serve the VA's clients, and a month of their calls, where the book has none."""
    clients = sorted(book.person(Role.VA).clients)
    values = {"clients": clients, "number": CLINICIANS, "days": DAYS}
    with book.bare() as db:
        db.execute(_PEOPLE, values)
        db.execute(_CALLS, values)


def _claim(book: Book) -> tuple[int, int]:
    """Return an open claim of the VA's whose call is not booked, due a day from now."""
    clients = sorted(book.person(Role.VA).clients)
    with book.bare() as db:
        row = db.execute(_A_CLAIM, (clients,)).fetchone()
        assert row is not None
        due = datetime.now(UTC) + timedelta(days=1)
        db.execute("update claim set due_at = greatest(due_at, %s) where client_id = %s and claim_id = %s", (due, *row))
    return row[0], row[1]


def _over_bare(book: Book, what: str, act: Callable[[Actor, Connection, tuple[int, int]], object], count: int) -> Line:
    book.bind()
    actor, claim = book.person(Role.VA), _claim(book)
    with by_key(actor) as tx, sent(session.driver(tx)) as said:
        act(actor, tx, claim)

    def ours() -> None:
        with by_key(actor) as tx:
            act(actor, tx, claim)

    with book.app() as db:

        def bare() -> None:
            with db.transaction():
                db.execute(f"set local desk.staff = '{actor.staff_id}'{_PLANNED_ONCE}".encode())
                for statement, values in said:
                    db.execute(statement, values).fetchall()

        took, reference = rounds(count, ours, bare)
    return Line(f"{what} at {book.words}: service over the same SQL", ms(took), ms(reference), took / reference,
                most=OVER_BARE)  # fmt: skip


def _growth(
    small: Book, large: Book, what: str, act: Callable[[Actor, Connection, tuple[int, int]], object], count: int
) -> Line:
    engines = {book.size: session.bind(book.app_url) for book in (small, large)}
    calls = [partial(_done, engines[book.size], act, book.person(Role.VA), _claim(book)) for book in (large, small)]
    took, reference = rounds(count, *calls)
    for engine in engines.values():
        engine.dispose()
    said = f"{what}: {large.words} over {small.words} claims"
    return Line(said, ms(took), ms(reference), took / reference, most=OVER_SMALL)


def _done(
    engine: Engine, act: Callable[[Actor, Connection, tuple[int, int]], object], actor: Actor, claim: tuple[int, int]
) -> None:
    with engine.begin() as tx:
        tx.exec_driver_sql(f"begin; set local desk.staff = '{actor.staff_id}'{_PLANNED_ONCE}")
        act(actor, tx, claim)
