"""Logging an attempt: what is kept of it, and what nobody may."""

import threading
from uuid import uuid4

import psycopg
import pytest

from core import contact
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from core.contact import Method, Outcome
from core.refusal import TooLong
from tests import factories
from tests.core.contact.work import count, log, one, pause, reach, state


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

    assert len(said) == 1


def test_no_social_security_number_is_kept_in_a_note_or_a_reason(desk, client):
    va, claim = factories.staff(Role.VA, client), factories.claim(client)

    log(va, client, claim, note="Asked for 900-12-7001.")
    pause(factories.staff(Role.SUPERVISOR, client), client, claim, reason="Waits for 900 12 7001.")

    assert one(desk, "select note from contact_attempt") == "Asked for (number removed)."
    assert one(desk, "select reason from clock_pause") == "Waits for (number removed)."
