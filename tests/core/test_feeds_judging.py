"""A row is refused only where worker, date of injury or date reported cannot be told; the rest is asked or flagged."""

from datetime import UTC, date, datetime, time

import pytest

from core.feeds import moments, values
from core.feeds.judging import Accepted, RefusedRow, judge_all
from core.feeds.mapping import FeedMapping, mapping_for
from core.feeds.reading import read_feed

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
    feed = read_feed(text.encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone=timezone, at=NOW)
    return answer


def accepted(timezone: str = "America/Chicago", **changed: str) -> Accepted:
    answer = judged(timezone, **changed)
    assert isinstance(answer, Accepted), answer
    return answer


def test_a_whole_row_is_a_claim_with_nothing_to_ask() -> None:
    answer = accepted()

    assert answer.questions == {}
    assert answer.flags == ()
    assert answer.report.family_name == "Núñez"
    assert answer.report.reported_at == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert answer.report.injured_time == time(9, 45)
    assert answer.report.jurisdiction == "IL"
    assert answer.report.phone == "+12175550110"


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
    assert element in accepted(**changed).questions


@pytest.mark.parametrize(
    ("changed", "element", "why"),
    [
        ({"Phone": "ask for  Rosa"}, "reach", "The file says 'ask for Rosa'; that is no telephone number."),
        ({"Email": "ana at home"}, "reach", "The file says 'ana at home'; that is no e-mail address."),
        ({"Phone": "x" * 100, "Email": "y@"}, "reach", f"The file says '{LONG}…'; that is no telephone number."
         " The file says 'y@'; that is no e-mail address."),
        ({"Jurisdiction": "Floridaa"}, "jurisdiction", "The file says 'Floridaa'; that is no state."),
        ({"Language": "7"}, "language", "The file says '7'; that is no language."),
        ({"Preferred_contact": "Smoke"}, "preferred_contact", "The file says 'Smoke'; that is no preferred contact method."),
        ({"DOB": "soon"}, "birth_date", "The file says 'soon'; that is no date of birth."),
        ({"Time_of_Injury": "at dawn"}, "date_of_injury", "The file says 'at dawn'; that is no time of injury."),
        ({"Time_Reported": "later"}, "reported_at", "The file says 'later'; that is no time of the report."
         " The clock runs from the first minute of that day."),
        ({"Claim_No": "1.23457E+11"}, "client_claim_number",
         "The file says '1.23457E+11': a spreadsheet has rounded the number; ask for it in full."),
    ],
)  # fmt: skip
def test_the_question_says_what_the_file_said(changed: dict[str, str], element: str, why: str) -> None:
    assert accepted(**changed).questions[element] == why


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("ask for Rosa", "ask for Rosa"), ("555-0110", "555-0110"), ("x" * 300, "x" * 200), ("N/A", None)],
)
def test_a_telephone_that_cannot_be_read_stays_as_typed_and_is_asked_for(cell: str, kept: str | None) -> None:
    answer = accepted(Phone=cell, Email="")

    assert answer.report.phone == kept
    assert "reach" in answer.questions


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (("Dana  Reed, day shift lead", "312.555.0107"), ("Dana Reed, day shift lead", "+13125550107")),
        (("Dana Reed", "(312) 555-0107 x22"), ("Dana Reed", "+13125550107 ext. 22")),
        (("Dana Reed", "switchboard"), ("Dana Reed", "switchboard")),
        (("x" * 300, "y" * 300), ("x" * 200, "y" * 200)),
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
    assert answer.questions == {}
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


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"Date_of_Injury": "12/24/2026"}, {"date_of_injury": "The date of injury lies in the future."}),
        ({"Date_Reported": "11/25/2026"}, {"reported_at": "The time of the report lies in the future."}),
    ],
    ids=["of the injury", "of the report"],
)
def test_of_a_date_in_the_future_only_that_date_is_asked(changed: dict[str, str], asked: dict[str, str]) -> None:
    assert accepted(**changed).questions == asked


def test_a_report_without_a_time_starts_its_clock_with_that_day_where_the_client_is() -> None:
    report = accepted("America/New_York", Time_Reported="").report

    assert report.reported_at == datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert report.reported_to == "day"


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        ("11/01/2026", "01:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),  # twice that night: the first
        ("03/08/2026", "02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),  # not that night: the earlier reading
    ],
)
def test_on_a_night_of_changing_clocks_the_earlier_reading_stands(day: str, clock: str, instant: datetime) -> None:
    answer = accepted(Date_Reported=day, Time_Reported=clock, Date_of_Injury="01/05/2026")

    assert answer.report.reported_at == instant


def test_a_written_offset_stands_over_the_clients_zone() -> None:
    answer = accepted(Date_Reported="2026-11-23T08:30:00-08:00", Time_Reported="")

    assert answer.report.reported_at == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


def test_headings_that_stand_again_among_the_rows_are_refused_and_counted() -> None:
    feed = read_feed(
        b"Name,DOI,Date Reported\nAna B,1/1/2026,1/2/2026\nName,DOI,Date Reported\nCy D,1/1/2026,1/2/2026\n"
    )

    answers = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)

    assert [type(answer) for answer in answers] == [Accepted, RefusedRow, Accepted]


def test_a_column_with_a_day_over_twelve_is_read_day_first_throughout() -> None:
    feed = read_feed(b"Name;DOI;Date Reported\nAna B;05/06/2026;07.06.2026\nCy D;25/06/2026;08.06.2026\n")

    first = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)[0]

    assert isinstance(first, Accepted)
    assert first.report.date_of_injury == date(2026, 6, 5)
    assert first.report.reported_at.date() == date(2026, 7, 6), "the other column shows nothing: month first"


def test_in_a_column_of_both_orders_what_could_be_either_is_asked() -> None:
    feed = read_feed(
        b"Name;DOI;Date Reported\nA B;25/06/2026;7/7/2026\nC D;06/25/2026;7/7/2026\nE F;05/06/2026;7/7/2026\n"
    )

    answers = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)

    assert ["either" in str(a.questions.get("date_of_injury")) for a in answers if isinstance(a, Accepted)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "cell",
    ["2026-11-24", "11/24/2026", "11-24-26", "24.11.2026", "Nov 24, 2026", "24 November 2026", "24-Nov-26", "20261124",
     "Tuesday, November 24th, 2026", "46350", "2026-11-24T00:00:00Z", "11/24/2026 12:00:00 AM", "20261124.0"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(cell: str) -> None:
    told = moments.moment(cell, "mdy", this_year=2026)

    assert told is not None
    assert told.day == date(2026, 11, 24)


@pytest.mark.parametrize("cell", ["", "13/13/2026", "2026", "0", "1/1/0001", "9999-12-31", "soon", "11/24", "1" * 500])
def test_what_is_no_day_is_none(cell: str) -> None:
    assert moments.moment(cell, "mdy", this_year=2026) is None


@pytest.mark.parametrize(
    "cell", ["15:30", "1530", "3:30 PM", "3:30 p.m.", "15.30", "15h30", "15:30:00", "0.64583", "1530.0"]
)
def test_a_time_is_read_in_every_usual_form(cell: str) -> None:
    assert moments.clock_time(cell) == (time(15, 30), None)


@pytest.mark.parametrize("cell", ["24:00", "25:10", "10:75", "soon", "10", ""])
def test_what_is_no_time_is_none(cell: str) -> None:
    assert moments.clock_time(cell) is None


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Núñez, Ana", ("Núñez", "Ana")),
        ("Ana Núñez", ("Núñez", "Ana")),
        ("Ana de la Cruz", ("de la Cruz", "Ana")),
        ("Sam Smith Jr.", ("Smith Jr.", "Sam")),
        ("Smith, Jr., Sam", ("Smith", "Jr., Sam")),
        ("Cher", ("Cher", "")),
    ],
)
def test_a_full_name_is_parted(cell: str, name: tuple[str, str]) -> None:
    assert values.split_name(cell) == name
