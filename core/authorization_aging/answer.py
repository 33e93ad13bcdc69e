"""Answering: open requests counted, the rows behind the counts, how long answers took, and who is slow to answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core import scope, walltime, words
from core.access import Action, Actor, require
from core.authorization_aging import withholding
from core.authorization_aging.buckets import AGES, LEFT, Left
from core.authorization_aging.figures import Group, Picture, Took
from core.authorization_aging.question import By, Question
from core.calendars import first_instant
from core.scope import ClientInScope
from db.queries import authorization_aging as queries
from db.queries.authorization_aging import Behind, Cell, Count, Slow, Turnaround

MOST = 500
"""The most requests that one look shows."""

MOST_FILED = 50_000
"""The most requests that one file holds."""

MOST_SLOW = 50
"""The most people who are named of those who are slow to answer."""

WEEKS = 13
"""So many weeks, the one that goes on among them, are told of turnaround; persons are measured by the same."""

NOBODY = "Nobody yet"
"""Who reviews what is given to no reviewer."""


def clients(actor: Actor, tx: Connection) -> list[ClientInScope]:
    """
    Return whose requests *actor* may ask about.

    :raises NotAllowed: if the actor reads no aging.
    """
    return scope.clients(actor, tx, Action.AGING_READ)


def look(actor: Actor, tx: Connection, question: Question, *, at: datetime) -> Picture:
    """
    Count what is open *at* a moment, of no more than the clients in *actor*'s scope; few are withheld from whoever
    opens no requests.

    :raises NotAllowed: if the actor reads no aging.
    :raises NotByPerson: as `Question.extent`.
    """
    require(actor, Action.AGING_READ)
    picture = _picture(question, at, queries.counts(tx, question.extent(actor, tx, at=at)))
    return picture if actor.may(Action.AGING_DRILL) else withholding.shown(picture)


def behind(
    actor: Actor, tx: Connection, question: Question, cells: Sequence[Cell], *, at: datetime, most: int = MOST
) -> list[Behind]:
    """
    Return at most *most* open requests that are counted in one of *cells* at *at*, those due first before others.

    :raises NotAllowed: if the actor does not open the requests behind the counts.
    """
    require(actor, Action.AGING_DRILL)
    return queries.behind(tx, question.extent(actor, tx, at=at), cells, most=most)


def turnaround(
    actor: Actor, tx: Connection, question: Question, *, at: datetime
) -> tuple[list[Took], list[Took], Took | None]:
    """
    Return how long it took until providers were told, of the last WEEKS: by week, by group, and altogether.

    By person nothing is told here: then the groups are those by jurisdiction. Weeks begin on Monday where the actor is.
    Where few could be told from it, weeks say no numbers, and groups of few are left out with what shields them.

    :raises NotAllowed: if the actor reads no aging.
    """
    require(actor, Action.AGING_READ)
    by = question.by if question.by is By.CLIENT else By.JURISDICTION
    extent = Question(by, question.clients, question.states).extent(actor, tx, at=at)
    starts, ends = _weeks(actor.timezone, at)
    rows = queries.turnaround(tx, extent, starts=starts, ends=ends, zone=actor.timezone)
    weeks = [row for row in rows if row.week is not None]
    groups = [row for row in rows if row.key is not None]
    whole = next((row for row in rows if row.week is None and row.key is None), None)
    if actor.may(Action.AGING_DRILL):
        return [_took(row) for row in weeks], [_took(row) for row in groups], _took(whole) if whole else None
    hidden = withholding.parts_withheld({row.key or "": row.told for row in groups})
    return (
        [_took(row, counted=False) for row in weeks if not withholding.few(row.dated)],
        [_took(row) for row in groups if row.key not in hidden and not withholding.few(row.dated)],
        _took(whole) if whole and not withholding.few(whole.dated) else None,
    )


def slow(actor: Actor, tx: Connection, question: Question, by: By, *, at: datetime) -> list[Slow]:
    """
    Return whom open requests wait for, reviewers or providers: who left most follow-ups unanswered comes first.

    :raises NotAllowed: if the actor does not open the requests behind the counts.
    """
    require(actor, Action.AGING_DRILL)
    extent = question.extent(actor, tx, at=at)
    return queries.slow(tx, extent, by.value, since=_weeks(actor.timezone, at)[0], most=MOST_SLOW)


def _weeks(timezone: str, at: datetime) -> tuple[datetime, datetime]:
    """Return when the weeks begin that are told of *at* a moment, and when the last of them ends."""
    today = walltime.today(timezone, at)
    monday = today - timedelta(days=today.weekday())
    first, end = (first_instant(ZoneInfo(timezone), monday + timedelta(weeks=n), time()) for n in (1 - WEEKS, 1))
    return first, end


def _picture(question: Question, at: datetime, counts: Iterable[Count]) -> Picture:
    clocks: dict[str, list[int]] = defaultdict(lambda: [0] * len(LEFT))
    ages: dict[str, list[int]] = defaultdict(lambda: [0] * len(AGES))
    both = [[0] * len(LEFT) for _ in AGES]
    names: dict[str, str] = {}
    for key, name, age, clock, number in counts:
        if key is None:
            both[age or 0][clock or 0] = number
            continue
        names[key] = name or key or NOBODY
        if clock is not None:
            clocks[key][clock] = number
        else:
            ages[key][age or 0] = number
    groups = [Group(key, names[key], tuple(clocks[key]), tuple(ages[key])) for key in names]
    groups.sort(key=_pressing)
    sums = tuple(sum(column) for column in zip(*both, strict=True))
    return Picture(question, at, tuple(groups), tuple(map(tuple, both)), sums, sum(sums))


def _pressing(group: Group) -> tuple[int, int, int, int, str]:
    clocks = [figure or 0 for figure in group.clocks]
    return -clocks[Left.LAPSED], -clocks[Left.SOON], -clocks[Left.TODAY], -sum(clocks), group.name


def _took(row: Turnaround, *, counted: bool = True) -> Took:
    share = row.in_time / row.dated if row.dated else None
    name = _week(row.week) if row.week else row.name or row.key or "All"
    return Took(name, row.week, row.told if counted else None, row.median, row.ninetieth, share)


def _week(monday: date) -> str:
    return words.brief_day(monday)
