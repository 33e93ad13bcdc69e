"""Every cell of the matrix of role and action, held against the database by SQL typed by hand."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest

from core.access import MATRIX, SEES_ALL_CLIENTS, Action, Actor, NotAllowed, Role, Scope, require
from tests import factories

Probe = Callable[[psycopg.Connection, Actor, int, int], bool]
"""Try the action's statement on one claim of one client; tell whether the database did it."""


def _rows(statement: str) -> Probe:
    def probe(db: psycopg.Connection, actor: Actor, client: int, claim: int) -> bool:
        values = {"me": actor.staff_id, "client": client, "claim": claim, "now": factories.NOW}
        return (db.execute(statement, values).rowcount or 0) > 0

    return probe


_REPORT = (
    "insert into injured_worker (client_id, family_name, given_name, family_key, given_key)"
    " values (%(client)s, 'A', 'B', 'a', 'b')"
)
_ATTEMPT = (
    "select 1 where desk_log_attempt(%(client)s::int, %(claim)s, %(now)s, 'worker', 'phone', '{}', {}, null, null)"
    " is not null"
)
_PROMISE = (
    "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar,"
    " set_by) values (%(client)s, %(now)s, 48, 'elapsed', 'UTC', '08:00-17:00', '{1}', 'US', %(me)s)"
)

_REQUIRE = (
    "insert into intake_requirement (element, client_id, asked, effective_from, why, sureness, proposed_by, proposed_at)"
    " values ('occupation', %(client)s, 'required', '2100-01-01', 'x', 'knowledge', %(me)s, %(now)s)"
)

_ACKNOWLEDGE = "update claim set death_seen_at = %(now)s, death_seen_by = %(me)s where claim_id = %(claim)s"


def _of_a_death(statement: str) -> Probe:
    """Have the worker die first, which whoever works the intake records."""

    def probe(db: psycopg.Connection, actor: Actor, client: int, claim: int) -> bool:
        db.execute("update claim set date_of_death = date_of_injury where claim_id = %s", (claim,))
        return _rows(statement)(db, actor, client, claim)

    return probe


_STRIKE = (
    "select desk_strike_first_contact(%(client)s, (select claim_id from claim where client_id = %(client)s"
    " and first_contact_at is not null), 'mistaken')"
)


def _of_ones_own(statement: str) -> Probe:
    """Take the claim first."""

    def probe(db: psycopg.Connection, actor: Actor, client: int, claim: int) -> bool:
        db.execute("update claim set assignee_id = %s, assigned_at = %s where claim_id = %s", (
            actor.staff_id, factories.NOW, claim,
        ))  # fmt: skip
        return _rows(statement)(db, actor, client, claim)

    return probe


_CALL = (
    "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by, override_why)"
    " select %(client)s, %(claim)s, c.staff_id, t, t + interval '30 minutes', now(), %(me)s, {}"
    " from (select max(staff_id) as staff_id from reaches where client_id = %(client)s"
    "        and desk_is_clinical(staff_id)) c, date_trunc('minute', now() + interval '1 day') t"
)
_ENDED = (
    "update triage_call set status = 'done', changed_at = starts_at, changed_by = %(me)s"
    " where client_id = %(client)s and status = 'booked'"
)
_CALENDAR = (
    "insert into clinician (staff_id, hours, set_at, set_by)"
    " select s.staff_id, array_fill(''::text, array[7]), now(), %(me)s from staff s"
    " where desk_is_clinical(s.staff_id) and exists (select from reaches r where (r.staff_id, r.client_id)"
    " = (s.staff_id, %(client)s)) and (s.staff_id = %(me)s or desk_supervises())"
    " on conflict do nothing"
)


def _with_another(statement: str) -> Probe:
    """Have another claim of the client, reported first."""

    def probe(db: psycopg.Connection, actor: Actor, client: int, claim: int) -> bool:
        other = factories.claim(client, reported_at=factories.NOW - timedelta(days=1))
        values = {"client": client, "claim": claim, "other": other, "now": factories.NOW}
        return (db.execute(statement, values).rowcount or 0) > 0

    return probe


_AGING = (
    "select 1 from desk_authorization_aging('client', array[%(client)s::int], null, %(now)s, '{}', '{}', '{}', '{}')"
)

PROBES: dict[Action, Probe] = {
    Action.IDENTITY_READ: _rows(
        "select 1 from injured_worker join claim using (client_id, worker_id) where claim.claim_id = %(claim)s"
    ),
    Action.CLAIM_READ: _rows("select 1 from claim_event where claim_id = %(claim)s"),
    Action.QUEUE_WATCH: _rows("select 1 from claim where claim_id = %(claim)s and first_contact_at is null"),
    Action.AGING_READ: _rows(_AGING),
    Action.AGING_DRILL: _rows("select 1 from authorization_request where client_id = %(client)s"),
    Action.MEASURES_READ: _rows("select 1 from fact_delta where client_id = %(client)s"),
    Action.CLAIM_REPORT: _rows(_REPORT),
    Action.CLAIM_IMPORT: _rows(
        "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
        " values (%(client)s, 'claims', 'f', %(now)s, %(me)s, 'done')"
    ),
    Action.INTAKE_WORK: _rows(
        "update intake_question set answered_at = %(now)s, answered_by = %(me)s where claim_id = %(claim)s"
    ),
    Action.REPORT_CORRECT: _rows(
        "update claim set reported_at = reported_at - interval '1 hour' where claim_id = %(claim)s"
    ),
    Action.DEATH_SETTLE: _of_a_death(_ACKNOWLEDGE),
    Action.CLOCK_PAUSE: _rows(
        "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
        " values (%(client)s, %(claim)s, %(now)s, 'attorney', %(me)s)"
    ),
    Action.ATTEMPT_LOG: _rows(_ATTEMPT.format("voicemail", "false")),
    Action.FIRST_CONTACT_RECORD: _rows(_ATTEMPT.format("reached", "true")),
    Action.FIRST_CONTACT_STRIKE: _rows(_STRIKE),
    Action.CALL_BOOK: _rows(_CALL.format("null")),
    Action.CALL_OVERRIDE: _rows(_CALL.format("'urgent'")),
    Action.CALL_END: _rows(_ENDED),
    Action.CALENDAR_SET: _rows(_CALENDAR),
    Action.CLAIM_TAKE: _rows("update claim set assignee_id = %(me)s, assigned_at = %(now)s where claim_id = %(claim)s"),
    Action.CLAIM_HAND_OVER: _of_ones_own(
        "insert into hand_over (client_id, claim_id, given_at, given_by, to_id, note)"
        " values (%(client)s, %(claim)s, %(now)s, %(me)s, 1, 'x')"
    ),
    Action.CLAIM_ASSIGN: _rows("update claim set assignee_id = 1, assigned_at = %(now)s where claim_id = %(claim)s"),
    Action.CLAIM_CLOSE: _rows("select desk_close_claim(%(client)s, %(claim)s, 'withdrawn')"),
    Action.CLAIM_MERGE: _with_another("select desk_merge_claims(%(client)s, %(other)s, %(claim)s, %(now)s)"),
    Action.FILE_READ: _rows("select 1 from file where client_id = %(client)s"),
    Action.FILE_KEEP: _rows(
        "insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by)"
        " values (%(client)s, 'text', 'f', 1, sha256('y'), %(now)s, %(me)s)"
    ),
    Action.CONDITION_SET: _rows(
        "insert into claim_condition (client_id, claim_id, words, status, since, set_at, set_by)"
        " values (%(client)s, %(claim)s, 'Sprain', 'alleged', '2026-11-23', %(now)s, %(me)s)"
    ),
    Action.CLAIM_DISCLOSE: _rows(
        "insert into disclosure (client_id, claim_id, digest, recipient, purpose, at, by_id)"
        " values (%(client)s, %(claim)s, sha256('x'), 'Dr. Ames', 'treatment', %(now)s, %(me)s)"
    ),
    Action.AUTHORIZATION_WORK: _rows(
        "update authorization_request set tolled_at = %(now)s, change = 'tolled', change_why = 'x',"
        " changed_at = %(now)s, changed_by = %(me)s, version = version + 1 where claim_id = %(claim)s"
    ),
    Action.AUTHORIZATION_IMPORT: _rows(
        "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
        " values (%(client)s, 'authorizations', 'f', %(now)s, %(me)s, 'done')"
    ),
    Action.AUTHORIZATION_DETERMINE: _rows(
        "insert into determination (client_id, claim_id, request_id, outcome, reviewer_name, decided_at, decided_by,"
        " recorded_at) values (%(client)s, %(claim)s, (select request_id from authorization_request"
        " where claim_id = %(claim)s), 'approved', 'RN', %(now)s, %(me)s, %(now)s)"
    ),
    Action.REFERRAL_MAKE: _rows(
        "insert into referral (client_id, claim_id, taxonomy_code, specialty, referred_by, outside_name, outside_why, made_at,"
        " made_by, confirm_provider_by, confirm_worker_by)"
        " values (%(client)s, %(claim)s, '207X00000X', 'Orthopaedic Surgery', 'Dr. Ames', 'Dr. Far', 'urgent', %(now)s,"
        " %(me)s, %(now)s + interval '1 day', %(now)s + interval '2 days')"
    ),
    Action.COVER_SET: _rows(
        "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
        " select %(client)s, staff_id, now(), now() + interval '1 day', 'leave', %(me)s from staff where role = 'va'"
    ),
    Action.AUDIT_READ: _rows("select 1 from desk_audit_lines(10)"),
    Action.CLIENTS_MANAGE: _rows(_PROMISE),
    Action.RULES_MANAGE: _rows(_REQUIRE),
    Action.PEOPLE_MANAGE: _rows("update staff set version = version + 1 where sign_in_name <> 'command-line'"),
}
"""One statement for each action that the database itself can tell apart."""

MORE_THAN_THE_ROLE = {
    # The database knows frames of claims, not screens: these see the same rows for other work.
    (Role.COMPLIANCE, Action.QUEUE_WATCH): "reads any claim",
    (Role.COMPLIANCE, Action.AGING_DRILL): "reads any claim",
    (Role.VA, Action.MEASURES_READ): "counts of the clients served hold no identity",
    (Role.CLINICAL, Action.MEASURES_READ): "counts of the clients served hold no identity",
}
SCREEN_ONLY = {
    Action.LIVE_WATCH: "the same rows as the queue",
    Action.MEASURES_DRILL: "the same rows as the queue",
    Action.MEASURES_EXPORT: "the same rows as the measures",
    Action.STATUS_READ: "reads no record",
}


def _done(desk, actor: Actor, probe: Probe, client: int, claim: int) -> bool:
    with desk.app(actor.staff_id) as db:
        db.autocommit = False
        try:
            return probe(db, actor, client, claim)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation):
            return False
        finally:
            db.rollback()


def test_every_action_is_held_by_a_role_and_probed_or_explained() -> None:
    for action in Action:
        assert any(MATRIX[role][action] is not Scope.NONE for role in Role), action
    assert set(PROBES) | set(SCREEN_ONLY) == set(Action)
    assert not set(PROBES) & set(SCREEN_ONLY)


def test_every_cell_holds_by_sql_typed_by_hand(desk, record_property) -> None:
    served, foreign = factories.client(), factories.client()
    people = {role: factories.staff(role, served) for role in Role}
    claims = {
        client: factories.claim(client, reported_at=factories.NOW - timedelta(hours=3)) for client in (served, foreign)
    }
    with desk.owner() as db:
        for client, claim in claims.items():
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, 'reach', 'x', %s)",
                (client, claim, factories.NOW),
            )
            factories.authorization(client, claim)
            db.execute(
                "insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by)"
                " values (%s, 'text', 'f', 1, sha256('x'), %s, 1)",
                (client, factories.NOW),
            )
            factories.first_contact(client, factories.claim(client), people[Role.CLINICAL])
            db.execute(
                "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
                " select %s, %s, %s, t, t + interval '30 minutes', now(), 1 from date_trunc('minute', now()) t",
                (client, factories.claim(client), factories.staff(Role.CLINICAL, client).staff_id),
            )
        db.execute("insert into audit_event (actor_id, noun, noun_id, verb) values (0, 'x', 0, 'x')")
    cells = 0
    for role, actor in people.items():
        for action, probe in PROBES.items():
            scope = MATRIX[role][action]
            for client, claim in claims.items():
                expected = scope is Scope.ALL or (scope is Scope.SERVED and client == served)
                got = _done(desk, actor, probe, client, claim)
                if got and not expected and client == served and (role, action) in MORE_THAN_THE_ROLE:
                    expected = True
                if got and role is Role.COMPLIANCE and (role, action) in MORE_THAN_THE_ROLE:
                    expected = True
                assert got == expected, f"{role} {action} on {'own' if client == served else 'foreign'} client: {got}"
                cells += 1
    record_property("says", f"access matrix: {cells} cells held by SQL in the application's role")
    assert cells == len(Role) * len(PROBES) * 2


@pytest.mark.parametrize(
    "statement",
    [
        _ACKNOWLEDGE,
        "update claim set date_of_death = null where claim_id = %(claim)s",
        "update claim set date_of_death = date_of_death - 1 where claim_id = %(claim)s",
    ],
    ids=["acknowledge", "withdraw", "correct"],
)
def test_a_death_is_settled_by_whom_the_matrix_says(desk, statement: str) -> None:
    client = factories.client()
    claim = factories.claim(client)
    people = {role: factories.staff(role, client) for role in Role}

    by = {role for role, person in people.items() if _done(desk, person, _of_a_death(statement), client, claim)}

    assert by == {role for role in Role if MATRIX[role][Action.DEATH_SETTLE] is not Scope.NONE}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    "statement",
    [
        "insert into client (code, name, timezone) values ('NEW', 'New', 'UTC')",
        "update client set name = name || '.' where client_id = %(client)s",
        _PROMISE,
    ],
    ids=["add a client", "change a client", "add a promise"],
)
def test_clients_and_promises_are_kept_by_whom_the_matrix_says(desk, role: Role, statement: str) -> None:
    client = factories.client()
    person = factories.staff(role, client)

    done = _done(desk, person, _rows(statement), client, factories.claim(client))

    assert done == (MATRIX[role][Action.CLIENTS_MANAGE] is Scope.ALL)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_takes_a_client_or_a_promise_away_or_changes_what_was_promised(desk, role: Role) -> None:
    client = factories.client()
    person = factories.staff(role, client)
    for statement in ("delete from sla_policy", "delete from client", "update sla_policy set hours = 48"):
        assert not _done(desk, person, _rows(f"{statement} where client_id = %(client)s"), client, 0)


def test_the_database_and_the_code_agree_on_who_sees_all_clients(desk) -> None:
    for role in Role:
        person = factories.staff(role)
        with desk.app(person.staff_id) as db:
            assert db.execute("select desk_sees_all()").fetchone() == (role in SEES_ALL_CLIENTS,)


def test_a_claim_that_is_assigned_to_a_person_opens_no_other_clients_records(desk) -> None:
    other = factories.client()
    holder = factories.staff(Role.VA, factories.client())
    factories.claim(other, assignee=holder.staff_id)
    with desk.app(holder.staff_id) as db:
        for table in ("claim", "injured_worker", "claim_narrative", "claim_event"):
            assert db.execute(f"select count(*) from {table}").fetchone() == (0,), table
        assert db.execute("select count(*) from client where client_id = %s", (other,)).fetchone() == (0,)


def test_a_person_who_is_no_longer_active_sees_nothing(desk) -> None:
    client = factories.client()
    supervisor = factories.staff(Role.SUPERVISOR)
    factories.claim(client)
    with desk.owner() as db:
        db.execute("update staff set active = false where staff_id = %s", (supervisor.staff_id,))
    with desk.app(supervisor.staff_id) as db:
        assert db.execute("select count(*) from claim").fetchone() == (0,)


def test_the_same_connection_serves_two_people_in_turn_without_a_trace(desk) -> None:
    one, two = factories.client(), factories.client()
    first, second = factories.staff(Role.VA, one), factories.staff(Role.VA, two)
    factories.claim(one)
    factories.claim(two)
    with desk.app() as db:
        for person, client in ((first, one), (second, two), (first, one)):
            with db.transaction():
                db.execute("select set_config('desk.staff', %s, true)", (str(person.staff_id),))
                assert db.execute("select client_id from claim").fetchall() == [(client,)]
        assert db.execute("select count(*) from claim").fetchone() == (0,)


@pytest.mark.parametrize("role", list(Role))
def test_require_answers_as_the_matrix_says(role: Role) -> None:
    actor = Actor(1, "x", "x", role, "UTC")
    for action in Action:
        if MATRIX[role][action] is Scope.NONE:
            with pytest.raises(NotAllowed):
                require(actor, action)
        else:
            require(actor, action)
