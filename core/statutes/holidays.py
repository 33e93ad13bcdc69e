"""Whose days off a statutory clock skips: those of its jurisdiction, with what was added to them or taken out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from types import MappingProxyType

from core.calendars import WORKING_DAYS, BusinessWeek, DayChange
from core.holiday_calendars import NO_HOLIDAYS, closures, is_whole
from core.open_hours import Stretch

ALL_DAY = (Stretch(time(0), time(0)),)

NOT_RELIED_ON: Mapping[str, tuple[str, ...]] = MappingProxyType({"NY": ("General Election Day",)})
"""
Holidays of a calendar on which a clock counts all the same: whether they are days off for it can be read both ways, and
the earlier date governs. An administrator who knows better adds the day.
"""

_YEARS_AHEAD = 3
_ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)


def week_of(jurisdiction: str, timezone: str, changes: Iterable[DayChange] = (), *, at: datetime) -> BusinessWeek:
    """
    Return the working days of a clock that started at *at*, in the years after it.

    *changes* are days off added to the jurisdiction's list, or taken out; those made by *at* hold, of several for one
    day the last.
    """
    held = tuple(sorted((each for each in changes if each.effective_from <= at), key=lambda each: each.effective_from))
    return _week(jurisdiction, timezone, held, at.year)


@lru_cache(maxsize=512)
def _week(jurisdiction: str, timezone: str, changes: tuple[DayChange, ...], year: int) -> BusinessWeek:
    years = range(year - 1, year + _YEARS_AHEAD + 1)
    counted = tuple(change for each in years for change in _counted_all_the_same(jurisdiction, each))
    return BusinessWeek(timezone, ALL_DAY, WORKING_DAYS, calendar_of(jurisdiction), counted + changes)


def calendar_of(jurisdiction: str) -> str:
    """
    Return the calendar by which a jurisdiction's clocks skip holidays: its own, where somebody has put down all of it
    with its sources, else none. A day too many would make a due date late, and one too few makes it early.
    """
    own = f"US-{jurisdiction}"
    return own if is_whole(own) else NO_HOLIDAYS


def _counted_all_the_same(jurisdiction: str, year: int) -> Iterable[DayChange]:
    for day, name in closures(calendar_of(jurisdiction), WORKING_DAYS, year).items():
        if name in NOT_RELIED_ON.get(jurisdiction, ()):
            yield DayChange(day, name, False, _ALWAYS, "", "the earlier of two readings")


def days_off(week: BusinessWeek, year: int) -> dict[date, str]:
    """Return the days of *year* on which *week*, though they are in its days, does not work, with their names."""
    days = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    return {day: closure.holiday for day in days if day.isoweekday() in week.days and (closure := week.closure(day))}
