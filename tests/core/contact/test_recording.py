"""Recording the first contact: who may, when, and which promise it keeps."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.contact import Method
from core.transactions import transaction
from tests import factories
from tests.core.contact.work import count, log, one, pause, reach, resume, state, strike
from tests.factories import NOW


class TestRecordFirstContact:
    def test_stops_the_clock_and_says_who(self, desk, client):
        nurse = factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client)

        reach(nurse, client, claim)

        assert one(desk, "select first_contact_at, first_contact_by, version from claim") == (NOW, nurse.staff_id, 2)
        assert one(desk, "select party, outcome, substantive from contact_attempt") == ("worker", "reached", True)
        assert one(desk, "select verb from audit_event") == "first_contact_recorded"

    def test_a_va_cannot(self, desk, client):
        claim = factories.claim(client)
        before = state(desk, claim)[0]

        with pytest.raises(NotAllowed):
            reach(factories.staff(Role.VA, client), client, claim)

        assert state(desk, claim)[0] == before
        assert one(desk, "select verb from audit_event") == "refused"

    @pytest.mark.parametrize("role", [Role.VA, Role.SUPERVISOR])
    @pytest.mark.parametrize(
        "by_hand",
        [
            "update claim set first_contact_at = now(), first_contact_by = {me} where claim_id = {claim}",
            "select desk_log_attempt({client}, {claim}, now(), 'worker', 'phone', 'reached', true, null, null)",
        ],
        ids=["on the claim", "as an attempt"],
    )
    def test_nor_can_anyone_but_clinical_staff_by_sql_typed_by_hand(self, desk, client, role, by_hand):
        person = factories.staff(role, client)
        claim = factories.claim(client)

        with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(by_hand.format(me=person.staff_id, claim=claim, client=client))

    @pytest.mark.parametrize("method", [Method.TEXT, Method.EMAIL, Method.LETTER])
    def test_is_live(self, desk, client, method):
        with pytest.raises(contact.OutcomeDoesNotFit):
            reach(factories.staff(Role.CLINICAL, client), client, factories.claim(client), method=method)

    def test_the_same_form_sent_twice_records_once_and_says_so(self, desk, client):
        nurse, claim, request = factories.staff(Role.CLINICAL, client), factories.claim(client), uuid4()

        assert not reach(nurse, client, claim, request=request).again
        assert reach(nurse, client, claim, request=request).again
        assert count(desk, "contact_attempt") == 1

    def test_of_one_that_was_struck_since_is_refused(self, desk, client, boss):
        nurse, claim, request = factories.staff(Role.CLINICAL, client), factories.claim(client), uuid4()
        reach(nurse, client, claim, request=request)
        strike(boss, client, claim)

        with pytest.raises(contact.StruckMeanwhile):
            reach(nurse, client, claim, request=request)
        assert one(desk, "select first_contact_at from claim") is None
        assert not reach(nurse, client, claim).again

    def test_and_the_form_of_an_attempt_are_not_one(self, desk, client):
        """A key that another kind of act has used is refused, and nothing is said to be recorded."""
        nurse, request, other = factories.staff(Role.CLINICAL, client), uuid4(), uuid4()
        tried, reached = factories.claim(client), factories.claim(client)
        log(nurse, client, tried, request=request)
        reach(nurse, client, reached, request=other)

        with pytest.raises(contact.KeyOfAnotherForm):
            reach(nurse, client, tried, request=request)
        with pytest.raises(contact.KeyOfAnotherForm):
            log(nurse, client, reached, request=other)
        for act in (log, reach):
            with pytest.raises(contact.KeyOfAnotherForm):
                act(nurse, client, factories.claim(client), request=request)

        assert count(desk, "contact_attempt") == 2
        assert one(desk, f"select first_contact_at from claim where claim_id = {tried}") is None

    def test_happens_once(self, desk, client):
        claim = factories.claim(client)
        reach(factories.staff(Role.CLINICAL, client), client, claim)

        with pytest.raises(contact.AlreadyReached):
            reach(factories.staff(Role.CLINICAL, client), client, claim, at=NOW + timedelta(hours=1))

        assert one(desk, "select first_contact_at from claim") == NOW

    def test_cannot_come_before_a_report_dated_in_the_future(self, desk, client):
        claim = factories.claim(client, reported_at=NOW + timedelta(hours=3))

        with pytest.raises(contact.ReportInTheFuture):
            reach(factories.staff(Role.CLINICAL, client), client, claim)

    def test_while_paused_ends_the_pause_and_counts_it(self, desk, client):
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=30))
        pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW - timedelta(hours=10))

        reach(factories.staff(Role.CLINICAL, client), client, claim)

        assert one(desk, "select ends_at from clock_pause") == NOW
        assert one(desk, "select first_contact_at <= due_at from claim")

    def test_that_ends_a_pause_says_so_on_the_timeline_and_the_record(self, desk, client):
        claim, nurse = factories.claim(client), factories.staff(Role.CLINICAL, client)
        pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW - timedelta(hours=1))

        reach(nurse, client, claim)

        told = "select at, by_id from claim_event where kind = 'pause_ended' and claim_id = %s"
        assert one(desk, told, claim) == (NOW, nurse.staff_id)
        assert one(desk, "select actor_id from audit_event where verb = 'pause_ended'") == nurse.staff_id

    @pytest.mark.parametrize("ahead", [timedelta(0), timedelta(seconds=5)])
    def test_is_recorded_also_at_the_moment_in_which_somebody_pauses_or_just_before(self, desk, client, ahead):
        claim = factories.claim(client)
        due_before = one(desk, "select due_at from claim")
        pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW + ahead)

        reach(factories.staff(Role.CLINICAL, client), client, claim)

        assert one(desk, "select first_contact_at, due_at from claim") == (NOW, due_before)
        assert one(desk, "select ends_at = starts_at from clock_pause") is True

    def test_is_counted_once_in_the_measures(self, desk, client):
        claim = factories.claim(client)
        reach(factories.staff(Role.CLINICAL, client), client, claim)

        assert one(desk, "select sum(reported)::int, sum(contacted)::int, sum(on_time)::int from fact_delta") == (
            1,
            1,
            1,
        )


class TestAClaimReportedBeforeTheFirstPolicy:
    """A feed takes it in and counts it by the first: so it stays, whatever is done with it."""

    @pytest.fixture
    def early(self, client):
        reported_at = datetime(1998, 5, 4, 14, 0, tzinfo=UTC)
        return factories.claim(client, reported_at=reported_at, due_at=reported_at + timedelta(hours=24))

    def test_once_paused_can_be_resumed(self, desk, client, early):
        boss, due_before = factories.staff(Role.SUPERVISOR), one(desk, "select due_at from claim")
        pause(boss, client, early, at=NOW)

        assert resume(boss, client, early, at=NOW + timedelta(hours=5)) == due_before

    def test_its_first_contact_can_be_recorded_in_a_pause(self, desk, client, early):
        pause(factories.staff(Role.SUPERVISOR), client, early, at=NOW)

        reach(factories.staff(Role.CLINICAL, client), client, early, at=NOW + timedelta(hours=1))

        assert one(desk, "select first_contact_at from claim") == NOW + timedelta(hours=1)


class TestAPromiseFoundLater:
    """A promise of fewer hours, put down after the claim was: the claim goes on under the one that it carries."""

    @pytest.fixture
    def claim(self, desk, client):
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=2))
        with desk.owner() as db:
            db.execute(factories.ANOTHER_PROMISE, (NOW - timedelta(hours=3), 1, client))
        return claim

    def test_does_not_count_what_is_resumed(self, desk, client, claim):
        boss = factories.staff(Role.SUPERVISOR)
        pause(boss, client, claim, at=NOW - timedelta(hours=1))

        due_at = resume(boss, client, claim, at=NOW)

        assert due_at == NOW + timedelta(hours=23) == one(desk, "select due_at from claim")
        assert one(desk, "select sla_effective_from from claim") == datetime(2020, 1, 1, tzinfo=UTC)

    def test_does_not_keep_a_first_contact_from_being_recorded_in_a_pause(self, desk, client, claim):
        pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW - timedelta(hours=1))

        reach(factories.staff(Role.CLINICAL, client), client, claim)

        assert one(desk, "select first_contact_at, due_at from claim") == (NOW, NOW + timedelta(hours=23))

    def test_counts_a_report_that_is_corrected_to_a_time_at_which_it_was_in_force(self, desk, client, claim):
        boss, reported_at = factories.staff(Role.SUPERVISOR), NOW - timedelta(hours=2, minutes=1)
        with transaction(boss) as tx:
            due_at = intake.correct_report(
                boss,
                tx,
                client_id=client,
                claim_id=claim,
                reported_at=reported_at,
                reason="The fax.",
                seen=NOW - timedelta(hours=2),
                at=NOW,
            )

        assert due_at == reported_at + timedelta(hours=1)


class TestADeadlineThatWasGiven:
    def test_is_never_taken_back_by_the_end_of_a_pause(self, desk, client):
        """However it was reckoned: here it is an hour later than the promise alone would make it."""
        given = NOW + timedelta(hours=23)
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=2), due_at=given)
        pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW - timedelta(minutes=10))

        reach(factories.staff(Role.CLINICAL, client), client, claim)

        assert one(desk, "select due_at from claim") == given
