"""Which instants a time on the wall stands for, and which day it is where somebody is."""

from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import NamedTuple

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
    wall = datetime.combine(day, clock.replace(fold=0), local)  # the cache takes a time with a fold for one without
    later, distance = wall.replace(fold=1), wall.utcoffset()
    if distance is not None and distance == later.utcoffset():  # as on nearly every day; an import asks it of every row
        return Meant(wall.replace(tzinfo=UTC) - distance, None, skipped=False)
    first, second = first_instant(local, day, clock), later.astimezone(UTC)
    if _shown(first, local) != wall.replace(tzinfo=None):
        return Meant(first, None, skipped=True)
    return Meant(first, second, skipped=False)


def doubt(day: date, clock: time, local: tzinfo) -> str:
    """Return in a sentence why *clock* on *day* is no single instant in *local*; empty where it is one."""
    instants = meant(day, clock, local)
    if instants.once:
        return ""
    said = f"{clock:%H:%M} on {day:%a} {day.day} {day:%b} {day.year}"
    if instants.second is None:
        return f"{said} does not occur: clocks go forward that night. It is taken as {named(instants.first, local)}."
    both = f"{named(instants.first, local)} and {named(instants.second, local)}"
    return f"{said} comes twice that night, as {both}. The first is taken."


def today(timezone: str, at: datetime) -> date:
    """
    Return which day it is at the instant *at* where clocks are those of *timezone* (an IANA name).

    :raises ZoneUnknown: if there is no such zone.
    """
    return at.astimezone(zone(timezone)).date()


def _shown(at: datetime, local: tzinfo) -> datetime:
    return at.astimezone(local).replace(tzinfo=None)


def named(at: datetime, local: tzinfo) -> str:
    """Return *at* as clocks in *local* show it, with which of their two times: '01:30 CDT'."""
    shown = at.astimezone(local)
    return f"{shown:%H:%M} {shown.tzname()}"
