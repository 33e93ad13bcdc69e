"""An answer fills what was missing and closes its question; what cannot be read leaves it open."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import intake
from core.access import Role
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories
from tests.core.intake.reports import FULL, LEAST, answer, asked, doubt, one, open_, reasons, report
from tests.factories import NOW


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
            ("jurisdiction", "Illinois", "jurisdiction from claim", "IL"),
            ("body_part", "left wrist", "body_part from claim_narrative", "left wrist"),
            ("narrative", "Fell.", "narrative from claim_narrative", "Fell."),
        ],
    )
    def test_fills_the_element_and_closes_the_question(self, desk, client, va, element, said, where, kept):
        claim = report(va, client)

        answer(va, claim, element, said)

        assert one(desk, f"select {where}") == kept
        assert element not in asked(desk)
        assert one(desk, "select detail from audit_event where verb = 'question_answered'") == {
            "element": element, "reason": "missing",
        }  # fmt: skip

    def test_asks_for_the_way_that_the_worker_prefers(self, desk, client, va):
        claim = report(va, client, replace(FULL, preferred_contact=None))

        answer(va, claim, "preferred_contact", "email")
        assert asked(desk) == {"reach"}

        answer(va, claim, "reach", "ana@example.com", reason="not_as_preferred")
        assert asked(desk) == set()

    def test_takes_no_e_mail_address_that_leads_nowhere(self, desk, client, va):
        claim = report(va, client)

        with pytest.raises(intake.AnswerNotUnderstood, match="name@example"):
            answer(va, claim, "reach", "ana@home")

    def test_adds_to_what_was_told_and_never_writes_over_it(self, desk, client, va):
        claim = report(va, client, FULL)
        doubt(desk, claim, "narrative")

        answer(va, claim, "narrative", "It was the left knee.")

        assert one(desk, "select narrative from claim_narrative") == "Fell from a ladder.\nIt was the left knee."

    def test_a_client_claim_number_that_another_claim_carries_is_kept_and_asked_until_it_is_confirmed(
        self, desk, client, va
    ):
        report(va, client, replace(LEAST, family_name="Roe", client_claim_number="A-1"))
        claim = report(va, client, LEAST)
        doubt(desk, claim, "client_claim_number")

        answer(va, claim, "client_claim_number", "a -1")

        kept = "select client_claim_number, client_number_key from claim where claim_id = %s"
        assert one(desk, kept, claim.claim_id) == ("a -1", "a-1")
        why = "select why from intake_question where element = 'client_claim_number' and answered_at is null"
        assert one(desk, why) == "This number is also on C-1: is it right?"

        answer(va, claim, "client_claim_number", "A-1", reason="same_number")

        assert one(desk, why) is None

    def test_a_client_claim_number_of_its_own_closes_the_question(self, desk, client, va):
        report(va, client, replace(LEAST, family_name="Roe", client_claim_number="A-1"))
        claim = report(va, client, LEAST)
        doubt(desk, claim, "client_claim_number")

        answer(va, claim, "client_claim_number", " A-2 ")

        assert one(desk, "select client_claim_number from claim where claim_id = %s", claim.claim_id) == "A-2"
        assert "client_claim_number" not in asked(desk)

    @pytest.mark.parametrize("said", ["no", "yes"])
    def test_whether_a_claim_was_reported_before_is_answered_on_the_timeline(self, desk, client, va, said):
        first = report(va, client, FULL)
        claim = report(va, client, FULL, aware_of=[first.claim_id])

        answer(va, claim, "same_claim", said, reason="same_injury")

        assert ("same_claim", "same_injury") not in reasons(desk)
        assert one(desk, "select detail from claim_event where kind = 'question_answered'") == {
            "element": "same_claim", "reason": "same_injury", "answer": said,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("element", "said", "field"),
        [
            ("client_claim_number", "9" * 101, "Client's claim number"),
            ("name", f"Jo {'x' * 201}", "Family name"),
            ("reach", f"jo@{'x' * 6_000}.org", "E-mail"),
            ("language", "x" * 41, "Language"),
            ("body_part", "x" * 501, "Part of body"),
            ("narrative", "x" * 20_001, "What happened"),
        ],
    )
    def test_names_field_and_limit_of_an_answer_that_is_too_long(self, desk, client, va, element, said, field):
        claim = report(va, client)
        if element not in asked(desk):
            doubt(desk, claim, element)

        with pytest.raises(TooLong, match=f"^{field} holds at most "):
            answer(va, claim, element, said)

        assert element in asked(desk)

    def test_so_of_the_reason_why_one_cannot_be_had(self, client, va):
        claim = report(va, client)

        with pytest.raises(TooLong, match=r"^Why it cannot be had holds at most 500 characters"):
            answer(va, claim, "language", unobtainable_why="x" * 501)

    @pytest.mark.parametrize("element", ["date_of_injury", "birth_date"])
    def test_a_date_lies_in_the_future_by_the_clients_day(self, desk, client, va, element):
        claim = report(va, client, replace(FULL, birth_date=None))
        doubt(desk, claim, "date_of_injury")
        evening = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # still the 24th in Chicago

        def told(day):
            with transaction(va) as tx:
                intake.answer_question(
                    va, tx, client_id=client, claim_id=claim.claim_id, element=element, reason="missing", answer=day,
                    at=evening,
                )  # fmt: skip

        with pytest.raises(intake.AnswerNotUnderstood, match="future"):
            told("11/25/2026")
        told("11/24/2026")

        assert (element, "missing") not in reasons(desk)

    def test_a_date_is_of_today_where_the_clients_day_has_begun(self, desk, va):
        guam = factories.client(timezone="Pacific/Guam")  # already the 25th there
        boss = factories.staff(Role.VA, guam)
        claim = report(boss, guam)
        doubt(desk, claim, "date_of_injury")

        answer(boss, claim, "date_of_injury", "11/25/2026")

        assert one(desk, "select date_of_injury from claim") == date(2026, 11, 25)

    def test_a_corrected_date_of_injury_loses_its_flag(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", "2026-11-20", reason="future_injury")

        assert one(desk, "select date_of_injury, flags from claim") == (date(2026, 11, 20), [])

    @pytest.mark.parametrize(("said", "at"), [("2026-11-20 14:30", time(14, 30)), ("11/20/2026 7:05", time(7, 5))])
    def test_a_date_of_injury_can_come_with_its_time(self, desk, client, va, said, at):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", said, reason="future_injury")

        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), at)

    @pytest.mark.parametrize("said", ["14:30", "2026-11-20 25:00", "2026-11-20 noon"])
    def test_half_a_date_of_injury_or_no_time_of_day_is_refused(self, desk, client, va, said):
        claim = report(va, client, FULL)
        doubt(desk, claim, "date_of_injury")

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "date_of_injury", said)

    def test_without_a_time_the_one_that_was_told_stays(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25), injured_time=time(6)))

        answer(va, claim, "date_of_injury", "2026-11-20", reason="future_injury")

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

    def test_answered_otherwise_by_somebody_else_meanwhile_shows_both_and_changes_nothing(self, desk, client, va):
        claim = report(va, client)
        nurse = factories.staff(Role.CLINICAL, client)
        answer(nurse, claim, "language", "Polish")

        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            answer(va, claim, "language", "Spanish")

        assert meanwhile.value.both == (intake.Both("language", "Polish", "Spanish", nurse.name, NOW),)
        assert "Polish" not in str(meanwhile.value)
        assert one(desk, "select language from injured_worker") == "Polish"

    def test_answered_by_somebody_else_with_why_it_cannot_be_had_is_one_of_both_too(self, client, va):
        claim = report(va, client)
        nurse = factories.staff(Role.CLINICAL, client)
        answer(nurse, claim, "language", unobtainable_why="Nobody knows")

        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            answer(va, claim, "language", "Spanish")

        assert meanwhile.value.both == (intake.Both("language", "", "Spanish", nurse.name, NOW),)

    def test_answered_just_so_by_somebody_else_meanwhile_is_answered(self, desk, client, va):
        claim = report(va, client)
        answer(factories.staff(Role.CLINICAL, client), claim, "language", "Spanish")

        answer(va, claim, "language", " Spanish ")

        assert one(desk, "select count(*) from field_change") == 1

    def test_refuses_a_question_that_was_never_asked(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(intake.NoSuchQuestion):
            answer(va, claim, "language", "Spanish")

    def test_what_stood_there_before_stays_beside_it(self, desk, client, va):
        claim = report(va, client, replace(FULL, phone="call the shop"))

        answer(va, claim, "reach", "312 555 0109", reason="phone_unreadable")

        kept = "select field, was, became, why, by_id from field_change"
        assert one(desk, kept) == ("phone", "call the shop", "+13125550109", None, va.staff_id)

    def test_sends_the_time_of_the_report_to_a_supervisor(self, client, va):
        claim = report(va, client, replace(FULL, reported_to="day"))

        with pytest.raises(intake.ReportTimeIsCorrected):
            answer(va, claim, "reported_at", "9:00", reason="report_time_missing")


class TestTwoQuestionsAboutOneElement:
    def test_both_stay_and_each_is_closed_by_its_own_answer(self, desk, client, va):
        claim = report(va, client, FULL)
        doubt(desk, claim, "date_of_injury", "negative_lag")
        doubt(desk, claim, "date_of_injury", "time_unreadable", "The file says 'at dawn'; that is no time of injury.")

        answer(va, claim, "date_of_injury", "2026-11-20", reason="negative_lag")
        assert reasons(desk) == {("date_of_injury", "time_unreadable")}

        answer(va, claim, "date_of_injury", "06:30", reason="time_unreadable")
        assert reasons(desk) == set()
        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), time(6, 30))
        assert one(desk, "select why from intake_question where reason = 'time_unreadable'").startswith("The file says")

    def test_a_value_answers_that_it_is_missing_and_no_doubt_beside_it(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=None))
        doubt(desk, claim, "birth_date", "perhaps_the_same")

        answer(va, claim, "birth_date", "1980-01-31")

        assert reasons(desk) == {("birth_date", "perhaps_the_same")}

    def test_an_answer_to_a_doubt_fills_what_was_missing(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=None))
        doubt(desk, claim, "birth_date", "perhaps_the_same")

        answer(va, claim, "birth_date", "1980-01-31", reason="perhaps_the_same")

        assert reasons(desk) == set()

    def test_what_cannot_be_had_closes_only_that_question(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=None))
        doubt(desk, claim, "birth_date", "perhaps_the_same")

        answer(va, claim, "birth_date", unobtainable_why="Nobody knows.", reason="perhaps_the_same")

        assert reasons(desk) == {("birth_date", "missing")}

    def test_the_same_question_can_be_asked_again(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))
        answer(va, claim, "date_of_injury", "2026-11-20", reason="future_injury")

        doubt(desk, claim, "date_of_injury", "future_injury")

        assert one(desk, "select count(*), count(answered_at) from intake_question") == (2, 1)


class TestAnAnswerThatLooksWrong:
    @pytest.mark.parametrize(
        ("born", "asked_again"), [("2020-01-31", True), ("1930-01-31", True), ("1980-01-31", False)]
    )
    def test_a_worker_under_14_or_over_90_is_asked_about(self, desk, client, va, born, asked_again):
        claim = report(va, client, replace(FULL, birth_date=None))

        answer(va, claim, "birth_date", born)

        assert (reasons(desk) == {("birth_date", "age_doubtful")}) is asked_again
        assert (one(desk, "select flags from claim") == ["age_doubtful"]) is asked_again

    def test_what_a_person_confirms_is_not_asked_again(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=date(2013, 1, 31)))
        assert reasons(desk) == {("birth_date", "age_doubtful")}

        answer(va, claim, "birth_date", "2013-01-31", reason="age_doubtful")

        assert reasons(desk) == set()
        assert one(desk, "select flags from claim") == ["age_doubtful"], "what looks wrong stays marked"

    def test_a_date_of_injury_after_the_report_is_asked_about(self, desk, client, va):
        claim = report(va, client, replace(FULL, reported_at=NOW - timedelta(days=5)))
        doubt(desk, claim, "date_of_injury", "either_order")

        answer(va, claim, "date_of_injury", "2026-11-22", reason="either_order")

        assert reasons(desk) == {("date_of_injury", "negative_lag")}

    def test_a_time_of_injury_after_the_report_is_asked_about(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 24), reported_at=NOW))
        doubt(desk, claim, "date_of_injury", "time_unreadable")

        answer(va, claim, "date_of_injury", "23:30", reason="time_unreadable")

        assert "future_injury" in one(desk, "select flags from claim")
        assert reasons(desk) == {("date_of_injury", "future_injury")}

    def test_a_time_of_the_report_that_was_not_read_is_not_said_to_be_missing(self, desk, client, va):
        claim = report(va, client, replace(FULL, reported_to="day"))
        with desk.owner() as db:
            db.execute("update claim set flags = '{report_time_unread}'")
            db.execute("update intake_question set reason = 'unreadable'")
        doubt(desk, claim, "date_of_injury", "either_order")

        answer(va, claim, "date_of_injury", "2026-11-20", reason="either_order")

        assert reasons(desk) == {("reported_at", "unreadable")}
        assert one(desk, "select flags from claim") == ["report_time_unread"]


def test_the_claim_is_shown_with_the_reason_of_each_question(client, va):
    claim = report(va, client, replace(FULL, birth_date=date(2013, 1, 31), language=None))

    page = open_(va, client, claim.claim_id)

    assert {(each.element, each.reason) for each in page.open_questions} == {
        ("birth_date", "age_doubtful"), ("language", "missing"),
    }  # fmt: skip


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
