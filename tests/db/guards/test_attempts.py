"""Contact attempts, held against SQL typed by hand."""

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.db.guards.book import (
    BOSS,
    HELD,
    NONE,
    REACHED,
    WORKERS,
    Book,
    logs_attempt,
)


class TestTheCallThatLogsAnAttempt:
    """It is the owner's, beneath the policies: it asks itself what they ask of an attempt inserted by hand."""

    def test_is_answered_to_whoever_works_on_the_clients_claims(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, logs_attempt())} == WORKERS
        assert book.value("select count(*) from contact_attempt") == len(WORKERS)
        assert book.value("select count(*) from audit_event e join contact_attempt a on a.by_id = e.actor_id"
                          " and a.attempt_id = (e.detail ->> 'attempt')::int where e.verb = 'attempt_logged'"
                          " and e.noun_id = {claim}") == len(WORKERS)  # fmt: skip

    def test_records_a_first_contact_for_clinical_staff_alone(self, book: Book) -> None:
        reached = logs_attempt(outcome="reached", substantive="true")
        assert {role for role in Role if book.does(role, reached, HELD, REACHED)} == {Role.CLINICAL}
        assert book.value("select verb from audit_event") == "first_contact_recorded"
        for role in BOSS | {Role.VA}:  # refused by the call itself, before their claim could be without the contact
            with book.desk.app(book.people[role]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
                db.execute(reached.format(**book.names).encode())

    def test_is_refused_on_a_client_whom_one_does_not_serve(self, book: Book) -> None:
        theirs = factories.claim(book.other)
        logged = logs_attempt(client="other").replace("{claim}", str(theirs))
        assert {role for role in Role if book.does(role, logged)} == BOSS
        assert {role for role in Role if book.does(role, logs_attempt(client="other"))} == NONE, "it is not their claim"

    def test_is_refused_to_whoever_may_no_longer_sign_in(self, book: Book) -> None:
        book.given("update staff set active = false where role = 'va'")
        assert not book.does(Role.VA, logs_attempt())

    def test_records_no_first_contact_of_a_closed_claim(self, book: Book) -> None:
        book.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        reached = logs_attempt(outcome="reached", substantive="true").format(**book.names)
        with book.desk.app(book.people[Role.CLINICAL]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
            db.execute(reached.encode())
        assert book.does(Role.CLINICAL, logs_attempt())

    def test_is_refused_for_a_worker_who_has_died(self, book: Book) -> None:
        book.given("update claim set date_of_death = '2026-11-24' where claim_id = {claim}")
        assert not book.does(Role.VA, logs_attempt())
        assert book.does(Role.VA, logs_attempt(party="employer"))


def test_an_attempt_comes_in_by_its_call_alone(book: Book) -> None:
    tried = (
        "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
        " values ({client}, {claim}, '{reported}', {me}, 'worker', 'phone', 'voicemail')"
    )
    assert {role for role in Role if book.does(role, tried)} == NONE


@pytest.mark.parametrize(
    ("method", "outcome", "fits"),
    [
        ("letter", "voicemail", False),
        ("email", "no_answer", False),
        ("in_person", "sent", False),
        ("letter", "sent", True),
    ],
)
def test_an_attempt_ends_as_its_method_can(book: Book, method: str, outcome: str, fits: bool) -> None:
    logged = logs_attempt(outcome=outcome).replace("'phone'", f"'{method}'")
    assert book.does(Role.VA, logged) is fits
