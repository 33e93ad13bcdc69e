"""The heatmap over 90 days: from the kept counts, against aggregating the claims themselves."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bench.books import Book
from bench.measure import Line, ms, rounds
from core.access import Role
from core.first_contact import Question, answer
from core.first_contact.figures import Counted
from core.transactions import transaction
from db.queries import first_contact as queries
from db.queries.first_contact import Count

WHOLE, PART = 50.0, 20.0
DAYS = 90
_ZONE = "America/Chicago"

# What a person would type: the grid and the trend by week, which the kept counts answer together; and the median.
_GRID = """
    select extract(isodow from reported_at at time zone %(zone)s)::int,
           extract(hour from reported_at at time zone %(zone)s)::int,
           count(*), count(*) filter (where first_contact_at is not null or due_at <= %(at)s),
           count(*) filter (where first_contact_at <= due_at)
      from claim where reported_at >= %(starts)s and reported_at < %(ends)s
       and (closed_at is null and date_of_death is null or first_contact_at is not null) {more} group by 1, 2 order by 1, 2
"""
_WEEKS = """
    select date_trunc('week', reported_at at time zone %(zone)s)::date, count(*),
           count(*) filter (where first_contact_at is not null or due_at <= %(at)s),
           count(*) filter (where first_contact_at <= due_at)
      from claim where reported_at >= %(starts)s and reported_at < %(ends)s
       and (closed_at is null and date_of_death is null or first_contact_at is not null) {more} group by 1 order by 1
"""
_MEDIAN = """
    select percentile_cont(0.5) within group (order by first_contact_at - reported_at)
      from claim where reported_at >= %(starts)s and reported_at < %(ends)s and first_contact_at is not null {more}
"""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return what the whole book, its largest client and its largest state cost, at the largest size."""
    book = books[-1]
    with book.bare() as db:
        client = _largest(db, "client_id")
        state = _largest(db, "jurisdiction")
    of_client, of_state = {"clients": frozenset({client})}, {"jurisdictions": frozenset({state})}
    return [
        *_lines(book, count, "whole book", {}, "", WHOLE),
        *_lines(book, count, "one client", of_client, "and client_id = %(client)s", PART, client=client),
        *_lines(book, count, "one state", of_state, "and jurisdiction = %(state)s", PART, state=state),
    ]


def _largest(db: Any, column: str) -> Any:
    return db.execute(f"select {column} from claim group by 1 order by count(*) desc limit 1").fetchone()[0]


def _lines(
    book: Book, count: int, words: str, of: dict[str, Any], more: str, least: float, **values: Any
) -> list[Line]:
    book.bind()
    actor = book.person(Role.SUPERVISOR)
    at = datetime.now(UTC)
    today = at.astimezone(ZoneInfo(_ZONE)).date()
    question = Question(today - timedelta(days=DAYS - 1), today, _ZONE, **of)
    values |= {"zone": _ZONE, "at": at, "starts": question.starts, "ends": question.ends}

    def ours() -> list[Count]:
        with transaction(actor) as tx:
            return queries.counts(tx, question.extent(actor), at=at)

    def whole() -> Counted:
        with transaction(actor) as tx:
            return answer.count(actor, tx, question, at=at)

    with book.bare() as db:

        def raw(*statements: str) -> list[Any]:
            rows = [db.execute(sql.format(more=more).encode(), values).fetchall() for sql in statements]
            db.commit()
            return rows

        grid = [(*place, c.reported, c.decided, c.on_time) for place, c in whole().cells.items()]
        assert grid == raw(_GRID)[0], "both must answer the same"
        heatmap, looked, raw_heatmap, raw_looked = rounds(
            count, ours, whole, partial(raw, _GRID, _WEEKS), partial(raw, _GRID, _WEEKS, _MEDIAN)
        )
    what = f"90 days of {book.words}, {words}: raw rows over kept counts"
    return [
        Line(f"Heatmap, {what}", ms(heatmap), ms(raw_heatmap), raw_heatmap / heatmap, least=least),
        Line(f"The page with its median, {what}", ms(looked), ms(raw_looked), raw_looked / looked),
    ]
