"""Which instants a time on the wall stands for, and which day it is where somebody is."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from core import words
from core.calendars import first_instant, zone


class Meant(NamedTuple):
    """
    What a wall time without an offset stands for in one zone.

    `first` is the instant that is taken unless told otherwise: the rule of `first_instant`. `second` is the other one
    where clocks show the time twice that night; `skipped` tells that they never show it.
    """

    first: datetime
    second: datetime | None
    skipped: bool

    @property
    def once(self) -> bool:
        """Whether clocks show the time exactly once that day, as nearly every time."""
        return self.second is None and not self.skipped


@lru_cache(maxsize=100_000)
def meant(day: date, clock: time, local: tzinfo) -> Meant:
    """Return which instants, in UTC, *clock* on *day* stands for in *local*, whatever fold *clock* carries."""
    distance = _distance(day, local)
    if distance is not None:  # as on nearly every day; an import asks this of every row
        return Meant(datetime.combine(day, clock, UTC) - distance, None, skipped=False)
    wall = datetime.combine(day, clock.replace(fold=0), local)  # the cache takes a time with a fold for one without
    later = wall.replace(fold=1)
    if wall.utcoffset() == later.utcoffset():
        return Meant(wall.astimezone(UTC), None, skipped=False)
    first, second = first_instant(local, day, clock), later.astimezone(UTC)
    if _shown(first, local) != wall.replace(tzinfo=None):
        return Meant(first, None, skipped=True)
    return Meant(first, second, skipped=False)


@lru_cache(maxsize=10_000)
def _distance(day: date, local: tzinfo) -> timedelta | None:
    """Return how far clocks in *local* are from UTC on *day*, from midnight to midnight; None where they change it."""
    if day.year == date.max.year:  # the hours of its last day would go beyond
        return None
    midnight = datetime.combine(day, time(0), local)
    hours = [midnight + timedelta(hours=hour) for hour in range(25)]  # of the wall: the day has as many, and no more
    distances = {hour.replace(fold=fold).utcoffset() for hour in hours for fold in (0, 1)}
    return distances.pop() if len(distances) == 1 else None


def doubt(day: date, clock: time, local: tzinfo) -> str:
    """Return in a sentence why *clock* on *day* is no single instant in *local*; empty where it is one."""
    instants = meant(day, clock, local)
    if instants.once:
        return ""
    said = f"{words.clock(clock)} on {words.day(day)}"
    if instants.second is None:
        return f"{said} does not occur: clocks go forward that night. It is taken as {_named(instants.first, local)}."
    both = f"{_named(instants.first, local)} and {_named(instants.second, local)}"
    return f"{said} comes twice that night, as {both}. The first is taken."


def today(timezone: str, at: datetime) -> date:
    """
    Return which day it is at the instant *at* where clocks are those of *timezone* (an IANA name).

    :raises ZoneUnknown: if there is no such zone.
    """
    return at.astimezone(zone(timezone)).date()


def _shown(at: datetime, local: tzinfo) -> datetime:
    return at.astimezone(local).replace(tzinfo=None)


def _named(at: datetime, local: tzinfo) -> str:
    """Return *at* as clocks in *local* show it, with which of their two times: '01:30 CDT'."""
    return words.zoned(at.astimezone(local))
