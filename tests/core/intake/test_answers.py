"""An answer fills what was missing and closes its question; what cannot be read leaves it open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from core import intake
from core.access import Role
from core.transactions import transaction
from tests import factories
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

    @pytest.mark.parametrize("element", ["date_of_injury", "birth_date"])
    def test_a_date_lies_in_the_future_by_the_clients_day(self, desk, client, va, element):
        claim = report(va, client, replace(FULL, birth_date=None))
        doubt(desk, claim, "date_of_injury")
        evening = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # still the 24th in Chicago

        def told(day):
            with transaction(va) as tx:
                intake.answer_question(
                    tx=tx, actor=va, client_id=client, claim_id=claim.claim_id, element=element, answer=day, at=evening
                )

        with pytest.raises(intake.AnswerNotUnderstood, match="future"):
            told("11/25/2026")
        told("11/24/2026")

        assert element not in asked(desk)

    def test_a_date_is_of_today_where_the_clients_day_has_begun(self, desk, va):
        guam = factories.client(timezone="Pacific/Guam")  # already the 25th there
        boss = factories.staff(Role.VA, guam)
        claim = report(boss, guam)
        doubt(desk, claim, "date_of_injury")

        answer(boss, claim, "date_of_injury", "11/25/2026")

        assert one(desk, "select date_of_injury from claim") == date(2026, 11, 25)

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
