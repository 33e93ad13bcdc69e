"""
Counting by days: the day of the event is day 0, the next day that counts is day 1, and the last day is included.

Working days are those of a `BusinessWeek`, as for the hours of a promise, and every day on the way is a `Step` of the
same kind. What a limit means for whom, and whose days off they are, is its user's.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from core.calendars import BusinessWeek, first_instant, zone
from core.clocks.counting import Kind, Step

_DAY = timedelta(days=1)


class Counted(NamedTuple):
    """The last day of a count, and every day on the way to it, day 0 left out."""

    last: date
    steps: tuple[Step, ...]


def count_days(week: BusinessWeek, start: date, amount: int, *, working: bool) -> Counted:
    """
    Count *amount* days after *start*: those on which *week* works, or every one.

    *amount* is at least 1. A day that is passed over is a step too, which says why.
    """
    steps: list[Step] = []
    day, number = start, 0
    while number < amount:
        day += _DAY
        if working and not week.works(day):
            steps.append(passed_over(week, day))
        else:
            number += 1
            noun = "Working day" if working else "Day"
            steps.append(_step(week, day, Kind.COUNTED, f"{noun} {number} of {amount}."))
    return Counted(day, tuple(steps))


def rolled(week: BusinessWeek, day: date) -> Counted:
    """Return the first day on which *week* works, *day* itself or later, and the days off that are passed over."""
    steps = []
    while not week.works(day):
        steps.append(passed_over(week, day))
        day += _DAY
    return Counted(day, tuple(steps))


def next_working_day(week: BusinessWeek, day: date) -> date:
    """Return the first day after *day* on which *week* works."""
    return rolled(week, day + _DAY).last


def last_working_day(week: BusinessWeek, day: date) -> date:
    """Return the last day on which *week* works, *day* itself or earlier."""
    while not week.works(day):
        day -= _DAY
    return day


def passed_over(week: BusinessWeek, day: date) -> Step:
    """Return the step of a *day* on which *week* does not work, with why."""
    closure = week.closure(day) if day.isoweekday() in week.days else None
    if closure is None:
        return _step(week, day, Kind.CLOSED, "Weekend.")
    return _step(week, day, Kind.HOLIDAY, f"Holiday: {closure.holiday}.", closure.set_by)


def _step(week: BusinessWeek, day: date, kind: Kind, rule: str, by: str | None = None) -> Step:
    return Step(kind, *bounds(week.timezone, day), rule, by)


def bounds(timezone: str, day: date) -> tuple[datetime, datetime]:
    """Return in UTC when a local day begins, and when the next does."""
    local = zone(timezone)
    return first_instant(local, day, time(0)), first_instant(local, day + _DAY, time(0))
