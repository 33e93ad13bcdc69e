"""Contact: attempts, the first contact that stops the clock, and the clock that stands still."""

import re
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from core.contact import Method, Outcome, Party
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.factories import NOW


@pytest.fixture
def client(desk):
    return factories.client()


def log(actor, client, claim, *, request=None, **changes):
    said = {"party": Party.WORKER, "method": Method.PHONE, "outcome": Outcome.VOICEMAIL, "note": None, **changes}
    with transaction(actor) as tx:
        return contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, at=NOW, request=request or uuid4(), **said
        )


def reach(actor, client, claim, *, at=NOW, request=None, method=Method.PHONE):
    with transaction(actor) as tx:
        return contact.record_first_contact(
            actor, tx, client_id=client, claim_id=claim, held=factories.held(method=method), at=at,
            request=request or uuid4(),
        )  # fmt: skip


def pause(actor, client, claim, *, at=NOW, reason="The worker is in surgery."):
    with transaction(actor) as tx:
        contact.pause_clock(actor, tx, client_id=client, claim_id=claim, reason=reason, at=at)


def resume(actor, client, claim, *, at):
    with transaction(actor) as tx:
        return contact.resume_clock(actor, tx, client_id=client, claim_id=claim, at=at)


def one(desk, statement, *values):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def count(desk, table):
    return one(desk, f"select count(*) from {table}")


def state(desk, claim):
    """Everything that an act on *claim* could change, counted or copied."""
    return (
        one(desk, "select due_at, first_contact_at, version from claim where claim_id = %s", claim),
        [
            count(desk, table)
            for table in ("contact_attempt", "claim_event", "audit_event", "clock_pause", "fact_delta")
        ],
    )


class TestLogAttempt:
    def test_puts_the_attempt_on_the_claim_and_on_the_record(self, desk, client):
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client)

        logged = log(va, client, claim, note="Call after six.")

        assert one(
            desk, "select by_id, party, method, outcome, substantive, note from contact_attempt where attempt_id = %s",
            logged.attempt_id,
        ) == (va.staff_id, "worker", "phone", "voicemail", False, "Call after six.")  # fmt: skip
        assert one(desk, "select actor_id, client_id, noun, noun_id, verb, detail from audit_event") == (
            va.staff_id, client, "claim", claim, "attempt_logged",
            {"attempt": logged.attempt_id, "party": "worker", "method": "phone", "outcome": "voicemail"},
        )  # fmt: skip

    def test_never_stops_the_clock_even_where_the_worker_was_reached(self, desk, client):
        claim = factories.claim(client)

        log(factories.staff(Role.CLINICAL, client), client, claim, outcome=Outcome.REACHED)

        assert one(desk, "select first_contact_at from claim") is None

    def test_the_same_form_sent_twice_logs_once_and_says_so(self, desk, client):
        va, claim, request = factories.staff(Role.VA, client), factories.claim(client), uuid4()

        first = log(va, client, claim, request=request)
        second = log(va, client, claim, request=request)

        assert (first.again, second.again) == (False, True)
        assert second.attempt_id == first.attempt_id
        assert count(desk, "contact_attempt") == count(desk, "audit_event") == 1

    def test_two_clicks_at_the_same_moment_log_once(self, desk, client):
        va, claim, request = factories.staff(Role.VA, client), factories.claim(client), uuid4()
        together = threading.Barrier(2)
        answers = []

        def click():
            together.wait()
            answers.append(log(va, client, claim, request=request).again)

        clicks = [threading.Thread(target=click) for _ in range(2)]
        for each in clicks:
            each.start()
        for each in clicks:
            each.join()

        assert sorted(answers) == [False, True]
        assert count(desk, "contact_attempt") == 1

    def test_announces_the_claim_and_nothing_of_the_person(self, desk, client):
        claim = factories.claim(client)
        with desk.app() as listener:
            listener.execute("listen desk_claim")
            log(factories.staff(Role.VA, client), client, claim, note="Secret words.")
            heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=1)]

        assert heard == [f'{{"client": {client}, "claims": [{claim}]}}']

    @pytest.mark.parametrize(
        ("method", "outcome"),
        [(Method.LETTER, Outcome.REACHED), (Method.PHONE, Outcome.SENT), (Method.EMAIL, Outcome.VOICEMAIL)],
    )
    def test_refuses_an_outcome_that_the_method_cannot_have(self, desk, client, method, outcome):
        claim = factories.claim(client)

        with pytest.raises(contact.OutcomeDoesNotFit):
            log(factories.staff(Role.VA, client), client, claim, method=method, outcome=outcome)

        assert count(desk, "contact_attempt") == 0

    def test_a_note_with_a_nul_from_the_clipboard_is_kept_without_it(self, desk, client):
        claim = factories.claim(client)

        log(factories.staff(Role.VA, client), client, claim, note="left a\0 message")

        assert one(desk, "select note from contact_attempt") == "left a message"

    def test_refuses_a_note_longer_than_a_note_may_be(self, desk, client):
        with pytest.raises(TooLong):
            log(factories.staff(Role.VA, client), client, factories.claim(client), note="x" * 4001)

    def test_a_claim_of_another_client_does_not_exist_and_the_try_is_on_record(self, desk, client):
        va = factories.staff(Role.VA, client)
        elsewhere = factories.client()
        claim = factories.claim(elsewhere)

        with pytest.raises(NoSuchClaim):
            log(va, elsewhere, claim)

        assert count(desk, "contact_attempt") == 0
        assert one(desk, "select actor_id, verb, noun, noun_id, client_id from audit_event") == (
            va.staff_id, "refused", "claim", claim, elsewhere,
        )  # fmt: skip

    def test_a_claim_that_is_nowhere_does_not_exist_either(self, desk, client):
        with pytest.raises(NoSuchClaim):
            log(factories.staff(Role.VA, client), client, 999)

    def test_one_who_covers_for_another_logs_on_the_claim_handed_over(self, desk, client):
        covering = factories.staff(Role.VA)
        claim = factories.claim(client, assignee=covering.staff_id)
        factories.cover(client, covering)

        assert not log(covering, client, claim).again

    @pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
    def test_is_not_part_of_the_role_and_the_refusal_is_on_record(self, desk, client, role):
        person = factories.staff(role, client)

        with pytest.raises(NotAllowed):
            log(person, client, factories.claim(client))

        assert count(desk, "contact_attempt") == 0
        assert one(desk, "select actor_id, verb from audit_event") == (person.staff_id, "refused")


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


class TestNothingHappensOffTheRecord:
    """A failed audit insert undoes the act."""

    @pytest.fixture
    def record_broken(self, desk):
        def break_it():
            with desk.owner() as db:
                db.execute("revoke insert on audit_event from desk_app, desk_owner")

        return break_it

    @pytest.mark.parametrize(
        ("role", "act"),
        [
            (Role.VA, log),
            (Role.CLINICAL, reach),
            (Role.SUPERVISOR, pause),
        ],
        ids=["an attempt", "a first contact", "a pause"],
    )
    def test_undoes(self, desk, client, record_broken, role, act):
        person, claim = factories.staff(role, client), factories.claim(client)
        record_broken()
        before = state(desk, claim)

        with pytest.raises(Exception, match="permission denied"):
            act(person, client, claim)

        assert state(desk, claim) == before


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
                version=1,
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


class TestPause:
    @pytest.mark.parametrize("minutes", [-1, 0, 1], ids=["before", "at", "after"])
    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_stands_in_the_database_as_it_does_in_the_deadline(self, desk, clock, minutes):
        client = factories.client(clock=clock, hours=3)
        due_at = NOW + timedelta(hours=1)
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=2), due_at=due_at)
        if clock == "business":
            claim = factories.claim(client, reported_at=NOW - timedelta(hours=5), due_at=NOW + timedelta(hours=2))
            due_at = NOW + timedelta(hours=2)
        boss = factories.staff(Role.SUPERVISOR)
        pause(boss, client, claim, at=due_at + timedelta(minutes=minutes))

        with transaction(boss) as tx:
            deadline = contact.explain(boss, tx, client, claim)

        assert deadline.due_at == due_at
        assert (deadline.lasting_pause is not None) is (minutes < 0)
        stands = "select desk_stands_still(starts_at, ends_at, due_at) from clock_pause join claim using (client_id, claim_id)"
        assert one(desk, stands) is (minutes < 0)

    def test_moves_the_deadline_by_as_long_as_it_lasted(self, desk, client):
        boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client)
        due_before = one(desk, "select due_at from claim")
        pause(boss, client, claim, at=NOW)

        due_at = resume(boss, client, claim, at=NOW + timedelta(hours=5))

        assert due_at == due_before + timedelta(hours=5) == one(desk, "select due_at from claim")

    def test_is_a_supervisors(self, desk, client):
        with pytest.raises(NotAllowed):
            pause(factories.staff(Role.VA, client), client, factories.claim(client))

    def test_needs_a_reason(self, desk, client):
        with pytest.raises(NoReason):
            pause(factories.staff(Role.SUPERVISOR), client, factories.claim(client), reason="  ")

    def test_takes_no_reason_beyond_its_limit(self, desk, client):
        with pytest.raises(TooLong, match=r"^The reason for the pause holds at most 500 characters"):
            pause(factories.staff(Role.SUPERVISOR), client, factories.claim(client), reason="x" * 501)

    def test_nor_by_sql_typed_by_hand(self, desk, client):
        va, claim = factories.staff(Role.VA, client), factories.claim(client)

        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(
                "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
                f" values ({client}, {claim}, now(), 'I said so', {va.staff_id})"
            )

    def test_cannot_be_doubled(self, desk, client):
        boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client)
        pause(boss, client, claim)

        with pytest.raises(contact.AlreadyPaused):
            pause(boss, client, claim, at=NOW + timedelta(hours=1))

    def test_needs_a_running_clock(self, desk, client):
        claim = factories.claim(client)
        reach(factories.staff(Role.CLINICAL, client), client, claim)

        with pytest.raises(contact.ClockNotRunning):
            pause(factories.staff(Role.SUPERVISOR), client, claim)

    def test_only_what_stands_still_can_be_resumed(self, desk, client):
        with pytest.raises(contact.NotPaused):
            resume(factories.staff(Role.SUPERVISOR), client, factories.claim(client), at=NOW)


class TestExplain:
    def explain(self, actor, client, claim):
        with transaction(actor) as tx:
            return contact.explain(actor, tx, client, claim)

    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_arrives_at_the_stored_deadline_however_it_was_paused(self, desk, clock):
        client = factories.client(clock=clock, hours=10)
        boss = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, reported_at=NOW, due_at=NOW + timedelta(hours=10))
        pause(boss, client, claim, at=NOW + timedelta(hours=1))
        due_at = resume(boss, client, claim, at=NOW + timedelta(hours=3))

        deadline = self.explain(boss, client, claim)

        assert deadline.due_at == due_at == one(desk, "select due_at from claim")

    def test_names_who_paused_and_why(self, desk, client):
        boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client, reported_at=NOW)
        pause(boss, client, claim, at=NOW + timedelta(hours=1), reason="In surgery.")
        resume(boss, client, claim, at=NOW + timedelta(hours=2))

        told = str(self.explain(boss, client, claim).steps)

        assert "In surgery." in told
        assert boss.name in told

    def test_does_not_explain_what_is_not_yours(self, desk, client):
        with pytest.raises(NoSuchClaim):
            self.explain(factories.staff(Role.VA), client, factories.claim(client))


def test_logging_is_one_statement(desk, client, monkeypatch):
    """The hot path: whatever is added to it goes into the same round trip."""
    va, claim = factories.staff(Role.VA, client), factories.claim(client)
    said = []
    execute = psycopg.Cursor.execute

    def noted(cursor, statement, *more, **options):
        said.append(str(statement))
        return execute(cursor, statement, *more, **options)

    log(va, client, claim)  # a new connection is asked this and that
    monkeypatch.setattr(psycopg.Cursor, "execute", noted)

    log(va, client, claim)

    assert [bool(re.search("desk.staff", s)) for s in said] == [True, False]


def test_no_social_security_number_is_kept_in_a_note_or_a_reason(desk, client):
    va, claim = factories.staff(Role.VA, client), factories.claim(client)

    log(va, client, claim, note="Asked for 900-12-7001.")
    pause(factories.staff(Role.SUPERVISOR, client), client, claim, reason="Waits for 900 12 7001.")

    assert one(desk, "select note from contact_attempt") == "Asked for (number removed)."
    assert one(desk, "select reason from clock_pause") == "Waits for (number removed)."
