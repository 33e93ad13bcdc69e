"""Handing claims out: who may, to whom, all or none, and what stays on the record."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from core import assignees, assignment, contact, queue
from core import claims as claims_service
from core.access import Actor, NotAllowed, Role
from core.claims import NoSuchClaim
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


def assign(actor: Actor, claims: list[tuple[int, int]], to: int | None) -> assignment.Assigned:
    with transaction(actor) as tx:
        return assignment.assign(actor, tx, claims=claims, to=to, at=NOW)


def whose(desk, claim_id: int) -> int | None:
    with desk.owner() as db:
        return db.execute("select assignee_id from claim where claim_id = %s", (claim_id,)).fetchone()[0]


def undo(actor: Actor, done: assignment.Assigned) -> None:
    with transaction(actor) as tx:
        assignment.undo(actor, tx, moves=done.moves, at=NOW)


def held(desk) -> list[tuple[object, ...]]:
    """Every claim, whose it is and since when."""
    with desk.owner() as db:
        return db.execute("select client_id, claim_id, assignee_id, assigned_at from claim order by 1, 2").fetchall()


class TestHandingOut:
    def test_a_supervisor_gives_many_claims_to_one_person(self, desk) -> None:
        client, other = factories.client(), factories.client()
        va = factories.staff(Role.VA, client, other)
        supervisor = factories.staff(Role.SUPERVISOR)
        claims = [(client, factories.claim(client)), (other, factories.claim(other)), (client, factories.claim(client))]

        done = assign(supervisor, claims, va.staff_id)

        assert (done.changed, done.unchanged) == (3, 0)
        assert [whose(desk, claim) for _, claim in claims] == [va.staff_id] * 3

    def test_a_claim_that_is_there_already_is_counted_and_left(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        supervisor = factories.staff(Role.SUPERVISOR)
        there, new = factories.claim(client, assignee=va.staff_id), factories.claim(client)

        done = assign(supervisor, [(client, there), (client, new)], va.staff_id)

        assert (done.changed, done.unchanged) == (1, 1)
        with desk.owner() as db:
            assert db.execute("select version from claim where claim_id = %s", (there,)).fetchone()[0] == 1

    def test_a_claim_can_be_taken_back_from_everybody(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=va.staff_id)

        assign(factories.staff(Role.SUPERVISOR), [(client, claim)], None)

        with desk.owner() as db:
            row = db.execute("select assignee_id, assigned_at from claim where claim_id = %s", (claim,)).fetchone()
        assert row == (None, None)

    def test_every_claim_says_on_its_timeline_and_on_the_record_who_moved_it_where(self, desk) -> None:
        client = factories.client()
        before, after = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        supervisor = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, assignee=before.staff_id)

        assign(supervisor, [(client, claim)], after.staff_id)

        move = {"from": before.staff_id, "to": after.staff_id}
        with desk.owner() as db:
            told = db.execute(
                "select by_id, at, detail from claim_event where claim_id = %s and kind = 'assigned'", (claim,)
            ).fetchall()
            recorded = db.execute(
                "select actor_id, client_id, detail from audit_event where noun = 'claim' and noun_id = %s", (claim,)
            ).fetchall()
        assert told == [(supervisor.staff_id, NOW, move)]
        assert recorded == [(supervisor.staff_id, client, move)]

    def test_one_notification_a_client_names_its_claims(self, desk) -> None:
        client = factories.client()
        claims = [factories.claim(client), factories.claim(client)]
        va = factories.staff(Role.VA, client)
        with desk.owner() as listener:
            listener.execute("listen desk_claim")
            assign(factories.staff(Role.SUPERVISOR), [(client, claim) for claim in claims], va.staff_id)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=1)]
        assert heard == [{"client": client, "claims": claims}]

    def test_more_claims_than_a_notification_can_name_are_announced_as_the_whole_client(
        self, desk, monkeypatch
    ) -> None:
        monkeypatch.setattr(claims_service, "MOST_NAMED", 1)
        client = factories.client()
        claims = [(client, factories.claim(client)), (client, factories.claim(client))]
        with desk.owner() as listener:
            listener.execute("listen desk_claim")
            assign(factories.staff(Role.SUPERVISOR), claims, factories.staff(Role.VA, client).staff_id)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=1)]
        assert heard == [{"client": client, "claims": None}]


class TestRefusing:
    def test_nothing_is_assigned_where_one_claim_cannot_be(self, desk) -> None:
        client = factories.client()
        clinician = factories.staff(Role.CLINICAL, client)
        fine = factories.claim(client)
        reached = factories.claim(client, first_contact_at=NOW, first_contact_by=clinician.staff_id)

        with pytest.raises(assignment.ClaimOver):
            assign(factories.staff(Role.SUPERVISOR), [(client, fine), (client, reached)], clinician.staff_id)

        assert whose(desk, fine) is None

    def test_a_claim_that_does_not_exist(self) -> None:
        client = factories.client()
        with pytest.raises(NoSuchClaim):
            assign(factories.staff(Role.SUPERVISOR), [(client, 999_999)], factories.staff(Role.VA, client).staff_id)

    def test_no_claim_at_all(self) -> None:
        with pytest.raises(assignment.NothingChosen):
            assign(factories.staff(Role.SUPERVISOR), [], None)

    @pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
    def test_a_person_whose_role_works_no_claims_is_given_none(self, role: Role) -> None:
        client = factories.client()
        claim = factories.claim(client)
        with pytest.raises(assignment.CannotTakeClaims):
            assign(factories.staff(Role.SUPERVISOR), [(client, claim)], factories.staff(role, client).staff_id)

    def test_a_person_who_left_is_given_none(self, desk) -> None:
        client = factories.client()
        left = factories.staff(Role.VA, client)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (left.staff_id,))
        with pytest.raises(assignment.PersonDisabled, match="has been disabled"):
            assign(factories.staff(Role.SUPERVISOR), [(client, factories.claim(client))], left.staff_id)

    def test_a_person_who_left_is_given_none_by_sql_typed_by_hand(self, desk) -> None:
        client = factories.client()
        left, other = factories.staff(Role.VA, client), factories.staff(Role.VA)
        claim, supervisor = factories.claim(client), factories.staff(Role.SUPERVISOR)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (left.staff_id,))
        for person in (left, other, factories.staff(Role.COMPLIANCE)):
            with desk.app(supervisor.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("update claim set assignee_id = %s, assigned_at = now()", (person.staff_id,))

        assert whose(desk, claim) is None

    def test_a_person_who_does_not_serve_the_client(self) -> None:
        client, other = factories.client(), factories.client()
        with pytest.raises(assignment.DoesNotServe):
            assign(
                factories.staff(Role.SUPERVISOR), [(client, factories.claim(client))],
                factories.staff(Role.VA, other).staff_id,
            )  # fmt: skip

    def test_a_va_does_not_hand_claims_to_others(self) -> None:
        client = factories.client()
        va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim = factories.claim(client)
        for to in (other.staff_id, None):
            with pytest.raises(NotAllowed):
                assign(va, [(client, claim)], to)


class TestAPausedClaim:
    @pytest.fixture
    def paused(self, desk) -> tuple[int, int]:
        """A claim whose clock a supervisor paused who has left since."""
        client, began = factories.client(), factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, assignee=factories.staff(Role.VA, client).staff_id)
        with transaction(began) as tx:
            contact.pause_clock(began, tx, client_id=client, claim_id=claim, reason="In surgery", at=NOW)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (began.staff_id,))
        return client, claim

    def test_is_handed_over_and_on_the_list_of_whoever_has_it_then(self, desk, paused) -> None:
        client, claim = paused
        nurse = factories.staff(Role.CLINICAL, client)

        assert assign(factories.staff(Role.SUPERVISOR), [paused], nurse.staff_id).changed == 1

        with transaction(nurse) as tx:
            [row] = queue.queue(nurse, tx, at=NOW)
        assert (row.claim_id, row.assignee_id, row.paused_at) == (claim, nurse.staff_id, NOW)
        with desk.owner() as db:
            assert db.execute("select due_at from claim").fetchone() == (NOW + timedelta(hours=22),)

    def test_is_on_the_list_of_one_who_has_it_by_cover_too(self, paused) -> None:
        client, claim = paused
        covering = factories.staff(Role.VA)
        factories.cover(client, covering)
        assign(factories.staff(Role.SUPERVISOR), [paused], covering.staff_id)

        seen = replace(covering, clients=frozenset({client}))
        with transaction(seen) as tx:
            assert [(row.claim_id, row.assignee_id) for row in queue.queue(seen, tx, at=NOW)] == [
                (claim, covering.staff_id)
            ]

    def test_goes_on_for_whoever_supervises_and_whoever_reaches_the_worker_whoever_paused_it(
        self, desk, paused
    ) -> None:
        client, claim = paused
        nurse, supervisor = factories.staff(Role.CLINICAL, client), factories.staff(Role.SUPERVISOR)
        assign(supervisor, [paused], nurse.staff_id)
        with transaction(supervisor) as tx:
            contact.resume_clock(supervisor, tx, client_id=client, claim_id=claim, at=NOW + timedelta(hours=1))
        with transaction(supervisor) as tx:
            contact.pause_clock(
                supervisor, tx, client_id=client, claim_id=claim, reason="x", at=NOW + timedelta(hours=2)
            )
        with transaction(nurse) as tx:
            contact.record_first_contact(
                nurse, tx, client_id=client, claim_id=claim, held=factories.held(),
                at=NOW + timedelta(hours=3), request=uuid4(),
            )  # fmt: skip

        with desk.owner() as db:
            ended = db.execute("select ended_by, ends_at from clock_pause order by starts_at").fetchall()
        assert ended == [
            (supervisor.staff_id, NOW + timedelta(hours=1)), (nurse.staff_id, NOW + timedelta(hours=3)),
        ]  # fmt: skip


class TestTaking:
    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL])
    def test_whoever_works_claims_takes_one_that_nobody_has(self, desk, role: Role) -> None:
        client = factories.client()
        person = factories.staff(role, client)
        claim = factories.claim(client)

        assign(person, [(client, claim)], person.staff_id)

        assert whose(desk, claim) == person.staff_id

    def test_not_one_that_somebody_has(self, desk) -> None:
        client = factories.client()
        va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=other.staff_id)
        with pytest.raises(assignment.AlreadyTaken, match=f"^This claim is with {re.escape(other.name)} already"):
            assign(va, [(client, claim)], va.staff_id)
        assert whose(desk, claim) == other.staff_id

    def test_one_whose_worker_was_reached_for_what_is_still_to_ask(self, desk) -> None:
        client = factories.client()
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client, first_contact_at=NOW, first_contact_by=nurse.staff_id)

        assign(va, [(client, claim)], va.staff_id)

        assert whose(desk, claim) == va.staff_id

    def test_not_one_of_a_client_she_does_not_serve(self) -> None:
        client, other = factories.client(), factories.client()
        va = factories.staff(Role.VA, other)
        with pytest.raises(NoSuchClaim):
            assign(va, [(client, factories.claim(client))], va.staff_id)


class TestUndoing:
    def test_each_claim_goes_back_to_whoever_had_it_for_as_long_as_before(self, desk) -> None:
        client, other = factories.client(), factories.client()
        had, gets = factories.staff(Role.VA, client, other), factories.staff(Role.VA, client, other)
        supervisor = factories.staff(Role.SUPERVISOR)
        with_somebody, with_nobody = factories.claim(client, assignee=had.staff_id), factories.claim(other)
        before = held(desk)

        done = assign(supervisor, [(client, with_somebody), (other, with_nobody)], gets.staff_id)
        assert held(desk) != before
        undo(supervisor, done)

        assert held(desk) == before

    def test_it_is_told_on_the_timeline_on_the_record_and_to_every_open_list(self, desk) -> None:
        client = factories.client()
        had, gets = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        supervisor = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, assignee=had.staff_id)
        done = assign(supervisor, [(client, claim)], gets.staff_id)

        with desk.owner() as listener:
            listener.execute("listen desk_claim")
            undo(supervisor, done)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=1)]

        move = {"from": gets.staff_id, "to": had.staff_id}
        with desk.owner() as db:
            told = db.execute(
                "select by_id, detail from claim_event where claim_id = %s and kind = 'assignment_undone'", (claim,)
            ).fetchall()
            recorded = db.execute(
                "select actor_id, client_id, noun_id, detail from audit_event where verb = 'assignment_undone'"
            ).fetchall()
        assert told == [(supervisor.staff_id, move)]
        assert recorded == [(supervisor.staff_id, client, claim, move)]
        assert heard == [{"client": client, "claims": [claim]}]

    def test_a_claim_that_was_there_already_is_not_touched(self, desk) -> None:
        client = factories.client()
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
        there, new = factories.claim(client, assignee=va.staff_id), factories.claim(client)

        undo(supervisor, assign(supervisor, [(client, there), (client, new)], va.staff_id))

        assert (whose(desk, there), whose(desk, new)) == (va.staff_id, None)

    def test_nothing_is_undone_where_one_claim_was_handed_on_since(self, desk) -> None:
        client = factories.client()
        va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        supervisor = factories.staff(Role.SUPERVISOR)
        claims = [(client, factories.claim(client)), (client, factories.claim(client))]
        done = assign(supervisor, claims, va.staff_id)
        assign(factories.staff(Role.SUPERVISOR), claims[1:], other.staff_id)

        with pytest.raises(assignment.ChangedSince):
            undo(supervisor, done)

        assert [whose(desk, claim) for _, claim in claims] == [va.staff_id, other.staff_id]

    def test_not_where_the_worker_was_reached_since(self, desk) -> None:
        client = factories.client()
        nurse, supervisor = factories.staff(Role.CLINICAL, client), factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client)
        done = assign(supervisor, [(client, claim)], nurse.staff_id)
        with transaction(nurse) as tx:
            contact.record_first_contact(
                nurse, tx, client_id=client, claim_id=claim, held=factories.held(), at=NOW,
                request=uuid4(),
            )  # fmt: skip

        with pytest.raises(assignment.ChangedSince):
            undo(supervisor, done)

    def test_an_attempt_logged_since_stays_and_does_not_stand_in_the_way(self, desk) -> None:
        client = factories.client()
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client)
        done = assign(supervisor, [(client, claim)], va.staff_id)
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=claim, party=contact.Party.WORKER, method=contact.Method.PHONE,
                outcome=contact.Outcome.VOICEMAIL, note="", at=NOW, request=uuid4(),
            )  # fmt: skip

        undo(supervisor, done)

        assert whose(desk, claim) is None
        with desk.owner() as db:
            assert db.execute("select count(*) from contact_attempt").fetchone() == (1,)

    def test_not_a_second_time(self) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)
        done = assign(supervisor, [(client, factories.claim(client))], factories.staff(Role.VA, client).staff_id)
        undo(supervisor, done)
        with pytest.raises(assignment.ChangedSince):
            undo(supervisor, done)

    def test_not_to_somebody_who_left_meanwhile(self, desk) -> None:
        client = factories.client()
        had, gets = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        supervisor = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, assignee=had.staff_id)
        done = assign(supervisor, [(client, claim)], gets.staff_id)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (had.staff_id,))

        with pytest.raises(assignment.CannotTakeClaims):
            undo(supervisor, done)

        assert whose(desk, claim) == gets.staff_id

    def test_a_va_gives_back_what_she_took(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client)

        undo(va, assign(va, [(client, claim)], va.staff_id))

        assert whose(desk, claim) is None

    def test_a_va_undoes_nothing_that_a_supervisor_did(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client)
        done = assign(factories.staff(Role.SUPERVISOR), [(client, claim)], va.staff_id)

        with pytest.raises(NotAllowed):
            undo(va, done)

        assert whose(desk, claim) == va.staff_id

    def test_where_nothing_changed_hands_there_is_nothing_to_undo(self) -> None:
        client = factories.client()
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
        done = assign(supervisor, [(client, factories.claim(client, assignee=va.staff_id))], va.staff_id)
        with pytest.raises(assignment.NothingChosen):
            undo(supervisor, done)


class TestWhoCanBeGivenClaims:
    def test_those_who_serve_every_client_come_with_the_least_burdened_first(self, desk) -> None:
        client, other = factories.client(), factories.client()
        busy, free = factories.staff(Role.VA, client, other), factories.staff(Role.CLINICAL, client, other)
        factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=busy.staff_id)
        supervisor = factories.staff(Role.SUPERVISOR)
        with desk.owner() as db:  # a question is work as a first contact is
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, 'language', 'x', %s)",
                (client, claim, NOW),
            )

        with transaction(supervisor) as tx:
            found = assignees.people(supervisor, tx, clients={client, other})

        assert {(person.staff_id, person.load) for person in found[:2]} == {
            (free.staff_id, 0),
            (supervisor.staff_id, 0),
        }
        assert [(person.staff_id, person.load, person.scope) for person in found[2:]] == [
            (busy.staff_id, 2, frozenset({client, other}))
        ]

    def test_only_to_those_who_hand_out(self) -> None:
        va = factories.staff(Role.VA)
        with pytest.raises(NotAllowed), transaction(va) as tx:
            assignees.people(va, tx)
