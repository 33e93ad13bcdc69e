"""The answer: how often the promise was kept, by weekday and hour and by week, and what that says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.first_contact.question import Question
from db.queries import first_contact as queries
from db.queries.first_contact import Bin, Choice, Count

TARGET = 0.95
"""The share of workers to be reached in time."""

FEWEST = 5
"""With fewer decided promises than this a share says nothing, and is not shown."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = ("nights", "mornings", "afternoons", "evenings")
_BIN_HOURS = 0.25


@dataclass(frozen=True)
class Cell:
    """
    Claims reported on one weekday (1 is Monday) in one hour of the day, in the question's zone.

    `decided` promises are those kept (the worker was reached in time) or missed (not reached by the due time);
    the rest of `reported` still runs.
    """

    weekday: int
    hour: int
    reported: int
    decided: int
    on_time: int

    @property
    def too_few(self) -> bool:
        """Tell whether there are too few decided promises for a share."""
        return self.decided < FEWEST

    @property
    def share(self) -> float | None:
        """Return the share reached in time, 0 to 1, or None where there are too few."""
        return None if self.too_few else self.on_time / self.decided


@dataclass(frozen=True)
class Week:
    """The same for the claims reported in the week that began on the Monday `starts`."""

    starts: date
    reported: int
    decided: int
    on_time: int

    @property
    def share(self) -> float | None:
        """Return the share reached in time, 0 to 1, or None where there are too few."""
        return None if self.decided < FEWEST else self.on_time / self.decided


@dataclass(frozen=True)
class Measures:
    """
    The period as a whole. `median_hours` is the median time from report to first contact of those reached, in hours.

    The median is interpolated within quarter-hours and the days at the edge of the period are UTC days: it is good to
    the quarter-hour. Times beyond two weeks count as two weeks. None where nobody was reached.
    """

    reported: int
    decided: int
    on_time: int
    median_hours: float | None

    @property
    def share(self) -> float | None:
        """Return the share reached in time, 0 to 1, or None where nothing is decided."""
        return self.on_time / self.decided if self.decided else None

    @property
    def breaches(self) -> int:
        """Return how many promises were missed."""
        return self.decided - self.on_time


@dataclass(frozen=True)
class Picture:
    """The answer to a question as it stood at `at`: only cells and weeks in which something was reported."""

    question: Question
    at: datetime
    cells: tuple[Cell, ...]
    weeks: tuple[Week, ...]
    measures: Measures


@dataclass(frozen=True)
class Choices:
    """What the filters offer: clients and virtual assistants, by name."""

    clients: list[Choice]
    assignees: list[Choice]


def choices(actor: Actor, tx: Connection) -> Choices:
    """
    Return what *actor* may ask about.

    :raises NotAllowed: if the actor does not read measures.
    """
    require(actor, Action.MEASURES_READ)
    return Choices(queries.clients(tx), queries.assignees(tx))


def look(actor: Actor, tx: Connection, question: Question, *, at: datetime) -> Picture:
    """
    Answer *question* as things stand at *at*, about no more than the clients in *actor*'s scope.

    Claims withdrawn or closed before anybody was reached are not counted.

    :raises NotAllowed: if the actor does not read measures.
    """
    require(actor, Action.MEASURES_READ)
    extent = question.extent(actor)
    found = queries.counts(tx, extent, at=at)
    bins = queries.durations(tx, extent, first_day=question.first_day, end_day=question.last_day + timedelta(days=1))
    cells = tuple(_cells(found))
    measures = Measures(
        sum(c.reported for c in cells), sum(c.decided for c in cells), sum(c.on_time for c in cells), median_hours(bins)
    )
    weeks = tuple(Week(c.week, c.reported, c.decided, c.on_time) for c in found if c.week is not None)
    return Picture(question, at, cells, weeks, measures)


def _cells(found: Iterable[Count]) -> Iterable[Cell]:
    for c in found:
        if c.weekday is not None and c.hour is not None:
            yield Cell(c.weekday, c.hour, c.reported, c.decided, c.on_time)


def median_hours(bins: Sequence[Bin]) -> float | None:
    """
    Return the median of what *bins* (quarter-hours, ascending) hold, in hours, or None for nothing.

    Those in a bin are taken to be spread evenly over it, so the median is never a quarter-hour off.
    """
    number = sum(b.contacted for b in bins)
    if not number:
        return None
    return (_nth(bins, (number - 1) // 2) + _nth(bins, number // 2)) / 2


def _nth(bins: Iterable[Bin], n: int) -> float:
    before = 0
    for b in bins:
        if n < before + b.contacted:
            return (b.bin + (n - before + 0.5) / b.contacted) * _BIN_HOURS
        before += b.contacted
    raise IndexError(n)


def percent(share: float) -> str:
    """Return *share* as a whole percentage, rounded down: what was missed by a little is not shown as kept."""
    return f"{int(share * 100 + 1e-9)}%"


def finding(picture: Picture) -> str:
    """Return in one sentence what the picture says: is the promise kept, and which part of the week costs most."""
    share = picture.measures.share
    if share is None:
        return "No promise was decided in this period"
    worst = max(_parts_of_week(picture.cells), key=_short, default=None)
    if worst is not None and worst.decided >= FEWEST and _short(worst) > 0:
        name = f"{WEEKDAYS[worst.weekday - 1]} {_PARTS[worst.hour]}"
        return f"{name} miss the promise: {percent(worst.on_time / worst.decided)} reached in time"
    if share < TARGET:
        return f"The promise is missed: {percent(share)} reached in time"
    return f"The promise is kept all week: {percent(share)} reached in time"


def _parts_of_week(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells added up over six hours of a weekday each; `hour` counts the parts of the day."""
    parts: dict[tuple[int, int], list[Cell]] = {}
    for c in cells:
        parts.setdefault((c.weekday, c.hour // 6), []).append(c)
    return [
        Cell(day, part, sum(c.reported for c in some), sum(c.decided for c in some), sum(c.on_time for c in some))
        for (day, part), some in parts.items()
    ]


def _short(cell: Cell) -> float:
    """How many more workers should have been reached in time for the target."""
    return TARGET * cell.decided - cell.on_time
