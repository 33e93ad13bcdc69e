"""Working time: when a client's week is open, and which days are holidays."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import holidays

from core.refusal import Refusal

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""ISO weekdays in order; Monday is 1."""

WORKING_DAYS = frozenset({1, 2, 3, 4, 5})

_FIRST_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico"),
)
"""Those of the states, east to west, and Puerto Rico: what is nearly always chosen."""

_CALENDAR = re.compile(r"(?P<country>[A-Z]{2})(-(?P<part>[A-Z0-9]{1,3}))?")


class CalendarUnknown(Refusal):
    """This calendar of holidays is not known: name a country, or a country and a state, as in US or US-IL."""


class ZoneUnknown(Refusal):
    """This time zone is not known: name it as in America/Chicago."""


class WeekNotOpen(Refusal):
    """A working week needs at least one day, and an opening time before its closing time."""


class Interval(NamedTuple):
    """A part of a local day, in UTC, that is wholly open or wholly closed; `holiday` names why a working day is not."""

    starts: datetime
    ends: datetime
    open: bool
    holiday: str | None


@dataclass(frozen=True)
class BusinessWeek:
    """
    The hours in which a client's promise is worked on.

    `opens` and `closes` are wall-clock times in `timezone` (an IANA name), the same on each of `days` (ISO weekdays,
    Monday is 1) unless `calendar` has a holiday: 'US' for the federal ones, 'US-IL' for those of a state besides.
    A holiday that falls on a weekend closes the day on which it is observed.

    :raises ZoneUnknown: if there is no such zone.
    :raises WeekNotOpen: if it has no day, or closes before it opens.
    :raises CalendarUnknown: if there is no such calendar.
    """

    timezone: str
    opens: time = time(8)
    closes: time = time(17)
    days: frozenset[int] = WORKING_DAYS
    calendar: str = "US"

    def __post_init__(self) -> None:
        if self.closes <= self.opens or not self.days or not self.days <= frozenset(range(1, 8)):
            raise WeekNotOpen
        zone(self.timezone)
        _holidays(self.calendar, 2026)  # A calendar that is not known is refused here, not when a claim is counted.

    @cached_property
    def in_words(self) -> str:
        """The week in words: '08:00–17:00, Mon–Fri'."""
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}, {days_in_words(self.days)}"


def days_in_words(days: frozenset[int]) -> str:
    """Return ISO weekdays as 'Mon–Fri', 'Fri–Mon', 'Mon, Wed, Sat'."""
    ordered = sorted(days)
    first_days = [day for day in ordered if (day - 2) % 7 + 1 not in days]
    if len(ordered) > 2 and len(first_days) < 2:
        first = first_days[0] if first_days else 1
        return f"{DAY_NAMES[first - 1]}–{DAY_NAMES[(first + len(ordered) - 2) % 7]}"
    return ", ".join(DAY_NAMES[day - 1] for day in ordered)


def holidays_in_words(calendar: str) -> str:
    """Return whose holidays *calendar* keeps: 'federal holidays', 'holidays of Ohio'."""
    if calendar == "US":
        return "federal holidays"
    return f"holidays of {_states().get(calendar, calendar)}"


def calendars() -> tuple[str, ...]:
    """Return the calendars one can choose: that of the country first, then those of the states by name."""
    return ("US", *sorted(_states(), key=_states().__getitem__))


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the IANA names one can choose: those of the states first, then all others that name a place, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return (*_FIRST_ZONES, *sorted(places - set(_FIRST_ZONES)), "UTC")


def holiday_on(calendar: str, day: date) -> str | None:
    """
    Return the name of the holiday kept on *day*, or None.

    :raises CalendarUnknown: if there is no such calendar.
    """
    return _holidays(calendar, day.year).get(day)


@lru_cache(maxsize=8192)
def intervals(week: BusinessWeek, day: date) -> tuple[Interval, ...]:
    """Return the open and closed parts of a local day, in order and without a gap."""
    local = zone(week.timezone)
    starts = first_instant(local, day, time(0))
    ends = first_instant(local, day + timedelta(days=1), time(0))
    if day.isoweekday() not in week.days:
        return (Interval(starts, ends, open=False, holiday=None),)
    if holiday := holiday_on(week.calendar, day):
        return (Interval(starts, ends, open=False, holiday=holiday),)

    opens = first_instant(local, day, week.opens)
    closes = first_instant(local, day, week.closes)
    parts = (
        Interval(starts, opens, open=False, holiday=None),
        Interval(opens, closes, open=True, holiday=None),
        Interval(closes, ends, open=False, holiday=None),
    )
    # One that opens at midnight, or whose hours fall wholly into those that a night in spring skips, has empty parts.
    return tuple(part for part in parts if part.starts < part.ends)


def interval_at(week: BusinessWeek, at: datetime) -> Interval:
    """Return the open or closed interval in which *at* (aware) falls; its end belongs to the next."""
    day = at.astimezone(zone(week.timezone)).date()
    while True:
        for interval in intervals(week, day):
            if at < interval.ends:
                return interval
        day += timedelta(days=1)


def zone(timezone: str) -> ZoneInfo:
    """
    Return the zone of an IANA name.

    :raises ZoneUnknown: if there is none of that name.
    """
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as unknown:  # A folder's name, as in "America", is an OSError.
        raise ZoneUnknown from unknown


def first_instant(local: tzinfo, day: date, clock: time) -> datetime:
    """
    Return the first instant in UTC at which clocks in *local* show *clock* or later on *day*.

    So a time that comes twice in autumn is its first coming, and one that spring skips is the end of the skip.
    """
    wall = datetime.combine(day, clock)
    guess = wall.replace(tzinfo=local).astimezone(UTC)
    if guess.astimezone(local).replace(tzinfo=None) == wall:
        return guess

    before = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    after = guess
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(local).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """Return the calendars of the states, the district and the territories, with their names."""
    named = holidays.country_holidays("US").subdivisions_aliases
    return {f"US-{code}": name for name, code in named.items() if code != "UM"}  # islands where nobody lives


@lru_cache(maxsize=1024)
def _holidays(calendar: str, year: int) -> dict[date, str]:
    # One finished table per year: the package's own object fills itself while it is read, which threads would see.
    named = _CALENDAR.fullmatch(calendar)
    if named is None:
        raise CalendarUnknown
    try:
        return dict(holidays.country_holidays(named["country"], subdiv=named["part"], years=year))
    except NotImplementedError as unknown:
        raise CalendarUnknown from unknown
