"""A row is refused only where worker, date of injury or date reported cannot be told; the rest is asked or flagged."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.calendars import first_instant
from core.feeds import values, vocabulary
from core.feeds.judging import Accepted, RefusedRow, judge_all
from core.feeds.mapping import FeedMapping, mapping_for
from core.feeds.reading import read_feed
from core.intake import elements
from core.intake.elements import LIMITS

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LONG = "x" * 80
WHOLE = {
    "Claim No": "A-1", "Last Name": "Núñez", "First Name": "Ana", "DOB": "03/04/1985", "Phone": "(217) 555-0110",
    "Email": "ana@example.com", "Language": "Spanish", "Preferred contact": "Text", "Date of Injury": "11/20/2026",
    "Time of Injury": "9:45 a.m.", "Date Reported": "11/23/2026", "Time Reported": "08:30", "Jurisdiction": "Illinois",
    "Narrative": "Slipped.", "Body Part": "Knee", "Nature of Injury": "Strain", "Cause of Injury": "Fall",
}  # fmt: skip


def judged(timezone: str = "America/Chicago", **changed: str) -> Accepted | RefusedRow:
    row = {heading: changed.get(heading.replace(" ", "_"), cell) for heading, cell in WHOLE.items()}
    text = ";".join(row) + "\n" + ";".join(row.values()) + "\n"
    usual = read_feed(f"{';'.join(WHOLE)}\n{';'.join(WHOLE.values())}\n".encode())
    mapping = replace(mapping_for(usual), date_order="mdy")  # one row that is odd tells nothing of its column
    [answer] = judge_all(read_feed(text.encode()), mapping, timezone=timezone, at=NOW)
    return answer


def accepted(timezone: str = "America/Chicago", **changed: str) -> Accepted:
    answer = judged(timezone, **changed)
    assert isinstance(answer, Accepted), answer
    return answer


def asked(answer: Accepted) -> dict[tuple[str, str], str]:
    """Return its questions, element and reason to why."""
    return {(each.element, each.reason): each.why for each in answer.questions}


def why_asked(answer: Accepted, element: str) -> str:
    """Return in one text why *element* is asked about."""
    return " ".join(each.why for each in answer.questions if each.element == element)


def test_a_whole_row_is_a_claim_with_nothing_to_ask() -> None:
    answer = accepted()

    assert answer.questions == ()
    assert answer.flags == ()
    assert answer.report.family_name == "Núñez"
    assert answer.report.reported_at == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert answer.report.injured_time == time(9, 45)
    assert answer.report.jurisdiction == "IL"
    assert answer.report.phone == "+12175550110"


@pytest.mark.parametrize(
    ("heading", "field", "element"),
    [
        ("Narrative", "narrative", "narrative"),
        ("Body_Part", "body_part", "body_part"),
        ("Nature_of_Injury", "nature", "narrative"),
        ("Cause_of_Injury", "cause", "narrative"),
        ("Address", "address", "reach"),
        ("ZIP", "postal_code", "reach"),
        ("Reported_By", "reporter", "narrative"),
        ("Employer_Phone", "reporter_phone", "narrative"),
    ],
)
def test_a_text_beyond_its_limit_keeps_its_beginning_and_is_asked_about(heading: str, field: str, element: str) -> None:
    most, words = LIMITS[field]
    row = {**WHOLE, heading.replace("_", " "): "x" * (most + 1)}
    feed = read_feed(f"{';'.join(row)}\n{';'.join(row.values())}\n".encode())
    mapping = FeedMapping({**mapping_for(feed).columns, field: heading.replace("_", " ")})

    [answer] = judge_all(feed, mapping, timezone="UTC", at=NOW)

    assert isinstance(answer, Accepted)
    assert getattr(answer.report, field) == "x" * most
    assert asked(answer) == {
        (
            element,
            f"{field}_too_long",
        ): f"{words.capitalize()} runs over {most:,} letters in the file; the first are kept."
    }


def test_a_name_beyond_its_limit_is_refused_and_says_so() -> None:
    answer = judged(Last_Name="x" * 201, First_Name="")

    assert isinstance(answer, RefusedRow)
    assert answer.reason == "The worker's name has more than 200 characters."


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"Last_Name": "", "First_Name": ""}, "worker"),
        ({"Last_Name": "Unknown", "First_Name": "N/A"}, "worker"),
        ({"Last_Name": "x" * 100_000, "First_Name": ""}, "worker"),
        ({"Date_of_Injury": ""}, "date_of_injury"),
        ({"Date_of_Injury": "last week"}, "date_of_injury"),
        ({"Date_of_Injury": "02/30/2026"}, "date_of_injury"),
        ({"Date_Reported": "00/00/0000"}, "date_reported"),
        ({"Date_Reported": ""}, "date_reported"),
        ({"Cause_of_Injury": "Fall;one cell too many"}, "row"),
    ],
)
def test_a_row_without_one_of_the_three_is_refused_with_what_to_do(changed: dict[str, str], field: str) -> None:
    answer = judged(**changed)

    assert isinstance(answer, RefusedRow)
    assert (answer.row, answer.field) == (2, field)
    assert answer.reason
    assert answer.remedy


@pytest.mark.parametrize(
    ("changed", "element"),
    [
        ({"First_Name": ""}, "name"),
        ({"DOB": ""}, "birth_date"),
        ({"DOB": "soon"}, "birth_date"),
        ({"DOB": "03/04/2024"}, "birth_date"),
        ({"Phone": "", "Email": ""}, "reach"),
        ({"Phone": "call the office"}, "reach"),
        ({"Jurisdiction": "Mars"}, "jurisdiction"),
        ({"Jurisdiction": ""}, "jurisdiction"),
        ({"Preferred_contact": "smoke signals"}, "preferred_contact"),
        ({"Body_Part": ""}, "body_part"),
        ({"Time_of_Injury": "in the morning"}, "date_of_injury"),
        ({"Time_Reported": "later"}, "reported_at"),
        ({"Narrative": "x" * 30_000}, "narrative"),
        ({"Claim_No": "1.23457E+11"}, "client_claim_number"),
        ({"Claim_No": "9" * 101}, "client_claim_number"),
    ],
)
def test_whatever_else_is_wrong_or_missing_becomes_an_open_question(changed: dict[str, str], element: str) -> None:
    assert element in {each.element for each in accepted(**changed).questions}


@pytest.mark.parametrize(
    ("changed", "which", "why"),
    [
        ({"Phone": "ask for  Rosa"}, ("reach", "phone_unreadable"), "The file says 'ask for Rosa'; that is no telephone number."),
        ({"Email": "ana at home"}, ("reach", "email_unreadable"), "The file says 'ana at home'; that is no e-mail address."),
        ({"Phone": "x" * 100}, ("reach", "phone_unreadable"), f"The file says '{LONG}…'; that is no telephone number."),
        ({"Jurisdiction": "Floridaa"}, ("jurisdiction", "unreadable"), "The file says 'Floridaa'; that is no state."),
        ({"Language": "7"}, ("language", "unreadable"), "The file says '7'; that is no language."),
        ({"Preferred_contact": "Smoke"}, ("preferred_contact", "unreadable"), "The file says 'Smoke'; that is no preferred contact method."),
        ({"DOB": "soon"}, ("birth_date", "unreadable"), "The file says 'soon'; that is no date of birth."),
        ({"Time_of_Injury": "at dawn"}, ("date_of_injury", "time_unreadable"), "The file says 'at dawn'; that is no time of injury."),
        ({"Time_Reported": "later"}, ("reported_at", "unreadable"), "The file says 'later'; that is no time of the report."
         " The clock runs from the first minute of that day."),
        ({"Claim_No": "1.23457E+11"}, ("client_claim_number", "rounded"),
         "The file says '1.23457E+11': a spreadsheet has rounded the number; ask for it in full."),
    ],
)  # fmt: skip
def test_the_question_says_what_the_file_said(changed: dict[str, str], which: tuple[str, str], why: str) -> None:
    assert asked(accepted(**changed)) == {which: why}


@pytest.mark.parametrize(
    ("changed", "both"),
    [
        ({"Phone": "ask for Rosa", "Email": "y@"}, {("reach", "phone_unreadable"), ("reach", "email_unreadable")}),
        (
            {"Date_of_Injury": "12/24/2026", "Time_of_Injury": "at dawn"},
            {("date_of_injury", "future_injury"), ("date_of_injury", "time_unreadable")},
        ),
        (
            {"Date_Reported": "11/25/2026", "Time_Reported": "later"},
            {("reported_at", "future_date"), ("reported_at", "unreadable")},
        ),
        (
            {"Narrative": "x" * 30_000, "Cause_of_Injury": "Fall " * 200},
            {("narrative", "narrative_too_long"), ("narrative", "cause_too_long")},
        ),
        ({"Last_Name": "Núñez", "First_Name": "@ana"}, {("name", "unreadable")}),
    ],
)
def test_two_doubts_about_one_element_both_stay_with_what_the_file_said(
    changed: dict[str, str], both: set[tuple[str, str]]
) -> None:
    answer = accepted(**changed)

    assert set(asked(answer)) == both
    assert [
        each.why for each in answer.questions if each.reason.endswith("unreadable") and "The file says" not in each.why
    ] == []


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("ask for Rosa", "ask for Rosa"), ("555-0110", "555-0110"), ("x" * 300, "x" * 200), ("N/A", None)],
)
def test_a_telephone_that_cannot_be_read_stays_as_typed_and_is_asked_for(cell: str, kept: str | None) -> None:
    answer = accepted(Phone=cell, Email="")

    assert answer.report.phone == kept
    assert ("reach", "phone_unreadable") in asked(answer) or kept is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (("Dana  Reed, day shift lead", "312.555.0107"), ("Dana Reed, day shift lead", "+13125550107")),
        (("Dana Reed", "(312) 555-0107 x22"), ("Dana Reed", "+13125550107 ext. 22")),
        (("Dana Reed", "switchboard"), ("Dana Reed", "switchboard")),
        (("n/a", ""), (None, None)),
    ],
)
def test_who_reported_is_kept_as_told_and_never_asked_for(
    told: tuple[str, str], kept: tuple[str | None, str | None]
) -> None:
    head = ";".join([*WHOLE, "Contact Name", "Contact Phone"])
    feed = read_feed(f"{head}\n{';'.join([*WHOLE.values(), *told])}\n".encode())
    mapping = FeedMapping({**mapping_for(feed).columns, "reporter": "Contact Name", "reporter_phone": "Contact Phone"})

    [answer] = judge_all(feed, mapping, timezone="UTC", at=NOW)

    assert isinstance(answer, Accepted)
    assert (answer.report.reporter, answer.report.reporter_phone) == kept
    assert answer.questions == ()
    assert answer.report.phone == "+12175550110"


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
        timezone: elements.date_flags(date(2026, 11, 25), evening, "minute", timezone=timezone, at=evening)
        for timezone in ("America/Chicago", "UTC")
    }

    assert flagged == {"America/Chicago": ["future_injury", "negative_lag"], "UTC": []}


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        (
            {"Date_of_Injury": "12/24/2026"},
            {("date_of_injury", "future_injury"): "The date of injury lies in the future."},
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
         "The file says '11/23/2026 08:30 XST'; only the day of it can be read."
         " The clock runs from the first minute of that day."),
        ({"Date_Reported": "11/23/2026", "Time_Reported": "08:30 XST"},
         "The file says '08:30 XST'; that is no time of the report. The clock runs from the first minute of that day."),
        ({"Date_Reported": "11/23/2026 09:15", "Time_Reported": "soon"},
         "The file says 'soon'; that is no time of the report."),
        ({"Date_Reported": "11/23/2026 09:15", "Time_Reported": "08:30"},
         "The file says '11/23/2026 09:15' and '08:30'; the second stands."),
    ],
    ids=["zone nobody knows", "the same beside the day", "time beside another", "two times"],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_quoted_and_never_said_to_be_absent(changed: dict[str, str], why: str) -> None:
    answer = accepted(**changed)

    assert why_asked(answer, "reported_at") == why
    assert answer.report.reported_at.astimezone(ZoneInfo("America/Chicago")).date() == date(2026, 11, 23)


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
    assert why_asked(answer, "birth_date") == "The file says '03/14/1985 (approx.)'; only the day of it can be read."


def numbered(*reported: str, heading: str = "Date Reported") -> list[Accepted | RefusedRow]:
    rows = "".join(f"Ana B{n};11/20/2025;{cell}\n" for n, cell in enumerate(reported))
    feed = read_feed(f"Name;Date of Injury;{heading}\n{rows}".encode())
    mapping = FeedMapping({"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": heading})
    return list(judge_all(feed, mapping, timezone="America/Chicago", at=NOW))


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


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Núñez, Ana", ("Núñez", "Ana")),
        ("Ana Núñez", ("Núñez", "Ana")),
        ("Ana de la Cruz", ("de la Cruz", "Ana")),
        ("Sam Smith Jr.", ("Smith Jr.", "Sam")),
        ("Smith, Jr., Sam", ("Smith Jr.", "Sam")),
        ("Smith Jr., Sam", ("Smith Jr.", "Sam")),
        ("Smith, Sam, Jr.", ("Smith Jr.", "Sam")),
        ("SMITH, SAM T JR", ("SMITH JR", "SAM T")),
        ("Smith III, Sam", ("Smith III", "Sam")),
        ("Sam Smith, Jr.", ("Smith Jr.", "Sam")),
        ("Nguyen , Thi  Ha", ("Nguyen", "Thi Ha")),
        ("Núñez,", ("Núñez", "")),
        (", ,", ("", "")),
        ("Cher", ("Cher", "")),
        ("Núñez, Ana (21344)", ("Núñez", "Ana")),
        ("Ana Núñez (ID: E21344)", ("Núñez", "Ana")),
        ("Ana Núñez (Annie)", ("(Annie)", "Ana Núñez")),
    ],
)
def test_a_full_name_is_parted(cell: str, name: tuple[str, str]) -> None:
    assert values.split_name(cell) == name


def judged_beside(**beside: str) -> Accepted:
    """Judge the whole row with columns beside it."""
    head, cells = [*WHOLE, *(name.replace("_", " ") for name in beside)], [*WHOLE.values(), *beside.values()]
    feed = read_feed(f"{';'.join(head)}\n{';'.join(cells)}\n".encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone="America/Chicago", at=NOW)
    assert isinstance(answer, Accepted), answer
    return answer


def test_a_date_of_death_is_kept() -> None:
    answer = judged_beside(Date_of_Death="11/21/2026")

    assert answer.report.date_of_death == date(2026, 11, 21)
    assert asked(answer) == {}


@pytest.mark.parametrize(
    ("beside", "doubt"),
    [
        ({"Date_of_Death": "11/19/2026"}, ("date_of_death", "death_before_injury")),
        ({"Date_of_Death": "11/25/2026"}, ("date_of_death", "death_in_future")),
        ({"Date_of_Hire": "11/21/2026"}, ("date_of_injury", "hired_after_injury")),
        ({"Date_of_Hire": "11/20/2026"}, None),
        ({"Date_of_Hire": "03/01/2015", "Date_of_Death": "n/a"}, None),
    ],
)
def test_a_death_or_hire_that_does_not_go_with_the_injury_is_asked_about(
    beside: dict[str, str], doubt: tuple[str, str] | None
) -> None:
    assert set(asked(judged_beside(**beside))) == ({doubt} if doubt else set())


def test_a_death_that_cannot_be_read_is_quoted_and_asked_about() -> None:
    feed = read_feed(f"{';'.join([*WHOLE, 'Death'])}\n{';'.join([*WHOLE.values(), 'deceased'])}\n".encode())
    mapping = FeedMapping({**mapping_for(feed).columns, "date_of_death": "Death"})

    [answer] = judge_all(feed, mapping, timezone="UTC", at=NOW)

    assert isinstance(answer, Accepted)
    assert asked(answer) == {("date_of_death", "unreadable"): "The file says 'deceased'; that is no date of death."}


@pytest.mark.parametrize(
    ("born", "doubted"),
    [("11/21/2012", True), ("11/20/2012", False), ("11/20/1936", False), ("11/20/1935", True), ("11/21/1935", False)],
)
def test_a_worker_under_14_or_over_90_on_the_day_of_injury_is_asked_about(born: str, doubted: bool) -> None:
    assert set(asked(accepted(DOB=born))) == ({("birth_date", "age_doubtful")} if doubted else set())


@pytest.mark.parametrize(
    "cell",
    ["", " ", "-", "--", "—", "?", "???", "n/a", "N/A", "NA", "N.A.", "n / a", "unk", "UNK.", "Unknown", "DK", "dk", "D/K",
     "Don't know", "don’t know", "Not applicable", "none", "NULL", "(blank)", "TBD", "000-000-0000", "(000) 000-0000", "555-555-5555",
     "999-999-9999", "(999)999-9999", "123-456-7890", "1 (555) 555-5555", "+15555555555", "0000000000", "00/00/0000",
     "99999999", "000-0000", "999-99-9999"],
)  # fmt: skip
def test_what_is_typed_where_nothing_is_known_says_nothing(cell: str) -> None:
    assert values.blank(cell)


@pytest.mark.parametrize(
    "cell",
    ["0", "00", "0000", "00000", "9999", "555-0110", "555-555-0110", "312-555-0101", "123456789", "1111111", "Na Li", "Nona",
     "0900", "2026-11-24", "99", "a", "A-1"],
)  # fmt: skip
def test_what_says_little_still_says_something(cell: str) -> None:
    assert not values.blank(cell)


@pytest.mark.parametrize("cell", ["000-000-0000", "555-555-5555", "999-999-9999", "123-456-7890", "DK", "unk", "n/a"])
def test_a_telephone_filled_in_for_nothing_is_not_known_and_is_asked_for(cell: str) -> None:
    answer = accepted(Phone=cell, Email="")

    assert answer.report.phone is None
    assert asked(answer)["reach", "missing"] == "Not in the report: a way to reach the worker."


def reported(head: str, *cells: str) -> Accepted:
    feed = read_feed(f"Claim No,Name,DOI,{head}\n1,Zed Quux,11/20/2026,{','.join(cells)}\n".encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone="America/Chicago", at=NOW)
    assert isinstance(answer, Accepted), answer
    return answer


@pytest.mark.parametrize(
    ("head", "cells", "instant"),
    [
        ("Date Reported,Time Reported,AM/PM", ("11/23/2026", "08:00", "PM"), datetime(2026, 11, 24, 2, 0, tzinfo=UTC)),
        ("Date Reported (UTC),Time Reported UTC", ("11/23/2026", "08:00"), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("reported_at_utc", ("11/23/2026 08:00",), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("Date Reported,Time Reported (ET)", ("11/23/2026", "08:00"), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)),
        ("Date/Time Reported", ("11/23/2026 08:00",), datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
    ],
)
def test_the_zone_and_half_of_the_day_that_stand_beside_a_time_count(
    head: str, cells: tuple[str, ...], instant: datetime
) -> None:
    assert reported(head, *cells).report.reported_at == instant


@pytest.mark.parametrize("cell", ["01/01/1900", "12/31/2099"])
def test_a_date_on_which_nobody_died_leaves_the_worker_to_be_called(cell: str) -> None:
    answer = judged_beside(Date_of_Death=cell)

    assert answer.report.date_of_death is None
    assert ("date_of_death", "unreadable") in asked(answer)


@pytest.mark.parametrize("cell", ["Do not call", "no e-mail please", "Never text", "Hotel lobby"])
def test_what_is_not_wished_is_no_preferred_contact(cell: str) -> None:
    assert values.contact_method(cell) is None


@pytest.mark.parametrize(
    ("cell", "said"), [("Yes - 911 called", True), ("Critical", True), ("yesterday", False), ("No", False)]
)
def test_an_emergency_is_one_with_words_behind_it_too(cell: str, said: bool) -> None:
    assert values.yes(cell) is said


@pytest.mark.parametrize(
    "heading",
    ["Case Worker Name", "Co-Worker Name", "Created By Employee Name", "HR Phone", "Plant Phone", "Plant Email",
     "Interpreter Phone", "Notice of Denial Date", "Date Reported to State", "Medical Report Date", "Spouse DOB",
     "Date of Injury Surgery", "Employee Office Zip"],
)  # fmt: skip
def test_what_is_somebody_elses_reaches_no_claim(heading: str) -> None:
    assert not vocabulary.recognised(heading)
