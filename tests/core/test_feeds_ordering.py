"""The order of day and month is one decision for a file: shown by a column, or asked once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core import feeds
from core.access import Role
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.ordering import DateOrder, OrderUndecided
from core.feeds.reading import Feed
from core.transactions import transaction
from tests import factories
from tests.claim_feeds import date_order, order_question, read_feed
from tests.conftest import Desk
from tests.factories import NOW

MAPPING = FeedMapping({"full_name": "Name", "date_of_injury": "DOI", "date_reported": "Told", "birth_date": "DOB"})


def _keys(answer: Accepted) -> set[tuple[str, str]]:
    """Return element and reason of each question."""
    return {(each.element, each.reason) for each in answer.questions}


def file(*rows: str, headings: str = "Name;DOI;Told;DOB;Hired") -> Feed:
    return read_feed("\n".join([headings, *(f"Ana B{n};{row}" for n, row in enumerate(rows))]).encode())


def decided(*rows: str, told: str = "auto") -> DateOrder:
    return date_order(file(*rows), replace(MAPPING, date_order=told), this_year=2026)


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("03/04/2026;25/04/2026;;", "dmy"),
        ("03/04/2026;04/25/2026;;", "mdy"),
        ("03/04/2026;03/04/2026;31/01/1980;", "dmy"),
        ("03/04/2026;05/04/2026;02/03/1980;25/12/2019", "dmy"),
        ("03.04.2026;05.04.2026;;", "dmy"),
        ("03.04.2026;04.25.2026;;", "mdy"),
        ("03.04.2026;04/25/2026;;", "mdy"),
        ("05/05/2026;06/06/2026;;", "mdy"),
        ("2026-03-04;5 Apr 2026;;", "mdy"),
        ("03/04/26 08:30;25/04/26 09:10;;", "dmy"),
    ],
    ids=["another column, day first", "another, month first", "the birth date", "one that is mapped to nothing", "dots",
         "dots that show otherwise", "a column that shows otherwise", "alike in both", "no figures", "short years"],
)  # fmt: skip
def test_what_a_column_shows_decides_for_all(row: str, order: str) -> None:
    assert decided(row).order == order


def test_a_file_that_shows_nothing_is_asked_about_once_with_both_readings() -> None:
    question = order_question(file("03/04/2026 08:30;04/05/2026;01/02/1980;"), MAPPING, this_year=2026)

    assert question is not None
    assert (question.month_first, question.day_first) == (date(2026, 3, 4), date(2026, 4, 3))
    assert question.words == "03/04/2026 in 'DOI': 4 March 2026 or 3 April 2026?"


def test_dots_beside_figures_that_could_be_either_are_asked_about_too() -> None:
    with pytest.raises(OrderUndecided, match="05/06/2026 in 'Told': 6 May 2026 or 5 June 2026"):
        decided("05.06.2026;06.06.2026;;", "07.07.2026;05/06/2026;;")


def test_a_column_that_is_no_date_shows_nothing() -> None:
    with pytest.raises(OrderUndecided):
        decided("03/04/2026;04/05/2026;;25/12/2019", "03/04/2026;04/05/2026;;none", "03/04/2026;04/05/2026;;a lot")


@pytest.mark.parametrize(
    ("rows", "opposed"),
    [
        (["03/04/2026;04/25/2026;31/01/1980;"],
         "'Told' is written month first (04/25/2026), 'DOB' day first (31/01/1980)."),
        (["03/04/2026;;;", "25/06/2026;;;", "06/25/2026;;;"],
         "'DOI' has dates month first (06/25/2026) and day first (25/06/2026)."),
    ],
    ids=["two columns", "one column"],
)  # fmt: skip
def test_opposite_orders_are_said_and_asked_about(rows: list[str], opposed: str) -> None:
    question = order_question(file(*rows), MAPPING, this_year=2026)

    assert question is not None
    assert question.words == f"{opposed} 03/04/2026 in 'DOI': 4 March 2026 or 3 April 2026?"


def test_opposite_orders_of_which_nothing_hangs_are_not_asked_about() -> None:
    assert decided("25/06/2026;06/26/2026;;").order == "mdy"


@pytest.mark.parametrize("told", ["mdy", "dmy"])
def test_what_the_mapping_carries_decides(told: str) -> None:
    assert decided("03/04/2026;04/05/2026;;", told=told) == DateOrder("mdy" if told == "mdy" else "dmy")


def test_a_row_is_read_in_the_files_order() -> None:
    feed = read_feed(b"Name;DOI;Told\nAna B;05/06/2026;07.06.2026\nCy D;25/06/2026;08.06.2026\n")

    first = judge_all(feed, MAPPING, timezone="UTC", at=NOW)[0]

    assert isinstance(first, Accepted)
    assert first.report.date_of_injury == date(2026, 6, 5)
    assert first.report.reported_at.date() == date(2026, 6, 7)


def test_where_a_column_shows_the_other_order_what_could_be_either_is_asked() -> None:
    feed = file("25/06/2026;7/7/2026;;", "06/25/2026;7/7/2026;;", "05/06/2026;7/7/2026;;")

    answers = judge_all(feed, replace(MAPPING, date_order="mdy"), timezone="UTC", at=NOW)

    asked = [("date_of_injury", "either_order") in _keys(a) for a in answers if isinstance(a, Accepted)]
    assert asked == [False, False, True]


def test_dots_read_month_first_because_another_column_is_are_asked_about() -> None:
    answers = judge_all(file("05.06.2026;06/25/2026;;"), MAPPING, timezone="UTC", at=NOW)

    assert isinstance(answers[0], Accepted)
    assert answers[0].report.date_of_injury == date(2026, 5, 6)
    assert ("date_of_injury", "either_order") in _keys(answers[0])


def test_nothing_is_planned_before_it_is_told(desk: Desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    feed = file("03/04/2026;04/05/2026;;")

    def planned(mapping: FeedMapping) -> feeds.Plan:
        with transaction(va) as tx:
            return feeds.plan(
                va, tx, feeds.CLAIMS, client_id=client, feed=feed, mapping=mapping, file_name="f.csv", at=NOW
            )

    with pytest.raises(OrderUndecided):
        planned(MAPPING)
    [claim] = planned(replace(MAPPING, date_order="dmy")).new
    assert claim.report.date_of_injury == date(2026, 4, 3)


def test_years_of_two_digits_are_those_of_the_day_of_the_import() -> None:
    feed = file("11/24/30;11/25/30;;")
    later = datetime(2031, 3, 1, tzinfo=UTC)

    [told] = judge_all(feed, MAPPING, timezone="UTC", at=later)

    assert isinstance(told, Accepted)
    assert told.report.date_of_injury == date(2030, 11, 24)
