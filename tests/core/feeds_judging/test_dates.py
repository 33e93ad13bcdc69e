"""Days and times of a row, and what of them is doubted."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.calendars import first_instant
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.rows import RefusedRow
from core.feeds.vocabulary import Offer
from core.intake import doubts
from tests.claim_feeds import mapping_for, read_feed
from tests.core.feeds_judging.rows import (
    NOW,
    accepted,
    asked,
    numbered,
    why_asked,
)


@pytest.mark.parametrize(
    ("changed", "flag"),
    [
        ({"Date_of_Injury": "11/24/2026"}, "negative_lag"),
        ({"Time_Reported": ""}, "report_time_missing"),
        ({"Time_Reported": "00:00"}, "report_time_midnight"),
        ({"Date_Reported": "11/25/2026"}, "future_date"),
        ({"Date_of_Injury": "12/24/2026"}, "future_injury"),
    ],
)
def test_what_looks_wrong_is_flagged_and_not_corrected(changed: dict[str, str], flag: str) -> None:
    answer = accepted(**changed)

    assert flag in answer.flags
    if "Date_of_Injury" in changed:
        month, day, year = map(int, changed["Date_of_Injury"].split("/"))
        assert answer.report.date_of_injury == date(year, month, day)


@pytest.mark.parametrize("cell", ["01/01/1900", "1900-01-01 00:00:00.000", "01/01/01"])
def test_a_date_of_injury_that_a_database_fills_in_is_asked_about(cell: str) -> None:
    feed = read_feed(f"Name;Date of Injury;Date Reported\nAna B;{cell};11/23/2026 09:30\n".encode())

    [answer] = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)

    asked = [each.why for each in answer.questions if each.reason == "long_ago"] if isinstance(answer, Accepted) else []
    assert asked == ([] if cell == "01/01/01" else [f"The file says '{cell}': a lifetime ago."])


def test_whether_an_injury_lies_in_the_future_is_told_by_the_clients_day() -> None:
    evening = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # still the 24th in Chicago, already the 25th in UTC

    flagged = {
        timezone: doubts.date_flags(date(2026, 11, 25), evening, "minute", timezone=timezone, at=evening)
        for timezone in ("America/Chicago", "UTC")
    }

    assert flagged == {"America/Chicago": ["future_injury", "negative_lag"], "UTC": []}


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        (
            {"Date_of_Injury": "12/24/2026"},
            {("date_of_injury", "future_injury"): "The injury lies in the future."},
        ),
        (
            {"Date_Reported": "11/25/2026"},
            {("reported_at", "future_date"): "The time of the report lies in the future."},
        ),
    ],
    ids=["of the injury", "of the report"],
)
def test_of_a_date_in_the_future_only_that_date_is_asked(
    changed: dict[str, str], doubt: dict[tuple[str, str], str]
) -> None:
    assert asked(accepted(**changed)) == doubt


def test_a_report_without_a_time_starts_its_clock_with_that_day_where_the_client_is() -> None:
    report = accepted("America/New_York", Time_Reported="").report

    assert report.reported_at == datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert report.reported_to == "day"


@pytest.mark.parametrize(
    ("day", "clock", "instant", "why"),
    [
        ("11/01/2026", "01:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
         "01:30 on Sun 1 Nov 2026 comes twice that night, as 01:30 CDT and 01:30 CST. The first is taken."),
        ("03/08/2026", "02:30", datetime(2026, 3, 8, 8, 0, tzinfo=UTC),
         "02:30 on Sun 8 Mar 2026 does not occur: clocks go forward that night. It is taken as 03:00 CDT."),
    ],
    ids=["comes twice", "never comes"],
)  # fmt: skip
def test_on_a_night_of_changing_clocks_the_first_instant_stands_and_is_asked_about(
    day: str, clock: str, instant: datetime, why: str
) -> None:
    answer = accepted(Date_Reported=day, Time_Reported=clock, Date_of_Injury="01/05/2026")

    assert answer.report.reported_at == instant == first_instant(
        ZoneInfo("America/Chicago"), instant.astimezone(ZoneInfo("America/Chicago")).date(), time.fromisoformat(clock)
    )  # fmt: skip
    assert why_asked(answer, "reported_at") == why


@pytest.mark.parametrize("clock", ["01:30 CST", "01:30 -0600", "07:30Z"])
def test_a_zone_beside_a_time_that_comes_twice_says_which_is_meant(clock: str) -> None:
    answer = accepted(Date_Reported="11/01/2026", Time_Reported=clock, Date_of_Injury="01/05/2026")

    assert answer.report.reported_at == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert answer.questions == ()


def test_a_written_offset_stands_over_the_clients_zone() -> None:
    answer = accepted(Date_Reported="2026-11-23T08:30:00-08:00", Time_Reported="")

    assert answer.report.reported_at == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


def test_headings_that_stand_again_among_the_rows_are_refused_and_counted() -> None:
    feed = read_feed(
        b"Name,DOI,Date Reported\nAna B,1/1/2026,1/20/2026\nName,DOI,Date Reported\nCy D,1/1/2026,1/20/2026\n"
    )

    answers = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)

    assert [type(answer) for answer in answers] == [Accepted, RefusedRow, Accepted]


@pytest.mark.parametrize(
    ("changed", "instant"),
    [
        ({"Date_Reported": "11/23/2026 08:30 PDT", "Time_Reported": ""}, datetime(2026, 11, 23, 15, 30, tzinfo=UTC)),
        ({"Date_Reported": "11/23/2026", "Time_Reported": "24:00"}, datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ({"Date_Reported": "2026-11-23 00:00:00", "Time_Reported": "2400"}, datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ({"Time_Reported": "noon"}, datetime(2026, 11, 23, 18, 0, tzinfo=UTC)),
        ({"Time_Reported": "7:30 a. m. ET"}, datetime(2026, 11, 23, 12, 30, tzinfo=UTC)),
        ({"Date_Reported": "2026-11-23T14:30:00Z"}, datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ({"Date_Reported": "2026-11-23T00:00:00Z"}, datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
    ],
    ids=[
        "zone in the day's cell",
        "end of the day",
        "the same beside midnight",
        "noon",
        "a zone's own name",
        "both say the same",
        "day only",
    ],
)
def test_the_instant_of_the_report_is_read_from_both_columns(changed: dict[str, str], instant: datetime) -> None:
    answer = accepted(**changed)

    assert answer.report.reported_at == instant
    assert not why_asked(answer, "reported_at") or changed.get("Time_Reported") in ("24:00", "2400")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"Date_Reported": "11/23/2026 08:30 XST", "Time_Reported": ""},
         "The file says '11/23/2026 08:30 XST'; only the day of it can be read: '08:30 XST' is no time."
         " The clock runs from the first minute of that day."),
        ({"Date_Reported": "11/23/2026", "Time_Reported": "08:30 XST"},
         "The file says '08:30 XST'; that is no time of the report. The clock runs from the first minute of that day."),
        ({"Date_Reported": "23/11/2026 25:61", "Time_Reported": ""},
         "The file says '23/11/2026 25:61'; only the day of it can be read: '25:61' is no time."
         " The clock runs from the first minute of that day."),
        ({"Date_Reported": "11/23/2026 00:00", "Time_Reported": "7:65"},
         "The file says '7:65'; that is no time of the report. The clock runs from the first minute of that day."),
        ({"Date_Reported": "11/23/2026 09:15", "Time_Reported": "soon"},
         "The file says 'soon'; that is no time of the report."),
        ({"Date_Reported": "11/23/2026 09:15", "Time_Reported": "08:30"},
         "The file says '11/23/2026 09:15' and '08:30'; the second stands."),
    ],
    ids=[
        "zone nobody knows", "the same beside the day", "no such time", "no such time beside midnight",
        "time beside another", "two times",
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_quoted_and_never_said_to_be_absent(changed: dict[str, str], why: str) -> None:
    answer = accepted(**changed)

    assert why_asked(answer, "reported_at") == why
    assert {"report_time_missing", "report_time_midnight"}.isdisjoint(answer.flags)
    assert answer.report.reported_at.astimezone(ZoneInfo("America/Chicago")).date() == date(2026, 11, 23)


@pytest.mark.parametrize("cell", ["7:65", "25:00", "half past", "9", "24:30", "12:00 XM"])
def test_no_time_is_declared_absent_that_stands_in_the_file(cell: str) -> None:
    for inside, beside in (("", cell), (cell, ""), ("00:00", cell)):
        for what, element in (("Reported", "reported_at"), ("of_Injury", "date_of_injury")):
            answer = accepted(**{f"Date_{what}": f"11/20/2026 {inside}".strip(), f"Time_{what}": beside})
            assert f"'{cell}'" in why_asked(answer, element), (what, inside)
            assert what == "Reported" or answer.report.injured_time is None, inside
            assert what != "Reported" or answer.flags == ("report_time_unread",), inside


def test_a_time_in_a_column_that_nobody_has_confirmed_is_not_declared_absent() -> None:
    feed = read_feed(b"Name;Date of Injury;Date Reported;Clock\nAna B;11/20/2026;11/23/2026;08:30\n")
    offered = {"time_reported": Offer("Clock", "It holds times.")}
    columns = {"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": "Date Reported"}

    [answer] = judge_all(feed, FeedMapping(columns, "mdy", offered), timezone="America/Chicago", at=NOW)

    assert isinstance(answer, Accepted)
    assert why_asked(answer, "reported_at") == (
        "The column 'Clock' may hold the time of the report, which nobody has confirmed. It holds times."
        " The clock runs from the first minute of that day."
    )
    assert answer.flags == ("report_time_unread",)


@pytest.mark.parametrize(
    ("changed", "flags"),
    [
        ({"Time_of_Injury": "08:31"}, ("negative_lag",)),
        ({"Time_of_Injury": "08:30"}, ()),
        ({"Time_of_Injury": "08:31 ET"}, ()),
        ({"Time_of_Injury": "23:00", "Time_Reported": ""}, ("report_time_missing",)),
        ({"Time_of_Injury": "23:00", "Time_Reported": "00:00"}, ("report_time_midnight",)),
        ({"Time_of_Injury": "09:01", "Date_of_Injury": "11/24/2026", "Date_Reported": "11/24/2026",
          "Time_Reported": "08:50"}, ("future_injury", "negative_lag")),
    ],
    ids=["later", "the same minute", "later on other clocks", "no time", "midnight", "later than now"],
)  # fmt: skip
def test_an_injury_later_on_the_day_of_its_report_is_asked_about(changed: dict[str, str], flags: tuple[str]) -> None:
    answer = accepted(**{"Date_of_Injury": "11/23/2026", **changed})

    assert answer.flags == flags
    asked_why = why_asked(answer, "date_of_injury")
    assert asked_why == {
        "negative_lag": "The injury is later than the report of it.", "future_injury": "The injury lies in the future.",
    }.get((*flags, "")[0], "")  # fmt: skip


def test_an_injury_is_not_later_than_its_report_where_clocks_show_its_time_twice() -> None:
    reported = datetime(2026, 11, 1, 7, 20, tzinfo=UTC)  # 01:20, the second time that night

    flags = doubts.date_flags(
        date(2026, 11, 1), reported, "minute", injured_time=time(1, 50), timezone="America/Chicago", at=reported
    )

    assert flags == []


@pytest.mark.parametrize(
    ("reported", "now", "flags"),
    [("06:50", "07:10", []), ("07:30", "06:40", ["future_date"])],  # 01:50 and 01:10, 01:30 and 01:40 by the wall
)
def test_in_the_hour_that_comes_twice_a_report_is_in_the_future_by_the_instant(
    reported: str, now: str, flags: list[str]
) -> None:
    moments = [datetime.fromisoformat(f"2026-11-01T{each}:00Z") for each in (reported, now)]

    raised = doubts.date_flags(date(2026, 10, 20), moments[0], "minute", timezone="America/Chicago", at=moments[1])

    assert raised == flags


@pytest.mark.parametrize(
    ("changed", "injured", "clock", "asked"),
    [
        ({"Date_of_Injury": "2026-11-21T02:30:00Z", "Time_of_Injury": ""}, date(2026, 11, 20), time(20, 30), False),
        ({"Date_of_Injury": "2026-11-21T02:30:00Z", "Time_of_Injury": "20:30"}, date(2026, 11, 20), time(20, 30), False),
        ({"Date_of_Injury": "2026-11-21T02:30:00Z", "Time_of_Injury": "20:45"}, date(2026, 11, 20), time(20, 45), True),
        ({"Date_of_Injury": "2026-11-20T23:30:00-08:00", "Time_of_Injury": ""}, date(2026, 11, 21), time(1, 30), False),
        ({"Date_of_Injury": "11/20/2026", "Time_of_Injury": "00:30 ET"}, date(2026, 11, 19), time(23, 30), False),
        ({"Date_of_Injury": "2026-11-21T00:00:00Z", "Time_of_Injury": ""}, date(2026, 11, 20), time(18, 0), True),
        ({"Date_of_Injury": "2026-11-21T00:00:00Z", "Time_of_Injury": "14:00"}, date(2026, 11, 21), time(14, 0), False),
        ({"Date_of_Injury": "11/20/2026", "Time_of_Injury": "24:00"}, date(2026, 11, 20), None, True),
        ({"Date_of_Injury": "11/20/2026 at dawn", "Time_of_Injury": ""}, date(2026, 11, 20), None, True),
    ],
)  # fmt: skip
def test_the_day_of_injury_is_the_clients(
    changed: dict[str, str], injured: date, clock: time | None, asked: bool
) -> None:
    answer = accepted(**changed)

    assert (answer.report.date_of_injury, answer.report.injured_time) == (injured, clock)
    assert bool(why_asked(answer, "date_of_injury")) is asked
    assert "negative_lag" not in answer.flags


def test_an_injury_in_the_evening_written_in_utc_is_not_after_its_report() -> None:
    answer = accepted(Date_of_Injury="2026-11-24T01:00:00Z", Time_of_Injury="", Time_Reported="20:00")

    assert answer.report.date_of_injury == date(2026, 11, 23)
    assert answer.questions == ()


def test_of_a_birth_date_what_stands_behind_the_day_is_quoted() -> None:
    answer = accepted(DOB="03/14/1985 (approx.)")

    assert answer.report.birth_date == date(1985, 3, 14)
    assert why_asked(answer, "birth_date") == (
        "The file says '03/14/1985 (approx.)'; only the day of it can be read: '(approx.)' is no time."
    )


def test_plain_numbers_are_dates_where_all_of_the_column_can_be() -> None:
    answers = numbered("46345", "46349.4", "20261101", "11/23/2026")

    told = [a.report.reported_at.astimezone(ZoneInfo("America/Chicago")) for a in answers if isinstance(a, Accepted)]
    assert [at.date().isoformat() for at in told] == ["2026-11-19", "2026-11-23", "2026-11-01", "2026-11-23"]
    assert told[1].time() == time(9, 36)


@pytest.mark.parametrize("other", ["1250.00", "30123", "45,123.50", "$99", "99999"])
def test_one_that_cannot_be_a_date_shows_that_none_of_the_column_is(other: str) -> None:
    answers = numbered("46345", other)

    assert all(isinstance(answer, RefusedRow) for answer in answers)
    assert isinstance(answers[0], RefusedRow)
    assert answers[0].reason == (
        "The date reported is a plain number, and not every number of its column can be a date."
    )


def test_a_column_of_hours_and_minutes_as_numbers_is_read_as_one() -> None:
    cells = {"30": time(0, 30), "815": time(8, 15), "0": time(0), "1530": time(15, 30), "2400": None}
    rows = "".join(f"Ana B{n};11/20/2026;{cell};11/23/2026\n" for n, cell in enumerate(cells))
    feed = read_feed(f"Name;Date of Injury;Time of Injury;Date Reported\n{rows}".encode())

    answers = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)

    assert [a.report.injured_time for a in answers if isinstance(a, Accepted)] == list(cells.values())
