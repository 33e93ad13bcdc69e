"""Of a worker who has died nobody asks for a call: the claim waits for no first contact, and those who must know are told."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import psycopg
import pytest

from core import assignment, contact, first_contact, intake, queue
from core.access import NotAllowed, Role
from core.contact import Method, Outcome, Party
from core.narrowing import Filter
from core.notices import notices
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.core.first_contact.one_week import WEEK
from tests.core.first_contact.one_week import cells as cells_of
from tests.core.first_contact.one_week import counted as counted_of
from tests.core.intake.reports import FULL, LEAST, answer, doubt, one, open_, reasons, report
from tests.factories import NOW

DIED = date(2026, 11, 23)


def record(actor, claim, died=DIED):
    with transaction(actor) as tx:
        intake.record_death(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, date_of_death=died, at=NOW
        )  # fmt: skip


def correct(actor, claim, died, reason="It was another claim's."):
    with transaction(actor) as tx:
        intake.correct_death(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, date_of_death=died, reason=reason, at=NOW
        )


def acknowledge(actor, claim):
    with transaction(actor) as tx:
        intake.acknowledge_death(actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, at=NOW)


def attempt(actor, claim, party=Party.WORKER):
    with transaction(actor) as tx:
        return contact.log_attempt(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, party=party, method=Method.PHONE,
            outcome=Outcome.VOICEMAIL, note=None, at=NOW, request=uuid4(),
        )  # fmt: skip


def waiting(actor):
    with transaction(actor) as tx:
        return queue.read(actor, tx, NOW).rows


def stands(actor):
    with transaction(actor) as tx:
        return queue.tally(actor, tx, at=NOW)


def told(actor):
    with transaction(actor) as tx:
        return [each.claim_id for each in notices(actor, tx).deaths]


class TestAReportWithADateOfDeath:
    def test_asks_nothing_that_only_a_call_needs(self, desk, client, va):
        report(va, client, replace(LEAST, date_of_death=DIED))

        assert {element for element, _ in reasons(desk)} == {
            "name", "birth_date", "jurisdiction", "body_part", "narrative",
        }  # fmt: skip

    def test_waits_in_no_queue_and_is_no_promise_missed(self, desk, client, va, boss):
        claim = report(va, client, replace(FULL, date_of_death=DIED, reported_at=NOW - timedelta(days=3)))
        other = factories.claim(client)

        counted = stands(boss)

        assert list(waiting(boss)) == [(client, other)]
        assert (counted.open, counted.overdue, counted.decided_week) == (1, 0, 0)
        with transaction(va) as tx:
            header = open_(va, client, claim.claim_id).header
            assert queue.next_waiting(va, tx, header, only=Filter(), at=NOW) == (client, other)
        with desk.owner() as db:
            assert db.execute("select sum(reported) from fact_delta").fetchone() == (1,)

    def test_is_given_to_nobody_for_a_first_contact(self, client, va, boss):
        claim = report(va, client, replace(FULL, date_of_death=DIED))

        with transaction(boss) as tx, pytest.raises(assignment.ClaimOver):
            assignment.assign(boss, tx, claims=[(client, claim.claim_id)], to=va.staff_id, at=NOW)

    def test_is_told_to_supervisor_and_compliance_until_a_supervisor_acknowledges_it(self, desk, client, va, boss):
        compliance = factories.staff(Role.COMPLIANCE)
        claim = report(va, client, replace(FULL, date_of_death=DIED))

        assert told(boss) == told(compliance) == [claim.claim_id]
        assert one(desk, "select actor_id, noun, noun_id, detail from audit_event where verb = 'death_reported'") == (
            va.staff_id, "claim", claim.claim_id, None,
        )  # fmt: skip

        acknowledge(boss, claim)

        assert told(boss) == told(compliance) == []
        assert open_(boss, client, claim.claim_id).header.death_seen_by == boss.name
        assert one(desk, "select actor_id from audit_event where verb = 'death_acknowledged'") == boss.staff_id
        with pytest.raises(intake.DeathAcknowledged):
            acknowledge(boss, claim)

    @pytest.mark.parametrize(
        ("died", "flag"), [(date(2026, 11, 22), "death_before_injury"), (date(2026, 11, 25), "death_in_future")]
    )
    def test_that_looks_wrong_is_kept_and_asked_about(self, desk, client, va, died, flag):
        report(va, client, replace(FULL, date_of_death=died))

        assert reasons(desk) == {("date_of_death", flag)}
        assert one(desk, "select flags, date_of_death from claim") == ([flag], died)


class TestNobodyCallsTheDead:
    @pytest.fixture
    def claim(self, client, va):
        return report(va, client, replace(FULL, date_of_death=DIED))

    def test_an_attempt_to_the_worker_is_refused_in_a_sentence(self, desk, claim, va):
        with pytest.raises(contact.WorkerDied, match="Nobody calls the worker"):
            attempt(va, claim)

        assert one(desk, "select count(*) from contact_attempt") == 0

    @pytest.mark.parametrize("party", [Party.EMPLOYER, Party.PROVIDER, Party.ATTORNEY])
    def test_others_are_contacted(self, claim, va, party):
        assert attempt(va, claim, party).attempt_id

    def test_no_first_contact_is_recorded(self, claim, nurse):
        with transaction(nurse) as tx, pytest.raises(contact.WorkerDied):
            contact.record_first_contact(
                nurse, tx, client_id=claim.client_id, claim_id=claim.claim_id, held=factories.held(), at=NOW,
                request=uuid4(),
            )  # fmt: skip

    def test_the_clock_is_not_paused(self, claim, boss):
        with transaction(boss) as tx, pytest.raises(contact.ClockNotRunning):
            contact.pause_clock(
                boss, tx, client_id=claim.client_id, claim_id=claim.claim_id, reason="In surgery", at=NOW
            )

    @pytest.mark.parametrize(
        ("role", "statement"),
        [
            (Role.VA, "update claim set date_of_death = null"),
            (Role.VA, "update claim set date_of_death = '2026-11-20'"),
            (Role.CLINICAL, "update claim set date_of_death = null"),
            (Role.VA, "update claim set death_seen_at = now(), death_seen_by = {me}"),
            (Role.SUPERVISOR, "update claim set death_seen_at = now(), death_seen_by = 1"),
            (Role.CLINICAL, "update claim set first_contact_at = reported_at, first_contact_by = {me}"),
        ],
    )
    def test_not_by_hand_either(self, desk, claim, client, role, statement):
        person = factories.staff(role, client)
        with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement.format(me=person.staff_id))

    def test_an_acknowledgement_stays(self, desk, claim, boss):
        acknowledge(boss, claim)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("update claim set death_seen_at = null, death_seen_by = null")

    def test_an_attempt_by_hand_is_refused(self, desk, claim, va):
        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute(
                "select desk_log_attempt(%s, %s, now(), 'worker', 'phone', 'voicemail', false, null, null)",
                (claim.client_id, claim.claim_id),
            )

    def test_a_date_of_death_by_hand_is_on_the_record_too(self, desk, client, va):
        claim = factories.claim(client)
        with desk.app(va.staff_id) as db:
            db.execute("update claim set date_of_death = '2026-11-24' where claim_id = %s", (claim,))

        assert one(desk, "select actor_id, noun_id from audit_event where noun_id = %s", claim) == (va.staff_id, claim)


class TestADeathLearntLater:
    def test_takes_the_claim_off_the_queue_and_settles_what_only_a_call_needs(self, desk, client, va, boss):
        claim = report(va, client)
        doubt(desk, claim, "reach", "phone_unreadable")

        record(va, claim)

        assert waiting(boss) == {}
        assert "reach" not in {element for element, _ in reasons(desk)}
        assert one(desk, "select count(*) from intake_question where unobtainable_why = 'The worker died.'") == 4
        assert open_(va, client, claim.claim_id).timeline[0].kind == "death_reported"

    def test_can_be_the_answer_to_what_could_not_be_read(self, desk, client, va, boss):
        claim = report(va, client, FULL)
        doubt(desk, claim, "date_of_death", "unreadable", "The file says 'deceased'; that is no date of death.")

        answer(va, claim, "date_of_death", "2026-11-23", reason="unreadable")

        assert one(desk, "select date_of_death from claim") == DIED
        assert waiting(boss) == {}

    def test_is_recorded_once_and_not_in_the_future(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(intake.DeathInTheFuture):
            record(va, claim, date(2026, 11, 25))
        record(va, claim)
        with pytest.raises(intake.DeathKnown):
            record(va, claim)


class TestCorrectingADeath:
    def test_that_was_typed_in_error_lets_the_clock_run_as_before(self, desk, client, va, boss):
        claim = report(va, client)
        due_at, before = one(desk, "select due_at from claim"), reasons(desk)
        record(va, claim)
        acknowledge(boss, claim)

        correct(boss, claim, None)

        assert one(desk, "select due_at, date_of_death, death_seen_at from claim") == (due_at, None, None)
        assert reasons(desk) == before
        assert list(waiting(boss)) == [(client, claim.claim_id)]
        assert attempt(va, claim).attempt_id
        assert one(desk, "select actor_id from audit_event where verb = 'death_withdrawn'") == boss.staff_id
        told = {each.kind: each.detail for each in open_(boss, client, claim.claim_id).timeline}
        assert told["death_withdrawn"] == {"why": "It was another claim's."}

    def test_of_a_claim_reported_with_it_asks_what_was_not_asked(self, desk, client, va, boss):
        claim = report(va, client, replace(FULL, phone=None, language=None, date_of_death=DIED))
        assert reasons(desk) == set()

        correct(boss, claim, None)

        assert reasons(desk) == {("reach", "missing"), ("language", "missing")}

    def test_to_another_day_settles_the_doubt(self, desk, client, va, boss):
        claim = report(va, client, replace(FULL, date_of_death=date(2026, 11, 22)))

        correct(boss, claim, DIED)

        assert (reasons(desk), one(desk, "select flags from claim")) == (set(), [])
        assert one(desk, "select actor_id from audit_event where verb = 'death_corrected'") == boss.staff_id

    def test_is_a_supervisors_with_a_reason(self, client, va, boss):
        claim = report(va, client, replace(FULL, date_of_death=DIED))

        with pytest.raises(NotAllowed):
            correct(va, claim, None)
        with pytest.raises(NotAllowed):
            acknowledge(va, claim)
        with pytest.raises(NoReason):
            correct(boss, claim, None, reason=" ")
        with pytest.raises(TooLong, match=r"^The reason for the correction holds at most 500 characters"):
            correct(boss, claim, None, reason="x" * 501)
        with pytest.raises(intake.DeathNotKnown):
            correct(boss, report(va, client, LEAST), None)

    def test_is_not_an_answer_of_intake(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_death=date(2026, 11, 22)))

        with pytest.raises(intake.DeathIsCorrected):
            answer(va, claim, "date_of_death", "2026-11-23", reason="death_before_injury")


@pytest.mark.parametrize("reported", [NOW - timedelta(days=3), NOW - timedelta(hours=2)], ids=["missed", "running"])
@pytest.mark.parametrize("of", ["all", "client", "state", "assignee"])
def test_first_contact_counts_the_claim_only_while_the_worker_lives(desk, client, va, boss, reported, of):
    claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 20), reported_at=reported))
    with desk.owner() as db:
        db.execute("update claim set assignee_id = %s, assigned_at = reported_at", (va.staff_id,))
    some = {
        "all": {},
        "client": {"clients": frozenset({client})},
        "state": {"jurisdictions": frozenset({"IL"})},
        "assignee": {"assignees": frozenset({va.staff_id})},
    }[of]

    def counted():
        question = replace(WEEK, **some)
        cells = frozenset(product(range(1, 8), range(24)))
        with transaction(boss) as tx:
            behind = first_contact.claims_behind(boss, tx, question, cells=cells, at=NOW)
        return sum(each[0] for each in cells_of(counted_of(boss, question)).values()), len(behind)

    before = counted()
    record(va, claim)
    without = counted()
    correct(boss, claim, None)

    assert (before, without, counted()) == ((1, 1), (0, 0), (1, 1))


def test_a_hire_after_the_injury_is_asked_about_until_its_day_is_said(desk, client, va):
    claim = report(va, client, replace(FULL, date_of_hire=date(2026, 11, 24)))
    assert reasons(desk) == {("date_of_injury", "hired_after_injury")}

    answer(va, claim, "date_of_injury", "11/23/2026", reason="hired_after_injury")
    assert reasons(desk) == set()
    assert one(desk, "select flags from claim") == []
