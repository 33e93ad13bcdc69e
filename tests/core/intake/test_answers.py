"""An answer fills what was missing and closes its question; what cannot be read leaves it open."""

from dataclasses import replace
from datetime import date, time

import pytest

from core import intake
from tests.core.intake.taking import FULL, LEAST, answer, asked, doubt, one, report


class TestAnswerQuestion:
    @pytest.mark.parametrize(
        ("element", "said", "where", "kept"),
        [
            ("name", "Jo Ann Núñez", "given_name || '/' || family_name from injured_worker", "Jo Ann/Núñez"),
            ("birth_date", "1/31/1980", "birth_date from injured_worker", date(1980, 1, 31)),
            ("reach", "312 555 0101", "phone from injured_worker", "+13125550101"),
            ("reach", "jo@example.org", "email from injured_worker", "jo@example.org"),
            ("preferred_contact", "text", "preferred_contact from injured_worker", "text"),
            ("language", "Polish", "language from injured_worker", "Polish"),
            ("jurisdiction", "il", "jurisdiction from claim", "IL"),
            ("body_part", "left wrist", "body_part from claim_narrative", "left wrist"),
            ("narrative", "Fell.", "narrative from claim_narrative", "Fell."),
        ],
    )
    def test_fills_the_element_and_closes_the_question(self, desk, client, va, element, said, where, kept):
        claim = report(va, client)

        answer(va, claim, element, said)

        assert one(desk, f"select {where}") == kept
        assert element not in asked(desk)
        assert one(desk, "select detail from audit_event where verb = 'question_answered'") == {"element": element}

    def test_adds_to_what_was_told_and_never_writes_over_it(self, desk, client, va):
        claim = report(va, client, FULL)
        doubt(desk, claim, "narrative")

        answer(va, claim, "narrative", "It was the left knee.")

        assert one(desk, "select narrative from claim_narrative") == "Fell from a ladder.\nIt was the left knee."

    def test_takes_a_client_claim_number_that_no_other_claim_has(self, desk, client, va):
        report(va, client, replace(LEAST, client_claim_number="A-1"))
        claim = report(va, client, LEAST)
        doubt(desk, claim, "client_claim_number")

        with pytest.raises(intake.NumberTaken):
            answer(va, claim, "client_claim_number", "A-1")
        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "client_claim_number", "9" * 101)
        answer(va, claim, "client_claim_number", " A-2 ")

        assert one(desk, "select client_claim_number from claim where claim_id = %s", claim.claim_id) == "A-2"

    def test_a_corrected_date_of_injury_loses_its_flag(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", "2026-11-20")

        assert one(desk, "select date_of_injury, flags from claim") == (date(2026, 11, 20), [])

    @pytest.mark.parametrize(("said", "at"), [("2026-11-20 14:30", time(14, 30)), ("11/20/2026 7:05", time(7, 5))])
    def test_a_date_of_injury_can_come_with_its_time(self, desk, client, va, said, at):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", said)

        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), at)

    @pytest.mark.parametrize("said", ["14:30", "2026-11-20 25:00", "2026-11-20 noon"])
    def test_half_a_date_of_injury_or_no_time_of_day_is_refused(self, desk, client, va, said):
        claim = report(va, client, FULL)
        doubt(desk, claim, "date_of_injury")

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "date_of_injury", said)

    def test_without_a_time_the_one_that_was_told_stays(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25), injured_time=time(6)))

        answer(va, claim, "date_of_injury", "2026-11-20")

        assert one(desk, "select injured_time from claim") == time(6)

    def test_what_cannot_be_had_is_closed_with_the_reason(self, desk, client, va):
        claim = report(va, client)

        answer(va, claim, "birth_date", unobtainable_why="The employer does not know.")

        assert one(desk, "select answered_by, unobtainable_why from intake_question where element = 'birth_date'") == (
            va.staff_id, "The employer does not know.",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("element", "said"),
        [
            ("birth_date", "last spring"),
            ("birth_date", "2031-01-01"),
            ("reach", "12"),
            ("jurisdiction", "XX"),
            ("preferred_contact", "pigeon"),
            ("name", "Núñez"),
            ("language", ""),
        ],
    )
    def test_refuses_what_it_cannot_read_and_leaves_the_question_open(self, desk, client, va, element, said):
        claim = report(va, client)

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, element, said)

        assert element in asked(desk)

    def test_refuses_a_question_that_is_answered_already(self, client, va):
        claim = report(va, client)
        answer(va, claim, "language", "Polish")

        with pytest.raises(intake.NoSuchQuestion):
            answer(va, claim, "language", "Spanish")

    def test_sends_the_time_of_the_report_to_a_supervisor(self, client, va):
        claim = report(va, client, replace(FULL, reported_to="day"))

        with pytest.raises(intake.ReportTimeIsCorrected):
            answer(va, claim, "reported_at", "9:00")


class TestASocialSecurityNumber:
    def test_is_taken_out_of_an_answer_and_of_why_there_is_none(self, desk, client, va):
        claim = report(va, client)

        answer(va, claim, "narrative", "Fell. SSN 900-12-7001.")
        answer(va, claim, "body_part", unobtainable_why="Gave only 900-12-7001.")

        assert one(desk, "select narrative from claim_narrative") == "Fell. SSN (number removed)."
        assert one(desk, "select unobtainable_why from intake_question where element = 'body_part'") == (
            "Gave only (number removed)."
        )

    @pytest.mark.parametrize("element", ["client_claim_number", "reach"])
    def test_is_no_answer(self, desk, client, va, element):
        claim = report(va, client)
        if element == "client_claim_number":
            doubt(desk, claim, element)

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, element, "900-12-7001")
