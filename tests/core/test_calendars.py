"""When a working week is open, in every zone and on every kind of day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendars import (
    WORKING_DAYS,
    BusinessWeek,
    DayChange,
    WeekNotOpen,
    ZoneUnknown,
    days_in_words,
    first_instant,
    interval_at,
    intervals,
)
from core.holiday_calendars import CalendarUnknown, closures, holidays_in_words, states
from core.open_hours import HoursOverlap, HoursUnclear, Stretch, stretches

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
        assert closures(calendar, WORKING_DAYS, day.year).get(day) == name

    @pytest.mark.parametrize(
        ("calendar", "year", "closed"),
        [
            ("US-CA", 2026, "1/1 1/19 2/16 3/31 5/25 9/7 11/11 11/26 11/27 12/25"),
            ("US-CA", 2027, "1/1 1/18 2/15 3/31 5/31 7/5 9/6 11/11 11/25 11/26"),
            ("US-CA", 2028, "1/17 2/21 3/31 5/29 7/4 9/4 11/10 11/23 11/24 12/25"),
            ("US-TX", 2026, "1/1 1/19 2/16 5/25 6/19 9/7 11/11 11/26 11/27 12/24 12/25"),
            ("US-TX", 2027, "1/1 1/18 2/15 5/31 9/6 11/11 11/25 11/26 12/24"),
            ("US-NY", 2026, "1/1 1/19 2/12 2/16 5/25 6/19 9/7 10/12 11/3 11/11 11/26 12/25"),
            ("US-NY", 2027, "1/1 1/18 2/12 2/15 5/31 7/5 9/6 10/11 11/2 11/11 11/25"),
            ("US-OH", 2026, "1/1 1/19 2/16 5/25 6/19 9/7 10/12 11/11 11/26 12/25"),
            ("US-FL", 2026, "1/1 1/19 5/25 7/3 9/7 11/11 11/26 11/27 12/25"),
            ("US-CO", 2026, "1/1 1/19 2/16 5/25 6/19 9/7 10/5 11/11 11/26 12/25"),
            ("US", 2026, "1/1 1/19 2/16 5/25 6/19 7/3 9/7 10/12 11/11 11/26 12/25"),
            ("US", 2027, "1/1 1/18 2/15 5/31 6/18 7/5 9/6 10/11 11/11 11/25 12/24 12/31"),
            ("US", 2020, "1/1 1/20 2/17 5/25 7/3 9/7 10/12 11/11 11/26 12/25"),
            ("NONE", 2026, ""),
        ],
    )
    def test_of_a_year_are_those_on_which_offices_close(self, calendar, year, closed):
        assert " ".join(f"{day.month}/{day.day}" for day in closures(calendar, WORKING_DAYS, year)) == closed

    @pytest.mark.parametrize("calendar", ["US-CA", "US-TX", "US-NY", "US-OH", "US-MA"])
    def test_on_a_saturday_close_no_friday_where_the_state_does_not_move_them(self, calendar):
        assert date(2026, 7, 3) not in closures(calendar, WORKING_DAYS, 2026)
        assert date(2027, 12, 31) not in closures(calendar, WORKING_DAYS, 2027)

    @pytest.mark.parametrize("calendar", ["US", "US-FL", "US-IL", "US-AL", "US-DC", "US-WA"])
    def test_on_a_saturday_close_the_friday_where_it_does(self, calendar):
        assert closures(calendar, WORKING_DAYS, 2026)[date(2026, 7, 3)] == "Independence Day (observed)"

    @pytest.mark.parametrize(
        ("calendar", "day"),
        [
            ("US-TX", date(2026, 4, 3)),
            ("US-TX", date(2026, 3, 31)),
            ("US-TX", date(2026, 8, 27)),
            ("US-CA", date(2026, 2, 15)),
            ("US-CA", date(2026, 11, 9)),
            ("US-CO", date(2026, 3, 31)),
            ("US-IL", date(2026, 3, 2)),
            ("US-NY", date(2026, 6, 15)),
        ],
        ids=[
            "Good Friday in Texas",
            "Cesar Chavez Day in Texas",
            "Lyndon Johnson's day",
            "Susan B. Anthony Day in California",
            "Diwali in California",
            "Cesar Chavez Day in Colorado",
            "Pulaski Day in Illinois",
            "the Monday after Flag Day, which does not move",
        ],
    )
    def test_leave_out_optional_days(self, calendar, day):
        assert day not in closures(calendar, frozenset(range(1, 8)), 2026)

    @pytest.mark.parametrize("days", [{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 7}, set(range(1, 8))])
    def test_close_one_day_and_not_two(self, days):
        """4 July 2026 is a Saturday, 4 July 2027 a Sunday: whoever works on the day itself works on the other."""
        kept = {day for year in (2026, 2027) for day in closures("US", frozenset(days), year) if day.month == 7}
        of_2026 = date(2026, 7, 4) if 6 in days else date(2026, 7, 3)
        of_2027 = date(2027, 7, 4) if 7 in days else date(2027, 7, 5)
        assert kept == {of_2026, of_2027}

    def test_of_every_state_can_be_told_and_have_a_name(self):
        for calendar in states():
            assert len(closures(calendar, WORKING_DAYS, 2026)) >= 8, calendar
            assert holidays_in_words(calendar).startswith("holidays of ")
        assert holidays_in_words("NONE") == "no holidays"

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
        assert [(part.open, part.closure and part.closure.holiday) for part in whole] == [(False, why)]
        assert whole[0].ends - whole[0].starts == timedelta(hours=24)

    def test_in_the_night_that_is_an_hour_longer_are_longer_too(self):
        night = BusinessWeek(CHICAGO, stretches("00:00-06:00"), frozenset({7}))
        assert open_hours(night, date(2026, 11, 1)) == [(utc("2026-11-01T00:00-05:00"), utc("2026-11-01T06:00-06:00"))]

    def test_wholly_within_the_hour_that_spring_skips_do_not_occur(self):
        skipped = BusinessWeek(CHICAGO, stretches("02:00-02:45"), frozenset({7}))
        assert open_hours(skipped, date(2026, 3, 8)) == []

    @unhurried
    @given(
        zone=st.sampled_from(ZONES),
        day=st.dates(date(2024, 1, 1), date(2028, 12, 30)),
        hours=st.lists(st.integers(0, 1439), min_size=2, max_size=4, unique=True).filter(lambda at: len(at) != 3),
        shift=st.integers(0, 3),
        days=st.frozensets(st.integers(1, 7), min_size=1),
    )
    def test_and_closed_ones_fill_every_day_without_a_gap(self, zone, day, hours, shift, days):
        edges = sorted(hours)
        edges = edges[shift % 2 :] + edges[: shift % 2]  # so that the last may run over midnight
        clocks = [time(minute // 60, minute % 60) for minute in edges]
        week = BusinessWeek(zone, tuple(map(Stretch, clocks[::2], clocks[1::2])), days)
        parts = intervals(week, day) + intervals(week, day + timedelta(days=1))
        assert all(one.ends == other.starts for one, other in pairwise(parts))
        assert all(part.starts < part.ends for part in parts)
        assert all(interval_at(week, part.starts) == part for part in parts)

    def test_with_a_break_are_two(self):
        week = BusinessWeek(CHICAGO, stretches("08:00-12:00,13:00-17:00"))
        assert open_hours(week, date(2026, 11, 24)) == [
            (utc("2026-11-24T08:00-06:00"), utc("2026-11-24T12:00-06:00")),
            (utc("2026-11-24T13:00-06:00"), utc("2026-11-24T17:00-06:00")),
        ]

    def test_of_a_night_shift_run_into_the_next_morning_whatever_day_that_is(self):
        week = BusinessWeek(CHICAGO, stretches("22:00-06:00"))
        evening, morning = time(22), time(6)

        def on(day):
            return [tuple(at.astimezone(ZoneInfo(CHICAGO)).time() for at in part) for part in open_hours(week, day)]

        assert on(date(2026, 11, 25)) == [(time(0), morning), (evening, time(0))]
        assert on(date(2026, 11, 26)) == [(time(0), morning)], "Thanksgiving's own night does not begin"
        assert on(date(2026, 11, 27)) == [(evening, time(0))]
        assert on(date(2026, 11, 28)) == [(time(0), morning)], "a Saturday"
        assert on(date(2026, 11, 29)) == []

    def test_are_those_of_the_clients_own_list(self):
        founder = DayChange(date(2026, 11, 24), "Founder's Day", True, utc("2026-01-01T00:00Z"), "Nia Adler", "Agreed")
        worked = founder._replace(day=date(2026, 11, 26), closed=False)
        week = BusinessWeek(CHICAGO, changes=(founder, worked))

        [whole] = intervals(week, founder.day)
        assert whole.closure == ("Founder's Day", "Nia Adler")
        assert len(open_hours(week, worked.day)) == 1

    def test_last_said_of_a_day_hold(self):
        closed = DayChange(date(2026, 11, 24), "Founder's Day", True, utc("2026-01-01T00:00Z"), "Nia Adler", "Agreed")
        again = closed._replace(closed=False, effective_from=utc("2026-02-01T00:00Z"))

        assert BusinessWeek(CHICAGO, changes=(closed, again)).works(closed.day)


class TestHoursAsWritten:
    @pytest.mark.parametrize(
        ("said", "kept", "words"),
        [
            ("08:00-17:00", "08:00-17:00", "08:00–17:00, Mon–Fri"),
            ("8:00 – 17:00", "08:00-17:00", "08:00–17:00, Mon–Fri"),
            ("13:00-17:00, 08:00-12:00", "08:00-12:00,13:00-17:00", "08:00–12:00 and 13:00–17:00, Mon–Fri"),
            ("00:00-24:00", "00:00-24:00", "00:00–24:00, Mon–Fri"),
            ("08:00-24:00", "08:00-24:00", "08:00–24:00, Mon–Fri"),
            ("8:00-0:00", "08:00-24:00", "08:00–24:00, Mon–Fri"),
            ("22:00-06:00", "22:00-06:00", "22:00–06:00, Mon–Fri"),
            ("08:00-20:00,20:00-08:00", "08:00-20:00,20:00-08:00", "08:00–20:00 and 20:00–08:00, Mon–Fri"),
        ],
    )
    def test_are_kept_and_said(self, said, kept, words):
        week = BusinessWeek(CHICAGO, stretches(said))
        assert (week.hours_text, week.in_words) == (kept, words)
        assert stretches(week.hours_text) == week.hours

    @pytest.mark.parametrize(
        "said",
        ["", "always", "8-17", "08:00", "08:00-25:00", "24:00-08:00", "08:00-17:60", "08:00-12:00,", "٠٨:00-17:00"],
    )
    def test_otherwise_are_not_understood(self, said):
        with pytest.raises(HoursUnclear, match="is not open hours: write them as in 08:00-17:00, "):
            stretches(said)

    @pytest.mark.parametrize("said", ["08:00-08:00", "00:00-00:00", "8:00-08:00"])
    def test_that_end_as_they_begin_are_not_guessed_to_be_a_whole_day(self, said):
        with pytest.raises(HoursUnclear, match="write 00:00-24:00 for the whole day"):
            stretches(said)

    @pytest.mark.parametrize(
        "said",
        ["08:00-12:00,11:59-17:00", "22:00-06:00,05:00-12:00", "00:00-24:00,08:00-09:00", "20:00-04:00,22:00-23:00"],
    )
    def test_that_overlap_are_refused(self, said):
        with pytest.raises(HoursOverlap, match="let the next begin"):
            stretches(said)


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
            {"hours": ()},
            {"days": frozenset()},
            {"days": frozenset({0})},
            {"days": frozenset({8})},
        ],
    )
    def test_is_refused(self, shape):
        with pytest.raises(WeekNotOpen):
            BusinessWeek(CHICAGO, **shape)

    @pytest.mark.parametrize("stretch", [Stretch(time(8), time(8)), Stretch(time(8), time(17, 0, 1))])
    def test_of_hours_that_cannot_be_written_is_refused(self, stretch):
        with pytest.raises(HoursUnclear):
            BusinessWeek(CHICAGO, (stretch,))

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
