"""How open requests are told apart by the time that their clock leaves and by their age."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core import local_time, statutes, walltime
from core.calendars import BusinessWeek, DayChange, first_instant
from core.states import JURISDICTIONS

DAY = timedelta(days=1)


class Left(IntEnum):
    """
    How much of its statutory clock a request has left, as desk_clock_left of the database tells it.

    A clock that is not ours to keep, or stands still, is OTHERS: it never counts as lapsed. So is one that waits for a
    complete request, unless the time to send it back runs.
    """

    LAPSED = 0
    SOON = 1
    TODAY = 2
    DAYS = 3
    MORE = 4
    UNDATED = 5
    OTHERS = 6


LEFT = MappingProxyType(
    {
        Left.LAPSED: "Lapsed",
        Left.SOON: "Under 4 hours",
        Left.TODAY: "Today",
        Left.DAYS: "1–2 business days",
        Left.MORE: "More",
        Left.UNDATED: "No due date",
        Left.OTHERS: "Waiting for others",
    }
)

AGES = ("Under 1 day", "1–2 days", "3–6 days", "1–2 weeks", "2–4 weeks", "Over 4 weeks")
"""How long ago a request was received, the youngest first."""

_OLDER = tuple(timedelta(days=days) for days in (28, 14, 7, 3, 1))

_BUSINESS_DAYS = 2
_QUARTER = timedelta(minutes=15)


class Bounds(NamedTuple):
    """The moments that part the buckets, by jurisdiction and for ages, as the database is told them."""

    jurisdictions: list[str]
    today: list[datetime]
    days: list[datetime]
    ages: list[datetime]


def bounds(at: datetime, changes: Mapping[str, tuple[DayChange, ...]]) -> Bounds:
    """
    Return where the buckets end at *at*: in each jurisdiction the day and the next two business days, by its clocks.

    Business days are those of its statutory clocks, with *changes* to the days off by jurisdiction.
    """
    hold = {state: tuple(each for each in some if each.effective_from <= at) for state, some in changes.items()}
    quarter = at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    today, days = _days(quarter, tuple(hold.items()))
    return Bounds(list(JURISDICTIONS), list(today), list(days), [at - age for age in _OLDER])


@lru_cache(maxsize=16)
def _days(
    quarter: datetime, changes: tuple[tuple[str, tuple[DayChange, ...]], ...]
) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
    """Return when the day ends in each jurisdiction, and its business days: no day ends within a quarter of an hour."""
    ends = []
    for state in JURISDICTIONS:
        place = local_time.place(state)
        zone = place.zones[0] if place else "UTC"
        week = statutes.week_of(state, zone, dict(changes).get(state, ()), at=quarter + _QUARTER)
        ends.append(_ends(week, walltime.today(zone, quarter)))
    today, days = zip(*ends, strict=True)
    return today, days


def _ends(week: BusinessWeek, today: date) -> tuple[datetime, datetime]:
    """Return when *today* ends by the clocks of *week*, and when the business days after it have that count here."""
    zone = ZoneInfo(week.timezone)
    last = today
    for _ in range(_BUSINESS_DAYS):
        last += DAY
        while not week.works(last):
            last += DAY
    return first_instant(zone, today + DAY, time()), first_instant(zone, last + DAY, time())
