"""Working time: when a client's week is open, and which days are holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from core.holiday_calendars import closures
from core.open_hours import Stretch, check, hours_text
from core.refusal import Refusal

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""ISO weekdays in order; Monday is 1."""

WORKING_DAYS = frozenset({1, 2, 3, 4, 5})

USUAL_HOURS = (Stretch(time(8), time(17)),)

_DAY = timedelta(days=1)

_FIRST_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico"),
)
"""Those of the states, east to west, and Puerto Rico: what is nearly always chosen."""


class ZoneUnknown(Refusal):
    text = "This time zone is not known: name it as in America/Chicago."


class WeekNotOpen(Refusal):
    text = "A working week needs at least one day, and hours on it."


class DayChange(NamedTuple):
    """
    A day that a client closes, or works though its calendar has a holiday, for what is reported from a moment on.

    `name` says what the day is closed for, or which holiday is worked; `set_by` is a name.
    """

    day: date
    name: str
    closed: bool
    effective_from: datetime
    set_by: str
    reason: str


class Closure(NamedTuple):
    """Why a working day is closed: the holiday's name, and who put it on the client's own list, if it stands there."""

    holiday: str
    set_by: str | None


class Interval(NamedTuple):
    """
    A part of a local day, in UTC, that is wholly open or wholly closed.

    `closure` says why nobody works on the day itself, though it is one of the week's.
    """

    starts: datetime
    ends: datetime
    open: bool
    closure: Closure | None


@dataclass(frozen=True)
class BusinessWeek:
    """
    The hours in which a client's promise is worked on.

    `hours` are wall-clock times in `timezone` (an IANA name), the same on each of `days` (ISO weekdays, Monday is 1)
    unless the day is a holiday of `calendar`: 'US' for those of the country, 'US-IL' for those of a state, 'NONE' for
    no holidays. A holiday closes one day: its own, or where the client does not work on that, the day on which the
    calendar observes it. `changes` are the client's own additions to the calendar and what it takes out; of several for
    one day the last holds.

    `days` are those on which a stretch begins. A night shift that begins on a working day runs into the next morning
    also where that is a Saturday or a holiday; one of a closed day does not begin, nor is its next morning open.

    :raises ZoneUnknown: if there is no such zone.
    :raises WeekNotOpen: if it has no day or no hours.
    :raises HoursUnclear: if a stretch ends as it begins, or is not of whole minutes.
    :raises HoursOverlap: if its stretches overlap, at midnight too.
    :raises CalendarUnknown: if there is no such calendar.
    """

    timezone: str
    hours: tuple[Stretch, ...] = USUAL_HOURS
    days: frozenset[int] = WORKING_DAYS
    calendar: str = "US"
    changes: tuple[DayChange, ...] = ()

    def __post_init__(self) -> None:
        if not self.hours or not self.days or not self.days <= frozenset(range(1, 8)):
            raise WeekNotOpen
        check(self.hours)
        zone(self.timezone)
        closures(self.calendar, self.days, 2026)  # A calendar not known is refused here, not when a claim is counted.

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Asked for at every step of every count.
        return hash((self.timezone, self.hours, self.days, self.calendar, self.changes))

    @cached_property
    def _changed(self) -> dict[date, DayChange]:
        return {change.day: change for change in self.changes}

    @cached_property
    def hours_text(self) -> str:
        """The hours as they are written and read: '08:00-12:00,13:00-17:00'."""
        return hours_text(self.hours)

    @cached_property
    def in_words(self) -> str:
        """The week in words: '08:00–17:00, Mon–Fri', '08:00–12:00 and 13:00–17:00, Mon–Fri'."""
        hours = " and ".join(stretch.text.replace("-", "–") for stretch in self.hours)
        return f"{hours}, {days_in_words(self.days)}"

    def closure(self, day: date) -> Closure | None:
        """Return why the client is closed on *day*, which is one of its `days`; None where it works."""
        if change := self._changed.get(day):
            return Closure(change.name, change.set_by) if change.closed else None
        holiday = closures(self.calendar, self.days, day.year).get(day)
        return Closure(holiday, None) if holiday else None

    def works(self, day: date) -> bool:
        """Tell whether open hours begin on *day*."""
        return day.isoweekday() in self.days and self.closure(day) is None


def days_in_words(days: frozenset[int]) -> str:
    """Return ISO weekdays as 'Mon–Fri', 'Fri–Mon', 'Mon, Wed, Sat'."""
    ordered = sorted(days)
    first_days = [day for day in ordered if (day - 2) % 7 + 1 not in days]
    if len(ordered) > 2 and len(first_days) < 2:
        first = first_days[0] if first_days else 1
        return f"{DAY_NAMES[first - 1]}–{DAY_NAMES[(first + len(ordered) - 2) % 7]}"
    return ", ".join(DAY_NAMES[day - 1] for day in ordered)


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the IANA names one can choose: those of the states first, then all others that name a place, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return (*_FIRST_ZONES, *sorted(places - set(_FIRST_ZONES)), "UTC")


@lru_cache(maxsize=8192)
def intervals(week: BusinessWeek, day: date) -> tuple[Interval, ...]:
    """Return the open and closed parts of a local day, in order and without a gap."""
    local = zone(week.timezone)
    starts = first_instant(local, day, time(0))
    ends = first_instant(local, day + _DAY, time(0))
    closure = week.closure(day) if day.isoweekday() in week.days else None
    parts = []
    for opens, closes in _open_parts(week, day):
        parts.append(Interval(starts, opens, open=False, closure=closure))
        starts = min(closes, ends)
        parts.append(Interval(opens, starts, open=True, closure=None))
    parts.append(Interval(starts, ends, open=False, closure=closure))
    # One that opens at midnight, or whose hours fall wholly into those that a night in spring skips, has empty parts.
    return tuple(part for part in parts if part.starts < part.ends)


def _open_parts(week: BusinessWeek, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open hours that reach into *day*, in order: what the night before left, then what begins on it."""
    local, after = zone(week.timezone), day + _DAY
    for starts, ends in sorted(week.hours):
        if ends < starts and ends != time(0) and week.works(day - _DAY):
            yield first_instant(local, day, time(0)), first_instant(local, day, ends)
    if week.works(day):
        for stretch in sorted(week.hours):
            ends_on = after if stretch.runs_on else day
            yield first_instant(local, day, stretch.starts), first_instant(local, ends_on, stretch.ends)


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

    So a time that comes twice in autumn is its first coming, whatever fold *clock* carries, and one that spring skips
    is the end of the skip.
    """
    wall = datetime.combine(day, clock.replace(fold=0))
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
