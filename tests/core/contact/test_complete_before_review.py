"""A claim is complete before it is called: what is open is answered, cannot be had, or the call says why it cannot wait."""

from datetime import timedelta

import psycopg
import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.contact import IntakeNotComplete
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories
from tests.core.contact.work import reach, state
from tests.core.worklist.work import asked
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(desk, client) -> int:
    claim = factories.claim(client)
    asked(desk, client, claim, "language", "birth_date")
    return claim


def early(boss, *, at=NOW):
    with transaction(boss) as tx:
        return contact.early_calls(boss, tx, at=at)


def settle(actor, client: int, claim: int, **given: str) -> None:
    with transaction(actor) as tx:
        intake.answer_questions(
            actor, tx, client_id=client, claim_id=claim, given={(element, "missing"): said for element, said in given.items()},
            at=NOW,
        )  # fmt: skip


class TestAClaimThatIsNotComplete:
    def test_is_not_called_and_it_is_said_what_is_missing(self, desk, client, nurse, claim) -> None:
        with pytest.raises(IntakeNotComplete, match=r"language, date of birth|date of birth, language"):
            reach(nurse, client, claim)

        assert state(desk, claim)[0][1] is None

    def test_is_called_for_a_reason_that_is_on_the_timeline_and_told_to_supervisors(
        self, client, nurse, boss, claim
    ) -> None:
        reach(nurse, client, claim, incomplete_why="He was on his way to surgery")

        with transaction(nurse) as tx:
            [entry] = [each for each in intake.open_claim(nurse, tx, client, claim).timeline if each.substantive]
        assert entry.held["incomplete_why"] == "He was on his way to surgery"
        assert [(call.claim_id, call.by, call.why) for call in early(boss)] == [
            (claim, nurse.name, "He was on his way to surgery")
        ]

    def test_is_told_to_supervisors_alone_and_for_a_week(self, client, nurse, va, boss, claim) -> None:
        reach(nurse, client, claim, incomplete_why="Urgent")

        assert early(boss, at=NOW + timedelta(days=8)) == []
        for person in (nurse, va, factories.staff(Role.COMPLIANCE)):
            with pytest.raises(NotAllowed):
                early(person)

    @pytest.mark.parametrize("why", ["", "  ", "\u200b"])
    def test_is_called_for_no_reason_that_says_nothing(self, client, nurse, claim, why: str) -> None:
        with pytest.raises(IntakeNotComplete):
            reach(nurse, client, claim, incomplete_why=why)

    def test_is_called_for_a_reason_of_some_length(self, client, nurse, claim) -> None:
        with pytest.raises(TooLong, match="Why the call could not wait"):
            reach(nurse, client, claim, incomplete_why="x" * 501)


class TestACompleteClaim:
    def test_is_one_whose_questions_are_answered(self, client, va, nurse, boss, claim) -> None:
        settle(va, client, claim, language="Spanish", birth_date="01/02/1980")

        reach(nurse, client, claim, incomplete_why="Not needed")

        assert early(boss) == [], "a reason that is not needed is none"

    def test_is_one_whose_answers_cannot_be_had(self, desk, client, va, nurse, claim) -> None:
        with transaction(va) as tx:
            intake.answer_questions(
                va, tx, client_id=client, claim_id=claim, given={},
                never=[("language", "missing"), ("birth_date", "missing")], why="The employer is closed", at=NOW,
            )  # fmt: skip

        reach(nurse, client, claim)

        assert state(desk, claim)[0][1] == NOW


class TestByHand:
    @pytest.mark.parametrize(("why", "complete"), [("null", False), ("'Urgent'", True)])
    def test_the_database_holds_the_gate(self, desk, client, va, nurse, claim, why: str, complete: bool) -> None:
        if complete:
            settle(va, client, claim, language="Spanish", birth_date="01/02/1980")
        log = (
            "select desk_log_attempt(%s, %s, now(), 'worker', 'phone', 'reached', true, null, null, p_late_why => 'x')"
        )
        hold = (
            "insert into first_contact (client_id, attempt_id, identity, explained, work_status, incomplete_why)"
            f" select client_id, attempt_id, '{{full_name,birth_date}}', '{{who_we_are}}', 'not_known', {why}"
            " from contact_attempt where substantive"
        )
        with desk.app(nurse.staff_id) as db, db.transaction(force_rollback=True):
            db.execute(log, (client, claim))
            with pytest.raises(psycopg.errors.CheckViolation, match="intake is complete"):
                db.execute(hold)
