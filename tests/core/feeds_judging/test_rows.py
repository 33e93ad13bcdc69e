"""Whether a row is a claim, and what is asked of it."""

from datetime import UTC, datetime, time

import pytest

from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.rows import RefusedRow
from core.intake.told import LIMITS
from tests.claim_feeds import mapping_for, read_feed
from tests.core.feeds_judging.rows import LONG, NOW, WHOLE, accepted, asked, judged


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
