"""A kind of feed made up here: visits to sites, with a table of their own. Nothing of claims is in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from core.access import Action, Actor
from core.feeds import (
    Carrying,
    Cell,
    Days,
    Duplicate,
    Feed,
    FeedKind,
    FeedMapping,
    Figure,
    Line,
    Other,
    Plan,
    RefusedRow,
    Rows,
    Setting,
    Vocabulary,
    Words,
)
from core.feeds.columns import Column
from core.feeds.dating import Dates
from core.feeds.heading_words import plain
from core.refusal import Refusal

TABLE = (
    "create table visit (client_id int not null, visit_id bigint generated always as identity, import_id bigint,"
    " number text not null, day date not null, site text not null, remarks text, answered bool not null default false,"
    " primary key (client_id, visit_id))",
    "create table visited_site (client_id int not null, name text not null)",
    "grant select, insert, update, delete on visit, visited_site to desk_app",
)


class NoSites(Refusal):
    text = "This client has no site to visit yet."


class Visit(NamedTuple):
    row: int
    number: str
    day: date
    site: str
    remarks: str


_HEADINGS = {"number": "visit number", "day": r"visited on|visit date|date", "site": "site|place", "remarks": "remarks"}


def _meanings(heading: str) -> Mapping[str, int]:
    return {field: 100 for field, words in _HEADINGS.items() if re.fullmatch(words, plain(heading))}


def _fit(column: Column, field: str) -> int | None:
    return column.fit_of_days if field == "day" else None if column.is_dates else 0


VOCABULARY = Vocabulary(
    fields={"number": "Visit number", "day": "Day of the visit", "site": "Site", "remarks": "Remarks"},
    needed=(frozenset({"number"}), frozenset({"day"}), frozenset({"site"})),
    meanings=_meanings,
    fit=_fit,
    days={"day": Days(10)},
    story="remarks",
)


def _terms(actor: Actor, tx: Connection, setting: Setting) -> tuple[str, ...]:
    sites = tx.execute(text("select name from visited_site where client_id = :id"), {"id": setting.client_id})
    if not (names := tuple(sorted(sites.scalars()))):
        raise NoSites
    return names


def _judge(feed: Feed, mapping: FeedMapping, setting: Setting, sites: tuple[str, ...]) -> list[Visit | RefusedRow]:
    rows = Rows(VOCABULARY, feed, mapping)
    dates = Dates(VOCABULARY, feed, mapping, ZoneInfo(setting.timezone), this_year=setting.at.year)
    return [_judged(rows, dates, row, sites) for row in feed.rows]


def _judged(rows: Rows, dates: Dates, row: Any, sites: tuple[str, ...]) -> Visit | RefusedRow:
    if again := rows.headings_again(row):
        return again
    given = rows.given(row)
    day = dates.moment(given, "day")
    why = (
        rows.overlong(row)
        or rows.lacking(given, "number", "visit number")
        or (rows.undated(dates, given, "day", "day of the visit") if day is None else None)
        or rows.lacking(given, "site", "site")
    )
    if why is None and given["site"] not in sites:
        why = "site", "The client has no such site.", "Correct the site, and send the row again."
    if why:
        return RefusedRow(row.number, *why, row.cells, given.get("number", ""))
    assert day
    return Visit(row.number, given["number"], day.day, given["site"], given.get("remarks", ""))


def _known(tx: Connection, client_id: int, judged: Sequence[Visit]) -> Mapping[str, int]:
    rows = tx.execute(
        text("select number, visit_id from visit where client_id = :id and number = any (:numbers)"),
        {"id": client_id, "numbers": [visit.number for visit in judged]},
    )
    return {row.number: row.visit_id for row in rows}


def _settle(
    judged: Sequence[Visit], sites: tuple[str, ...], known: Mapping[str, int]
) -> list[Visit | Duplicate | RefusedRow]:
    first: dict[str, Other] = {number: Other(0, key, number) for number, key in known.items()}
    settled: list[Visit | Duplicate | RefusedRow] = []
    for visit in judged:
        if visit.number.startswith("X"):
            settled.append(
                RefusedRow(visit.row, "number", "The visit was called off.", "Leave it out.", (visit.number,))
            )
        elif other := first.get(visit.number):
            settled.append(Duplicate(visit.row, other, f"The same visit as {other.said('visit')}."))
        else:
            first[visit.number] = Other(visit.row)
            settled.append(visit)
    return settled


def _carry(tx: Connection, carrying: Carrying, visits: Sequence[Visit]) -> dict[int, int]:
    made = {}
    for done, visit in enumerate(visits, start=1):
        made[visit.row] = tx.execute(
            text(
                "insert into visit (client_id, import_id, number, day, site, remarks)"
                " values (:client_id, :import_id, :number, :day, :site, :remarks) returning visit_id"
            ),
            {"client_id": carrying.client_id, "import_id": carrying.import_id, **visit._asdict()},
        ).scalar_one()
        carrying.between(done)
    return made


def _take_back(tx: Connection, client_id: int, visits: Sequence[int]) -> None:
    tx.execute(
        text("delete from visit where client_id = :id and visit_id = any (:visits)"),
        {"id": client_id, "visits": [*visits]},
    )


def _lines(plan: Plan) -> Iterator[Line]:
    for visit in plan.new:
        yield Line(visit.row, plan.kind.words.new, visit.number, "", (Cell(f"{visit.day:%d %b %Y}", "Soon"),))
    for known in plan.duplicates:
        yield Line(known.row, plan.kind.words.repeated, known.other.name, known.why, (Cell(),))


def _is_ahead(visit: Visit, at: datetime) -> bool:
    return visit.day > at.date()


AHEAD = Figure("ahead", "Still ahead", _is_ahead, "lie ahead.")

VISITS = FeedKind(
    code="visits",
    words=Words(
        one="visit", whose="Number", worked_on="answered a visit of this import", deletes="what was remarked of them"
    ),
    action=Action.CLAIM_IMPORT,
    vocabulary=VOCABULARY,
    terms=_terms,
    judge=_judge,
    known=_known,
    settle=_settle,
    carry=_carry,
    take_back=_take_back,
    lines=_lines,
    table="visit",
    key="visit_id",
    worked_on="it.answered",
    columns=("Day",),
    figures=(AHEAD,),
)


def laid_out(desk: Any, client_id: int, *sites: str) -> None:
    """Make the tables of visits, and give the client *sites*."""
    with desk.owner() as db:
        for statement in TABLE:
            db.execute(statement)
        for site in sites:
            db.execute("insert into visited_site values (%s, %s)", (client_id, site))
