"""Policies, pauses and instants, and deadlines counted minute by minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from core.calendars import DayChange
from core.clocks import (
    BusinessWeek,
    Clock,
    Pause,
    Policy,
)
from core.holiday_calendars import closures
from core.open_hours import Stretch, stretches

unhurried = settings(deadline=None)
"""A year's holidays are computed when first asked for: how long one example takes says nothing."""

CHICAGO = "America/Chicago"

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)

MINUTE = timedelta(minutes=1)

FIRST, LAST = (datetime.combine(day, time()) for day in (date(2026, 1, 1), date(2027, 12, 31)))
"""Bounds without a zone, as the generator of instants wants them."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def elapsed(hours=24, zone=CHICAGO) -> Policy:
    return Policy(hours, Clock.ELAPSED, BusinessWeek(zone), ALWAYS)


def business(hours=24, zone=CHICAGO, *, open_hours="08:00-17:00", **week) -> Policy:
    return Policy(hours, Clock.BUSINESS, BusinessWeek(zone, stretches(open_hours), **week), ALWAYS)


def pause(starts: str, ends: str | None, reason="Worker in surgery", by="Ana Ruiz") -> Pause:
    return Pause(at(starts), at(ends) if ends else None, reason, by)


ZONES = [CHICAGO, "America/Phoenix", "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Lord_Howe"]

minutes = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda when: when.replace(second=0, microsecond=0))

instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))

hours = st.one_of(st.integers(1, 96), st.decimals(Decimal("0.25"), 60, places=2))


@st.composite
def open_hours(draw):
    """One to three stretches that do not overlap, from any minute of the day on; the last may run over midnight."""
    begins, *lengths = draw(
        st.tuples(st.integers(0, 1439), *[st.integers(15, 700)] * draw(st.sampled_from([1, 1, 3, 5])))
    )
    edges = [begins]
    for length in lengths:
        edges.append(min(edges[-1] + length, begins + 1440))
    spans = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
    if spans == [(begins, begins + 1440)]:
        spans = [(0, 1440)]
    clocks = [tuple(time(minute // 60 % 24, minute % 60) for minute in span) for span in spans]
    return tuple(sorted(Stretch(*clock) for clock in clocks))


@st.composite
def day_changes(draw, around=None):
    """Up to four days, in the week after *around* if told, that are closed or worked, some for later reports only."""
    days = st.dates(FIRST.date(), LAST.date()) | st.sampled_from(KNOWN_HOLIDAYS)
    begins = st.one_of(st.just(ALWAYS), instants)
    if around is not None:
        days = st.integers(-1, 7).map(lambda ahead: around.date() + timedelta(days=ahead))
        begins = st.sampled_from([ALWAYS, around, around + MINUTE])
    return tuple(
        DayChange(day, "Founder's Day", draw(st.booleans()), draw(begins), "Nia Adler", "Agreed")
        for day in draw(st.lists(days, max_size=4))
    )


KNOWN_HOLIDAYS = [date(2026, 7, 3), date(2026, 7, 4), date(2026, 11, 26), date(2027, 12, 24), date(2027, 12, 25)]

weeks = st.builds(
    BusinessWeek,
    st.sampled_from(ZONES),
    open_hours(),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.sampled_from(["US", "US-IL", "US-TX", "NONE"]),
)

policies = st.builds(Policy, hours, st.sampled_from(Clock), weeks, st.just(ALWAYS), st.none(), day_changes())

lengths = st.integers(1, 5 * 24 * 60).map(lambda length: length * MINUTE)


@st.composite
def paused(draw, report):
    """Up to three pauses, ended, overlapping or not, that begin around a report."""
    starts = draw(st.lists(st.integers(-600, 6000).map(lambda ahead: report + ahead * MINUTE), max_size=3))
    return [Pause(start, start + draw(lengths), "Reason", "Ana Ruiz") for start in starts]


def minute_by_minute(policy: Policy, reported_at: datetime, pauses: list[Pause], left: int) -> datetime:
    """Count whole minutes as a person with a wall clock and a calendar would; knows nothing of intervals."""
    zone = ZoneInfo(policy.week.timezone)
    held = [change for change in policy.changes if change.effective_from <= reported_at]
    held.sort(key=lambda change: change.effective_from)
    week = replace(policy.week, changes=tuple(held))
    minute = reported_at.astimezone(UTC)
    latest = minute.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
    # The clock on the wall never goes back to a time of the same day that it has shown: the first coming holds.
    for ahead in range(-1440, 0):
        latest = max(latest, (minute + ahead * MINUTE).astimezone(zone).replace(tzinfo=None))
    while True:
        wall = minute.astimezone(zone).replace(tzinfo=None)
        latest = max(latest, wall)
        counts = not any(pause.starts_at <= minute < pause.ends_at for pause in pauses)
        if policy.clock is Clock.BUSINESS:
            counts = counts and _open(week, latest)
        left -= counts
        minute += MINUTE
        if not left:
            return minute


def _open(week: BusinessWeek, wall: datetime) -> bool:
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    for starts, ends in week.hours:
        over_midnight = ends <= starts
        if _worked(week, today) and starts <= wall.time() and (over_midnight or wall.time() < ends):
            return True
        if _worked(week, yesterday) and over_midnight and wall.time() < ends:
            return True
    return False


def _worked(week: BusinessWeek, day: date) -> bool:
    if day.isoweekday() not in week.days:
        return False
    for change in reversed(week.changes):
        if change.day == day:
            return not change.closed
    return day not in closures(week.calendar, week.days, day.year)
