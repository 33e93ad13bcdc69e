"""Names, deaths, ages and words that say nothing."""

from datetime import UTC, date, datetime

import pytest

from core.feeds import values
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.kinds.claims.values import contact_method
from core.feeds.mapping import FeedMapping
from tests.claim_feeds import VOCABULARY, mapping_for, read_feed
from tests.core.feeds_judging.rows import NOW, WHOLE, accepted, asked, judged_beside, reported


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
    assert contact_method(cell) is None


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
    assert not VOCABULARY.recognised(heading)
