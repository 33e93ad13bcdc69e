"""Two reports are of one claim, perhaps of one, or of two: never silently of one where that is not sure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from core.intake import sameness
from core.intake.sameness import Likeness, Worker, compare, doubts, facts, worker
from core.intake.told import LONGEST_KEY, Report, number_key, worker_name_key
from tests.factories import NOW

BORN, OTHER_BIRTH = date(1985, 3, 4), date(1990, 7, 7)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)

SAME_BY_NUMBER, SAME_BY_INJURY = Likeness(True, "same_number"), Likeness(True, "same_injury")
ASK_NUMBER, ASK_INJURY = Likeness(False, "same_number"), Likeness(False, "same_injury")


def told(
    name: str = "Ana Núñez", born: date | None = BORN, day: date = MONDAY, number: str | None = None
) -> sameness.Facts:
    given_name, _, family_name = name.rpartition(" ")
    return facts(Report(family_name, day, NOW, given_name=given_name, birth_date=born, client_claim_number=number))


class TestWorker:
    @pytest.mark.parametrize(
        ("one", "other", "says"),
        [
            (("Ana Núñez", BORN), ("ANA NUNEZ", BORN), Worker.AGREES),
            (("Ana Núñez", BORN), ("Núñez Ana", BORN), Worker.AGREES),
            (("Ana Núñez", BORN), ("Ana María Núñez", None), Worker.AGREES),
            (("Ana M. Núñez", None), ("Ana María Núñez", None), Worker.AGREES),
            (("Ana María Núñez", None), ("Ana Luisa Núñez", None), Worker.DIFFERS),
            (("Ana Núñez", BORN), ("Ana Núñez", OTHER_BIRTH), Worker.UNSURE),
            (("Bob Núñez", BORN), ("Robert Núñez", BORN), Worker.AGREES),
            (("Ana Núñez", BORN), ("Ana Lopez", BORN), Worker.UNSURE),
            (("Ana Núñez", None), ("Ana Lopez", None), Worker.DIFFERS),
            (("Ana Núñez", None), ("Ana Nunes", None), Worker.UNSURE),
            (("Ana Núñez", BORN), ("Anna Núñez", None), Worker.UNSURE),
            (("Ana Núñez", None), ("Nunze Ana", None), Worker.UNSURE),
            (("Ana Núñez", BORN), ("Ana N", None), Worker.UNSURE),
            (("Ana Núñez", None), ("Núñez", None), Worker.UNSURE),
            (("Ana Núñez-Sample", None), ("Ana Núñez", None), Worker.UNSURE),
            (("Ana Núñez", None), ("Luis Núñez", None), Worker.DIFFERS),
            (("Núñez", None), ("Lopez", None), Worker.DIFFERS),
            (("Ana Núñez", BORN), ("Luis Núñez", OTHER_BIRTH), Worker.DIFFERS),
            (("Ana Núñez", BORN), ("Bo Sample", None), Worker.DIFFERS),
            (("Ana de la Cruz", None), ("Bo de la Torre", None), Worker.DIFFERS),
        ],
    )
    def test_agrees_is_unsure_or_differs(self, one: Any, other: Any, says: Worker) -> None:
        assert worker(told(*one), told(*other)) is says
        assert worker(told(*other), told(*one)) is says


class TestTheSameNumber:
    @pytest.mark.parametrize(
        ("other", "says"),
        [
            (told(number="a 1", day=TUESDAY), SAME_BY_NUMBER),
            (told(number="A-1", day=TUESDAY), None),
            (told("Ana M. Núñez", None, TUESDAY, "A1"), SAME_BY_NUMBER),
            (told("Ana N", None, MONDAY, "A1"), SAME_BY_NUMBER),
            (told("Luis Núñez", None, MONDAY, "A1"), ASK_NUMBER),
            (told("Ana N", None, TUESDAY, "A1"), ASK_NUMBER),
            (told("Ana Núñez", OTHER_BIRTH, MONDAY, "A1"), SAME_BY_NUMBER),
            (told("Ana Núñez", OTHER_BIRTH, TUESDAY, "A1"), ASK_NUMBER),
            (told("Bo Sample", None, TUESDAY, "A1"), ASK_NUMBER),
            # Two who were hurt in one incident carry its number on one day: the second is not to be lost.
            (told("Bo Sample", None, MONDAY, "A1"), ASK_NUMBER),
            (told("Bo Sample", OTHER_BIRTH, MONDAY, "A1"), ASK_NUMBER),
        ],
    )
    def test_is_the_same_claim_only_if_worker_or_day_agree(self, other: sameness.Facts, says: Likeness | None) -> None:
        assert compare(told(number="A1"), other) == says


class TestWithoutACommonNumber:
    @pytest.mark.parametrize(
        ("one", "other", "says"),
        [
            (told(), told("Núñez Ana"), SAME_BY_INJURY),
            (told(number="A1"), told(), SAME_BY_INJURY),
            (told(number="A1"), told(number="Z9"), ASK_INJURY),
            (told(born=None, number="A1"), told(born=None, number="Z9"), ASK_INJURY),
            (told(born=None), told(born=None, number="Z9"), SAME_BY_INJURY),
            (told(born=None), told("Ana M Núñez", None), ASK_INJURY),
            (told("Núñez", None), told("Núñez", None), ASK_INJURY),
            (told(), told(born=None), ASK_INJURY),
            (told(), told(born=OTHER_BIRTH), ASK_INJURY),
            (told(number="A1"), told(born=OTHER_BIRTH, number="Z9"), None),
            (told("Bob Núñez"), told("Robert Núñez"), ASK_INJURY),
            (told("Ana Núñez", None), told("Luis Núñez", None), None),
            (told(), told(day=TUESDAY), None),
            (told(), told("Bo Sample"), None),
        ],
    )
    def test_one_days_reports_of_one_worker_are_the_same_or_asked_about(
        self, one: sameness.Facts, other: sameness.Facts, says: Likeness | None
    ) -> None:
        assert compare(one, other) == says
        assert compare(other, one) == says


class TestANumber:
    @pytest.mark.parametrize("written", ["WC 2026-17", "wc2026-17", " Wc\u00a02026-17 ", "WC2026-17"])
    def test_is_compared_without_case_and_blanks(self, written: str) -> None:
        assert number_key(written) == "wc2026-17"

    @pytest.mark.parametrize("written", [None, "", "  \t"])
    def test_of_nothing_is_none(self, written: str | None) -> None:
        assert number_key(written) is None


@given(some.text(max_size=200))
@example("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 80)
def test_a_names_key_fits_into_an_index_whatever_the_name(name: str) -> None:
    assert len(worker_name_key(name)) <= LONGEST_KEY


@given(some.text(alphabet=some.characters(max_codepoint=127)))
def test_a_name_has_the_key_that_it_has_beside_an_accent(name: str) -> None:
    assert worker_name_key(name) == worker_name_key(f"{name}\u0301")


@given(some.text("ab -1", max_size=6), some.text("ab -1", max_size=6))
def test_the_rule_is_the_same_from_both_sides(one: str, other: str) -> None:
    pair = told(one or "x", None, number=other), told(other or "x", None, number=one)

    assert compare(*pair) == compare(*reversed(pair))


class TestDoubts:
    def test_name_the_claims_one_question_for_a_reason(self) -> None:
        asked = doubts([("C-1", ASK_NUMBER), ("C-2", ASK_INJURY), ("row 5", ASK_NUMBER)])

        assert [(each.element, each.reason, each.why) for each in asked] == [
            ("client_claim_number", "same_number", "This number is also on C-1 and row 5: is it right?"),
            ("same_claim", "same_injury", "The same injury as C-2? The worker and the date of injury look the same."),
        ]

    def test_name_no_more_than_three(self) -> None:
        [asked] = doubts([(f"C-{n}", ASK_NUMBER) for n in range(1, 9)])

        assert asked.why == "This number is also on C-1, C-2, C-3 and others: is it right?"
