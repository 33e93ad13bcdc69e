"""When a working week is open, in every zone and on every kind of day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendars import (
    BusinessWeek,
    CalendarUnknown,
    WeekNotOpen,
    ZoneUnknown,
    days_in_words,
    first_instant,
    holiday_on,
    interval_at,
    intervals,
)

unhurried = settings(deadline=None)
"""A year's holidays are computed when first asked for: how long one example takes says nothing."""

CHICAGO = "America/Chicago"
ZONES = [CHICAGO, "America/Phoenix", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def open_hours(week: BusinessWeek, day: date) -> list[tuple[datetime, datetime]]:
    return [(part.starts, part.ends) for part in intervals(week, day) if part.open]


class TestHolidays:
    @pytest.mark.parametrize(
        ("calendar", "day", "name"),
        [
            ("US", date(2026, 11, 26), "Thanksgiving Day"),
            ("US", date(2026, 7, 3), "Independence Day (observed)"),
            ("US", date(2026, 11, 27), None),
            ("US", date(2026, 2, 12), None),
            ("US-IL", date(2026, 2, 12), "Lincoln's Birthday"),
            ("US-IL", date(2026, 11, 26), "Thanksgiving Day"),
            ("US", date(2027, 12, 31), "New Year's Day (observed)"),
        ],
    )
    def test_are_those_of_the_calendar_on_the_day_they_are_kept(self, calendar, day, name):
        assert holiday_on(calendar, day) == name

    @pytest.mark.parametrize("calendar", ["US-ZZ", "QQ", "", "us", "US-", "UnitedStates", "US-IL-X"])
    def test_of_an_unknown_calendar_are_refused_when_the_week_is_made(self, calendar):
        with pytest.raises(CalendarUnknown):
            BusinessWeek(CHICAGO, calendar=calendar)


class TestOpenHours:
    @pytest.mark.parametrize(
        ("day", "opens", "closes"),
        [
            (date(2026, 11, 24), "2026-11-24T08:00-06:00", "2026-11-24T17:00-06:00"),
            (date(2026, 10, 30), "2026-10-30T08:00-05:00", "2026-10-30T17:00-05:00"),
            (date(2026, 3, 9), "2026-03-09T08:00-05:00", "2026-03-09T17:00-05:00"),
        ],
        ids=["standard time", "the Friday before clocks go back", "the Monday after clocks go forward"],
    )
    def test_follow_the_wall_clock(self, day, opens, closes):
        assert open_hours(BusinessWeek(CHICAGO), day) == [(utc(opens), utc(closes))]

    def test_in_arizona_never_move(self):
        week = BusinessWeek("America/Phoenix")
        starts = {open_hours(week, day)[0][0].time() for day in (date(2026, 1, 5), date(2026, 7, 6), date(2026, 11, 2))}
        assert starts == {time(15)}

    @pytest.mark.parametrize(
        ("day", "why"),
        [(date(2026, 11, 26), "Thanksgiving Day"), (date(2026, 11, 28), None), (date(2026, 7, 4), None)],
        ids=["a holiday", "a Saturday", "a holiday on a Saturday"],
    )
    def test_are_none_on_a_day_that_is_not_worked(self, day, why):
        whole = intervals(BusinessWeek(CHICAGO), day)
        assert [(part.open, part.holiday) for part in whole] == [(False, why)]
        assert whole[0].ends - whole[0].starts == timedelta(hours=24)

    def test_in_the_night_that_is_an_hour_longer_are_longer_too(self):
        night = BusinessWeek(CHICAGO, time(0), time(6), frozenset({7}))
        assert open_hours(night, date(2026, 11, 1)) == [(utc("2026-11-01T00:00-05:00"), utc("2026-11-01T06:00-06:00"))]

    def test_wholly_within_the_hour_that_spring_skips_do_not_occur(self):
        skipped = BusinessWeek(CHICAGO, time(2), time(2, 45), frozenset({7}))
        assert open_hours(skipped, date(2026, 3, 8)) == []

    @unhurried
    @given(
        zone=st.sampled_from(ZONES),
        day=st.dates(date(2024, 1, 1), date(2028, 12, 30)),
        hours=st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]),
        days=st.frozensets(st.integers(1, 7), min_size=1),
    )
    def test_and_closed_ones_fill_every_day_without_a_gap(self, zone, day, hours, days):
        week = BusinessWeek(zone, *hours, days)
        parts = intervals(week, day) + intervals(week, day + timedelta(days=1))
        assert all(one.ends == other.starts for one, other in pairwise(parts))
        assert all(part.starts < part.ends for part in parts)
        assert all(interval_at(week, part.starts) == part for part in parts)


class TestFirstInstant:
    @unhurried
    @given(
        zone=st.sampled_from(ZONES),
        day=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
        clock=st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60)),
    )
    def test_is_the_first_at_which_clocks_show_that_time_or_later(self, zone, day, clock):
        local, wall = ZoneInfo(zone), datetime.combine(day, clock)
        instant = first_instant(local, day, clock)
        assert instant.astimezone(local).replace(tzinfo=None) >= wall
        assert (instant - timedelta(seconds=1)).astimezone(local).replace(tzinfo=None) < wall

    @pytest.mark.parametrize(
        ("day", "clock", "instant"),
        [
            (date(2026, 3, 8), time(2, 30), "2026-03-08T03:00-05:00"),
            (date(2026, 11, 1), time(1, 30), "2026-11-01T01:30-05:00"),
        ],
        ids=["skipped in spring: the end of the skip", "twice in autumn: the first"],
    )
    def test_is_settled_where_clocks_are_set(self, day, clock, instant):
        assert first_instant(ZoneInfo(CHICAGO), day, clock) == utc(instant)


class TestAWeekThatCannotBe:
    @pytest.mark.parametrize(
        "shape",
        [
            {"opens": time(17), "closes": time(8)},
            {"opens": time(8), "closes": time(8)},
            {"days": frozenset()},
            {"days": frozenset({0})},
            {"days": frozenset({8})},
        ],
    )
    def test_is_refused(self, shape):
        with pytest.raises(WeekNotOpen):
            BusinessWeek(CHICAGO, **shape)

    @pytest.mark.parametrize("zone", ["America", "No/Where", "", "/etc/passwd"])
    def test_in_no_known_zone_is_refused(self, zone):
        with pytest.raises(ZoneUnknown):
            BusinessWeek(zone)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ({1, 2, 3, 4, 5}, "Mon–Fri"),
        ({1, 3, 6}, "Mon, Wed, Sat"),
        ({5, 6, 7, 1}, "Fri–Mon"),
        ({1, 2}, "Mon, Tue"),
        ({1, 2, 3, 4, 5, 6, 7}, "Mon–Sun"),
        ({7}, "Sun"),
    ],
)
def test_days_read_as_a_person_would_say_them(days, text):
    assert days_in_words(frozenset(days)) == text
