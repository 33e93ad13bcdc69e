"""
Authorization aging: what the service costs over the bare statement, and what a million requests cost over ten thousand.

Both books hold as many open requests: what has ended is what grows. They are filled once, in SQL.
"""

import sys
from datetime import datetime
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import Connection

from bench.books import Book, plain
from bench.compared import over_bare, over_small
from bench.measure import Line, ms, rounds
from core import authorization_aging, instant
from core.access import Actor, Role
from core.authorization_aging import MOST, Cell, Question
from core.transactions import transaction
from db.queries import authorization_aging as queries

OPEN = 20_000
_CELLS = [Cell(clock=0), Cell(clock=1)]

# Open requests are the latest; of the others nearly all were told within ten days, some after they were due.
_FILL = """
    insert into authorization_request (client_id, claim_id, jurisdiction, kind, provider_npi, provider_name, received_at,
      complete_at, channel, clock, ours, due_at, due_why, holder_id, reviewer_id, follow_up_at, outcome, decided_at,
      communicated_at, ended_at, logged_at, logged_by)
    select c.client_id, c.claim_id, coalesce(c.jurisdiction, 'CA'), 'prospective', null,
           'Dr. ' || n %% 900, t.at, t.at, 'fax', case when ended then 'stopped' when n %% 11 = 0 then 'waiting' else 'running' end,
           n %% 13 <> 0, case when ended or n %% 11 <> 0 then t.at + (n %% 37 + 1) * interval '12 hours' end,
           case when ended or n %% 11 <> 0 then 'x' end, 1, r.ids[n %% cardinality(r.ids) + 1],
           case when not ended then t.at + interval '2 days' end, case when ended then 'approved' end,
           case when ended then t.told end, case when ended then t.told end, case when ended then t.told end, t.at, 1
      from generate_series(1, %(size)s) n
      join lateral (select n <= %(size)s - %(open)s as ended) e on true
      join (select client_id, claim_id, jurisdiction, row_number() over (order by claim_id) as place from claim) c
        on c.place = n %% %(claims)s + 1
     cross join (select array_agg(staff_id order by staff_id) as ids from staff where role = 'clinical') r
     cross join lateral (
       select case when ended then %(at)s - interval '14 days' - (%(size)s - n) * (interval '351 days' / %(size)s)
                   else %(at)s - (n %% 1000) * (interval '20 days' / 1000) end as at) began
     cross join lateral (select began.at as at, began.at + (n %% 41) * interval '6 hours' as told) t
"""

# What a person would type, who knows of no index and no kept rule: every request is looked at.
_RAW = """
    select jurisdiction,
           case when not ours or clock in ('tolled', 'deferred') or clock = 'waiting' and due_at is null then 6
                when due_at is null then 5 when due_at < %(at)s then 0 when due_at < %(at)s + interval '4 hours' then 1
                else 4 end, count(*)
      from authorization_request where communicated_at is null and outcome is distinct from 'withdrawn' group by 1, 2
"""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return counts and rows over the bare statements by book and scope, the largest over the smallest, the heatmap."""
    small, large = books[0], books[-1]
    for book in (small, large):
        _filled(book, min(OPEN, 2 * small.size))
    compared = [
        line
        for book in (small, large)
        for role in (Role.SUPERVISOR, Role.VA)
        for line in (_counts(book, role, count), _rows(book, role, count))
    ]
    grown = [
        over_small(small, large, role, words, of, count, "ended, as many open")
        for role in (Role.SUPERVISOR, Role.VA)
        for words, of in (("Aging", _look), ("Rows behind aging", _behind))
    ]
    return [*compared, *grown, _heatmap(large, count)]


def _filled(book: Book, opened: int) -> None:
    """Have the book hold as many requests that have ended as claims, and so many that are open."""
    with book.bare() as db:
        if db.execute("select exists (select from authorization_request)").fetchone() == (True,):
            return
        began = perf_counter()
        indexes = _indexes(db)
        for definition in indexes:
            db.execute(f"drop index {definition.split(' ON ')[0].split()[-1]}".encode())
        db.execute("set session_replication_role = replica")
        values = {"size": book.size + opened, "open": opened, "claims": book.size, "at": instant.now()}
        db.execute(_FILL.encode(), values)
        for definition in indexes:
            db.execute(definition.encode())
        db.commit()
    with psycopg.connect(plain(book.admin_url), autocommit=True) as db:
        db.execute("vacuum (freeze, analyze) authorization_request")
    took = perf_counter() - began
    print(f"Filled {book.words} requests and {opened:,} open in {took:.0f} s", file=sys.stderr, flush=True)


def _indexes(db: psycopg.Connection[Any]) -> list[str]:
    return [
        row[0]
        for row in db.execute(
            "select indexdef from pg_indexes where tablename = 'authorization_request'"
            " and indexname not in (select conname from pg_constraint)"
        )
    ]


def _look(actor: Actor, tx: Connection) -> object:
    return authorization_aging.look(actor, tx, Question(), at=instant.now())


def _behind(actor: Actor, tx: Connection) -> object:
    return authorization_aging.behind(actor, tx, Question(), _CELLS, at=instant.now())


def _counts(book: Book, role: Role, count: int) -> Line:
    actor, at = book.person(role), instant.now()
    return over_bare(
        book, actor, "Aging", lambda actor, tx: authorization_aging.look(actor, tx, Question(), at=at),
        queries.bound(queries._COUNTS), _values(book, actor, at), count,
        same=lambda ours, bare: bool(ours.open == sum(row[4] for row in bare if row[0] is None)),
    )  # fmt: skip


def _rows(book: Book, role: Role, count: int) -> Line:
    actor, at = book.person(role), instant.now()
    wanted = {
        "cell_keys": [cell.key for cell in _CELLS], "cell_ages": [cell.age for cell in _CELLS],
        "cell_clocks": [cell.clock for cell in _CELLS], "most": MOST,
    }  # fmt: skip
    return over_bare(
        book, actor, "Rows behind aging",
        lambda actor, tx: authorization_aging.behind(actor, tx, Question(), _CELLS, at=at),
        queries.bound(queries._BEHIND), _values(book, actor, at) | wanted, count,
    )  # fmt: skip


def _values(book: Book, actor: Actor, at: datetime) -> dict[str, Any]:
    book.bind()
    with transaction(actor) as tx:
        return Question().extent(actor, tx, at=at)._asdict()


def _heatmap(book: Book, count: int) -> Line:
    book.bind()
    actor, at = book.person(Role.SUPERVISOR), instant.now()

    def ours() -> object:
        with transaction(actor) as tx:
            return authorization_aging.look(actor, tx, Question(), at=at)

    with book.bare() as db:

        def raw() -> object:
            found = db.execute(_RAW.encode(), {"at": at}).fetchall()
            db.commit()
            return found

        took, reference = rounds(count, ours, raw)
    what = f"Heatmap of aging at {book.words}: raw rows over the index of open ones"
    return Line(what, ms(took), ms(reference), reference / took)
