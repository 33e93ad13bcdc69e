"""The figures of first contact: how many promises were kept, in which hour of the week, in which week, for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor

from core.first_contact.question import Question
from db.queries.first_contact import Bin, Choice

TARGET = 0.95
"""The share of workers to be reached in time."""

FEWEST = 5
"""Figures of fewer decided promises than this tell of persons, and are not shown to anybody."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BIN_HOURS = 0.25


@dataclass(frozen=True)
class Figures:
    """
    Claims counted together.

    `decided` promises are those kept (the worker was reached in time) or missed (not reached by the due time);
    the rest of `reported` still runs.
    """

    reported: int = 0
    decided: int = 0
    on_time: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.reported + other.reported, self.decided + other.decided, self.on_time + other.on_time)

    @property
    def missed(self) -> int:
        """Return how many promises were missed."""
        return self.decided - self.on_time

    @property
    def running(self) -> int:
        """Return how many promises are not yet decided."""
        return self.reported - self.decided

    @property
    def share(self) -> float:
        """Return the share reached in time, 0 to 1. There must be a decided promise."""
        return self.on_time / self.decided

    @property
    def short(self) -> float:
        """Return how many more workers should have been reached in time for the target."""
        return TARGET * self.decided - self.on_time


def together(parts: Iterable[Figures]) -> Figures:
    """Return *parts* counted as one."""
    return sum(parts, Figures())


@dataclass(frozen=True)
class Cell:
    """Claims reported on a weekday (1 is Monday) in an hour of the day, in the question's zone; None is withheld."""

    weekday: int
    hour: int
    figures: Figures | None


@dataclass(frozen=True)
class Week:
    """The share reached in time of what was reported in the week that began on `starts`, a Monday; None is withheld."""

    starts: date
    share: float | None


@dataclass(frozen=True)
class ClientFigures:
    """What was reported for one client, by name; None is withheld."""

    name: str
    figures: Figures | None


@dataclass(frozen=True)
class Period:
    """
    The period as a whole; None is withheld.

    `median_hours` is the median time from report to first contact of those reached, in hours. It is interpolated within
    quarter-hours and the days at the edge of the period are UTC days: it is good to the quarter-hour. Times beyond two
    weeks count as two weeks.
    """

    reported: int | None
    figures: Figures | None
    median_hours: float | None


@dataclass(frozen=True)
class Counted:
    """
    The answer to a question before anything is withheld: for this package alone, never for a page or a file.

    `cells` are those in which something was reported, by weekday and hour; `clients` are empty where none are compared.
    """

    question: Question
    at: datetime
    cells: dict[tuple[int, int], Figures]
    weeks: dict[date, Figures]
    clients: dict[Choice, Figures]
    bins: Sequence[Bin]


@dataclass(frozen=True)
class Picture:
    """
    The answer to a question as it stood at `at`, without what is withheld.

    `cells` are those in which something was reported, and those withheld; `weeks` are none where the period is so short
    that a week would be a sum of cells; `clients`, the least kept first, are none where fewer than two are compared.
    """

    question: Question
    at: datetime
    cells: tuple[Cell, ...]
    weeks: tuple[Week, ...]
    clients: tuple[ClientFigures, ...]
    period: Period


def percent(share: float) -> str:
    """
    Return *share* to the nearest whole percent, as every screen and file shows it.

    100% is all and 0% is none: what is less, or more, by a little does not read so, nor a missed target as kept.
    """
    most = 100 if share >= 1 else 99 if share >= TARGET else int(TARGET * 100) - 1
    least = 1 if share > 0 else 0
    return f"{max(least, min(most, floor(share * 100 + 0.5)))}%"


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
