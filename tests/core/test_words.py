"""How durations and instants read."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import words
from core.calendars import zones


@pytest.mark.parametrize(
    ("length", "exactly", "briefly"),
    [
        (timedelta(0), "0 min", "0 min"),
        (timedelta(seconds=30), "30 s", "0 min"),
        (timedelta(minutes=45), "45 min", "45 min"),
        (timedelta(hours=3, minutes=12), "3 h 12 min", "3 h 12 min"),
        (timedelta(hours=3, minutes=5), "3 h 05 min", "3 h 05 min"),
        (timedelta(hours=2, seconds=30), "2 h 30 s", "2 h"),
        (timedelta(hours=24), "24 h", "24 h"),
        (timedelta(hours=47, minutes=59), "47 h 59 min", "47 h 59 min"),
        (timedelta(days=2), "2 days", "2 days"),
        (timedelta(days=2, hours=15, minutes=5), "2 days 15 h 05 min", "2 days 15 h"),
        (timedelta(days=2, minutes=5), "2 days 5 min", "2 days"),
        (timedelta(days=10_428, hours=4), "10,428 days 4 h", "10,428 days 4 h"),
        (timedelta(minutes=-45, seconds=-1), "−45 min 1 s", "−45 min"),
    ],
)
def test_a_duration_reads_in_the_units_one_thinks_in(length, exactly, briefly):
    assert words.duration(length) == exactly
    assert words.brief(length) == briefly


def test_an_instant_reads_in_the_zone_of_the_reader():
    at = datetime.fromisoformat("2026-11-24T15:05Z")
    assert words.instant(at, "America/Chicago") == "Tue 24 Nov 2026, 09:05 CST"
    assert words.instant(at, "America/Phoenix") == "Tue 24 Nov 2026, 08:05 MST"


@pytest.mark.parametrize(
    ("timezone", "said", "then"),
    [
        ("America/Chicago", "Central time", "Central time, CST"),
        ("America/Phoenix", "Arizona time", "Arizona time, MST"),
        ("Asia/Manila", "Manila time", "Manila time, PST"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time", "Buenos Aires time, UTC-03"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_reads_as_people_call_its_time(timezone, said, then):
    assert words.zone(timezone) == said
    assert words.zone(timezone, datetime.fromisoformat("2026-11-24T15:05Z")) == then


def test_zones_that_read_the_same_are_the_same_time_under_two_names():
    by_words = defaultdict(list)
    for timezone in zones():
        by_words[words.zone(timezone)].append(ZoneInfo(timezone))
    for same in by_words.values():
        for month in range(1, 13):
            assert len({datetime(2026, month, 1, tzinfo=each).utcoffset() for each in same}) == 1, same


@pytest.mark.parametrize(
    ("starts", "ends", "text"),
    [
        ("2026-11-25T08:00-06:00", "2026-11-25T17:00-06:00", "Wed 25 Nov 2026, 08:00 to 17:00 CST"),
        (
            "2026-11-27T17:00-06:00",
            "2026-11-30T08:00-06:00",
            "Fri 27 Nov 2026, 17:00 CST to Mon 30 Nov 2026, 08:00 CST",
        ),
        (
            "2026-11-01T01:30-05:00",
            "2026-11-01T01:30-06:00",
            "Sun 1 Nov 2026, 01:30 CDT to Sun 1 Nov 2026, 01:30 CST",
        ),
    ],
    ids=["within a day", "over days", "over the hour that comes twice"],
)
def test_a_span_says_date_and_zone_once_where_both_ends_share_them(starts, ends, text):
    assert words.span(datetime.fromisoformat(starts), datetime.fromisoformat(ends), "America/Chicago") == text


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [(0, "claim", "0 claims"), (1, "claim", "1 claim"), (2, "new claim", "2 new claims"), (1200, "row", "1,200 rows")],
)
def test_how_many_of_a_noun(number: int, noun: str, said: str) -> None:
    assert words.counted(number, noun) == said


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert words.counted(2, "person", "people") == "2 people"


def test_a_day_of_the_calendar_is_said_with_its_weekday_or_briefly_without() -> None:
    assert words.day(date(2026, 3, 4)) == "Wed 4 Mar 2026"
    assert words.brief_day(date(2026, 3, 4)) == "4 Mar 2026"


def test_a_day_may_have_its_time_of_day_midnight_too() -> None:
    assert words.day(date(2026, 3, 4), time(9, 5)) == "Wed 4 Mar 2026, 09:05"
    assert words.day(date(2026, 3, 4), time(0)) == "Wed 4 Mar 2026, 00:00"


def test_a_time_of_day_is_said_to_the_minute_to_the_second_or_with_its_zone() -> None:
    local = datetime(2026, 3, 4, 9, 5, 30, tzinfo=ZoneInfo("America/Chicago"))

    assert words.clock(local.time()) == words.clock(local) == "09:05"
    assert words.clock(local, seconds=True) == "09:05:30"
    assert words.zoned(local) == "09:05 CST"
