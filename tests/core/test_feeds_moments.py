"""A day and a time are read in every form in which clients write them: whole, or not at all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.feeds import moments
from core.feeds.moments import Moment, TimeOfDay


def read(cell: str, order: moments.Order = "mdy") -> Moment | None:
    return moments.moment(cell, order, this_year=2026, numbers=True)


def instant(told: Moment) -> datetime:
    """Return what was read as an instant; where no zone is written, of a client in Chicago."""
    assert told.clock is not None
    day = told.day + timedelta(days=told.ends_day)
    return datetime.combine(day, told.clock, told.zone or ZoneInfo("America/Chicago")).astimezone(UTC)


@pytest.mark.parametrize(
    "cell",
    ["2026-11-24", "11/24/2026", "11-24-26", "24.11.2026", "Nov 24, 2026", "24 November 2026", "24-Nov-26", "20261124",
     "Tuesday, November 24th, 2026", "46350", "2026-11-24T00:00:00Z", "11/24/2026 12:00:00 AM", "20261124.0",
     "24NOV2026", "2026/11/24", "2026-Nov-24", "24/Nov/2026"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(cell: str) -> None:
    told = read(cell)

    assert told is not None
    assert told.day == date(2026, 11, 24)


@pytest.mark.parametrize(
    "cell",
    ["", "13/13/2026", "2026", "0", "1/1/0001", "9999-12-31", "soon", "11/24", "1" * 500, "02/30/2026", "11/24/026",
     "24 Nov 09:10:00", "Nov 24 09:10:00", "Nov 24 09 AM", "2026-11-24x", "11/24/2026-A",
     "11/24/2026 - 11/26/2026", "11/24/2026 to 11/26/2026", "11/24/2026 or Nov 25"],
)  # fmt: skip
def test_half_a_match_is_no_match(cell: str) -> None:
    assert read(cell) is None


@pytest.mark.parametrize("cell", ["46350", "46350.5", "20261124", "20261124.0", "202611240910", "20261124091000"])
def test_a_plain_number_is_no_day_unless_its_column_says_so(cell: str) -> None:
    assert moments.moment(cell, "mdy", this_year=2026) is None
    assert read(cell) is not None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-25 02:30:00+00", "2026-11-25T02:30Z"),
        ("2026-11-25 02:30:00 +0000", "2026-11-25T02:30Z"),
        ("2026-11-25 02:30:00.000-06", "2026-11-25T08:30Z"),
        ("2026-11-25 02:30 UTC-6", "2026-11-25T08:30Z"),
        ("2026-11-25 02:30 GMT-0600", "2026-11-25T08:30Z"),
        ("2026-11-25T02:30:00\u221206:00", "2026-11-25T08:30Z"),
        ("2026-11-25T02:30:00-06:00[America/Chicago]", "2026-11-25T08:30Z"),
        ("11/25/2026 2:30 CST", "2026-11-25T08:30Z"),
        ("07/25/2026 2:30 CST", "2026-07-25T08:30Z"),
        ("07/25/2026 2:30 CT", "2026-07-25T07:30Z"),
        ("11/25/2026 2:30 PDT", "2026-11-25T09:30Z"),
        ("11/25/2026 2:30 ET", "2026-11-25T07:30Z"),
        ("07/25/2026 2:30 ET", "2026-07-25T06:30Z"),
        ("11/25/2026 2:30 AKST", "2026-11-25T11:30Z"),
        ("07/25/2026 2:30 Eastern", "2026-07-25T06:30Z"),
        ("07/25/2026 2:30 PM Pacific Time", "2026-07-25T21:30Z"),
        ("07/25/2026 2:30 PM Eastern Time (US & Canada)", "2026-07-25T18:30Z"),
        ("11/25/2026 2:30 (CST)", "2026-11-25T08:30Z"),
        ("11/25/2026 2:30 America/New_York", "2026-11-25T07:30Z"),
        ("25-NOV-26 02.30.00.000000 AM AMERICA/DENVER", "2026-11-25T09:30Z"),
        ("25-NOV-26 02.30.00.000000000 PM -06:00", "2026-11-25T20:30Z"),
        ("2026-11-25-02.30.00.000000", "2026-11-25T08:30Z"),
        ("05MAR2026:09:10:00", "2026-03-05T15:10Z"),
        ("05MAR2026:09:10:00.000", "2026-03-05T15:10Z"),
        ("05MAR26:09:10:00", "2026-03-05T15:10Z"),
        ("Tue Nov 24 2026 09:10:00 GMT-0600 (Central Standard Time)", "2026-11-24T15:10Z"),
        ("Tue Nov 24 2026 09:10:00 GMT-0600 (hora estándar central)", "2026-11-24T15:10Z"),
        ("Tue, 24 Nov 2026 15:10:00 GMT", "2026-11-24T15:10Z"),
        ("2026-11-24T15:10:00.000Z", "2026-11-24T15:10Z"),
        ("11/24/2026, 9:10:00\u202fAM", "2026-11-24T15:10Z"),
        ("Tue Nov 24 09:10:00 CST 2026", "2026-11-24T15:10Z"),
        ("2026-11-24 09:10:00 -0600 CST", "2026-11-24T15:10Z"),
        ("24/Nov/2026:09:10:00 -0600", "2026-11-24T15:10Z"),
        ("11/25/2026 - 02:30", "2026-11-25T08:30Z"),
        ("11/25/2026-02:30", "2026-11-25T08:30Z"),
        ("11/25/2026   02:30", "2026-11-25T08:30Z"),
        ("11/25/2026\u00a0– 2:30 p. m.", "2026-11-25T20:30Z"),
        ("Nov 25 2026  2:30AM", "2026-11-25T08:30Z"),
        ("11/25/2026 at 7:30 a. m.", "2026-11-25T13:30Z"),
        ("11/25/2026 7:30AM", "2026-11-25T13:30Z"),
        ("11/25/2026 0815", "2026-11-25T14:15Z"),
        ("11/25/2026 noon", "2026-11-25T18:00Z"),
        ("11/25/2026 24:00", "2026-11-26T06:00Z"),
        ("20261125T0230Z", "2026-11-25T02:30Z"),
        ("202611250230", "2026-11-25T08:30Z"),
        ("46351.10416666667", "2026-11-25T08:30Z"),
    ],
)
def test_a_time_and_a_zone_that_are_there_are_read(cell: str, expected: str) -> None:
    told = read(cell)

    assert told is not None
    assert instant(told) == datetime.fromisoformat(expected)
    assert not told.unread


@pytest.mark.parametrize(
    "cell",
    ["11/25/2026 08:30 XST", "11/25/2026 25:10", "11/25/2026 13:30 AM", "11/25/2026 2:30 +15:00", "2026-11-25Z",
     "2026-11-25+06:00", "2026-11-25-06:00", "2026-11-25 -06:00", "11/25/2026 in the morning", "11/25/26 at dawn",
     "11/25/2026 10", "11/25/2026 (approx.)", "11/25/2026?", "2026-11-25T99:99",
     "Wed Nov 25 2026 09:10:00 GMT-0500 (Central Standard Time)", "11/25/2026 0.5"],
)  # fmt: skip
def test_a_day_stands_though_what_is_behind_it_cannot_be_read(cell: str) -> None:
    told = read(cell)

    assert told is not None
    assert (told.day, told.clock, told.zone) == (date(2026, 11, 25), None, None)
    assert told.unread


@pytest.mark.parametrize(
    "cell",
    ["15:30", "1530", "3:30 PM", "3:30 p.m.", "15.30", "15h30", "15:30:00", "0.64583", "1530.0", "3:30 p. m.", "3:30p",
     "0330PM", "1530 hrs", "15:30 PM", "153000", "15:30:00.000"],
)  # fmt: skip
def test_a_time_is_read_in_every_usual_form(cell: str) -> None:
    assert moments.clock_time(cell) == TimeOfDay(time(15, 30))


@pytest.mark.parametrize(
    "cell", ["25:10", "10:75", "24:01", "soon", "10", "", "30", "0.30", "15:30 AM", "8:30 XST", "8:30 pdtx", "7:5"]
)
def test_what_is_no_time_is_none(cell: str) -> None:
    assert moments.clock_time(cell) is None


@pytest.mark.parametrize("cell", ["24:00", "2400", "24:00:00"])
def test_twenty_four_hundred_is_the_midnight_that_ends_the_day(cell: str) -> None:
    assert moments.clock_time(cell) == TimeOfDay(time(0), None, ends_day=True)


def test_the_letters_of_a_zone_are_no_half_of_the_day() -> None:
    told = moments.clock_time("2:30 PDT")

    assert told == TimeOfDay(time(2, 30), timezone(timedelta(hours=-7)))


@pytest.mark.parametrize(
    ("cells", "packed"),
    [(["815", "30", "0"], True), (["0815", "1530.0"], True), (["30", "0"], False), (["815", "75"], False), ([], False)],
)
def test_a_column_shows_whether_its_numbers_are_hours_and_minutes(cells: list[str], packed: bool) -> None:
    assert moments.times_are_packed(cells) is packed


def test_a_column_shows_whether_its_numbers_are_parts_of_a_day() -> None:
    assert moments.times_are_fractions(["0.25", "0.38541"])
    assert not moments.times_are_fractions(["0.25", "7.30"])
    assert moments.clock_time("0.25", fractions=True) == TimeOfDay(time(6))


@pytest.mark.parametrize(
    ("cells", "says_date", "like"),
    [
        (["46345", "46349.5"], True, True),
        (["46345", "46349.5"], False, False),
        (["20261103", "20261104"], False, False),
        (["45123", "1250"], True, False),
        (["11/24/2026", "soon", "11/25/2026 08:30 XST"], False, True),
        (["11/24/2026 slipped on a wet floor", "11/25/2026 fell"], False, False),
    ],
)
def test_a_column_is_one_of_dates_by_all_of_its_cells(cells: list[str], says_date: bool, like: bool) -> None:
    assert moments.is_date_like(cells, says_date=says_date, this_year=2026) is like


INSTANTS = st.integers(0, 38 * 365 * 86_400).map(
    lambda seconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(0, seconds)
)
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "UTC")
OFFSETS: tuple[Callable[[str, str], str], ...] = (
    lambda hours, minutes: f"{hours}:{minutes}",
    lambda hours, minutes: f"{hours}{minutes}",
    lambda hours, minutes: f" {hours}:{minutes}",
    lambda hours, minutes: f" UTC{hours}:{minutes}",
    lambda hours, minutes: f" GMT{hours}{minutes}",
    lambda hours, minutes: f" GMT{hours}{minutes} (somewhere)",
)
DAYS = (
    "%Y-%m-%dT", "%Y-%m-%d ", "%Y/%m/%d ", "%m/%d/%Y ", "%m/%d/%Y, ", "%m-%d-%Y - ", "%d-%b-%Y ", "%d%b%Y:", "%b %d, %Y ",
    "%a %b %d %Y ", "%A, %B %d, %Y at ", "%a, %d %b %Y ", "%Y%m%d ", "%d/%b/%Y:", "%m/%d/%y ", "%d-%b-%y ",
)  # fmt: skip
CLOCKS = ("%H:%M:%S", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M:%S%p", "%H.%M.%S", "%H%M%S")


@settings(max_examples=600, deadline=None)
@given(
    at=INSTANTS,
    offset=st.integers(-12 * 4, 14 * 4),
    day=st.sampled_from(DAYS),
    clock=st.sampled_from(CLOCKS),
    behind=st.sampled_from(OFFSETS),
)
def test_an_instant_comes_back_as_itself_or_is_quoted(
    at: datetime, offset: int, day: str, clock: str, behind: Callable[[str, str], str]
) -> None:
    there = at.astimezone(timezone(timedelta(minutes=15 * offset)))
    if "%y" in day and not 1990 <= there.year <= 2027:
        return
    hours, minutes = divmod(abs(15 * offset), 60)
    cell = there.strftime(day + clock) + behind(f"{'-' if offset < 0 else '+'}{hours:02}", f"{minutes:02}")

    told = read(cell)

    assert told is not None, cell
    assert told.day == there.date(), cell
    assert told.unread or instant(told) == there, cell
    assert not told.unread or told.clock is None


@settings(max_examples=300, deadline=None)
@given(
    at=INSTANTS,
    zone=st.sampled_from(ZONES),
    day=st.sampled_from(DAYS),
    clock=st.sampled_from(CLOCKS),
    named=st.booleans(),
)
def test_a_zone_by_name_or_abbreviation_is_that_zone(
    at: datetime, zone: str, day: str, clock: str, named: bool
) -> None:
    there = at.astimezone(ZoneInfo(zone))
    if zone == "UTC" and named:
        return
    cell = f"{there.strftime(day + clock)} {zone if named else there.tzname()}"

    told = read(cell)

    assert told is not None, cell
    assert told.clock is not None, cell
    assert told.day == there.date()
    wall = datetime.combine(told.day, told.clock, told.zone)
    readings = {wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    assert there.astimezone(UTC) in readings, cell
    assert named or len(readings) == 1


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789/-:. TZAPMapmCSET+()novNOV,", max_size=30))
def test_anything_at_all_is_read_or_not_and_never_crashes(cell: str) -> None:
    read(cell)
    moments.clock_time(cell)
    moments.shown([cell], this_year=2026)
    moments.is_date_like([cell], says_date=True, this_year=2026)
