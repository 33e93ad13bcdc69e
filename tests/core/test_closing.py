"""Closing a claim and opening it again: whose it is to do, what leaves with it, and that all of it comes back."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from core import assignment, closing, contact, intake, queue
from core.access import Actor, NotAllowed, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

HOUR = timedelta(hours=1)


def close(actor: Actor, client: int, claim: int, reason: str = "Withdrawn by the client") -> None:
    with transaction(actor) as tx:
        closing.close(actor, tx, client_id=client, claim_id=claim, reason=reason)


def reopen(actor: Actor, client: int, claim: int, reason: str = "Closed by mistake") -> None:
    with transaction(actor) as tx:
        closing.reopen(actor, tx, client_id=client, claim_id=claim, reason=reason)


def one(desk: Desk, statement: str, *values: object):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def ask(desk: Desk, client: int, claim: int) -> None:
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, 'language', 'x', %s)",
            (client, claim, NOW),
        )


def waiting(actor: Actor) -> list[int]:
    with transaction(actor) as tx:
        return [row.claim_id for row in queue.queue(actor, tx, at=NOW)]


def tally(actor: Actor) -> queue.Tally:
    with transaction(actor) as tx:
        return queue.tally(actor, tx, at=NOW)


class TestClosing:
    def test_says_why_by_whom_and_when_on_the_claim_on_its_timeline_and_on_the_record(self, desk, client, boss) -> None:
        claim = factories.claim(client)

        close(boss, client, claim)

        assert one(desk, "select closed_at is not null, closed_why, closed_by, version from claim") == (
            True, "Withdrawn by the client", boss.staff_id, 2,
        )  # fmt: skip
        assert one(desk, "select by_id, detail from claim_event where kind = 'closed'") == (
            boss.staff_id, {"why": "Withdrawn by the client"},
        )  # fmt: skip
        assert one(desk, "select actor_id, client_id, noun, noun_id from audit_event where verb = 'closed'") == (
            boss.staff_id, client, "claim", claim,
        )  # fmt: skip

    def test_takes_the_claim_out_of_every_queue_and_count_also_a_paused_or_overdue_one(
        self, desk, client, boss
    ) -> None:
        claims = [factories.claim(client, due_at=NOW - HOUR), factories.claim(client)]
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claims[1], reason="x", at=NOW)

        for claim in claims:
            close(boss, client, claim)

        assert waiting(boss) == []
        assert (tally(boss).open, tally(boss).overdue, tally(boss).decided_today) == (0, 0, 0)
        assert one(desk, "select sum(reported)::int from fact_delta") == 0
        with transaction(boss) as tx:
            assert assignment.held(boss, tx, boss.staff_id, at=NOW) == []

    def test_is_announced_to_open_lists(self, desk, client, boss) -> None:
        claim = factories.claim(client)
        with desk.app() as listener:
            listener.execute("listen desk_claim")
            close(boss, client, claim)
            reopen(boss, client, claim)
            heard = [notice.payload for notice in listener.notifies(timeout=5, stop_after=2)]
        assert heard == [f'{{"client" : {client}, "claims" : [{claim}]}}'] * 2

    def test_leaves_a_claim_whose_worker_was_reached_in_the_figures(self, desk, client, boss) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client, first_contact_at=NOW, first_contact_by=nurse.staff_id)

        close(boss, client, claim)

        assert one(desk, "select sum(reported)::int, sum(contacted)::int from fact_delta") == (1, 1)

    def test_nothing_is_asked_answered_contacted_paused_or_handed_over_while_it_lasts(self, desk, client, boss) -> None:
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client)
        ask(desk, client, claim)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="x", at=NOW)
        close(boss, client, claim)

        where = {"client_id": client, "claim_id": claim, "at": NOW}
        acts = [
            (
                va,
                lambda tx: intake.answer_question(
                    va, tx, **where, element="language", reason="missing", answer="Polish"
                ),
                ClaimClosed,
            ),
            (
                nurse,
                lambda tx: contact.record_first_contact(nurse, tx, **where, held=factories.held(), request=uuid4()),
                contact.ClockNotRunning,
            ),
            (boss, lambda tx: contact.pause_clock(boss, tx, **where, reason="y"), contact.ClockNotRunning),
            (boss, lambda tx: contact.resume_clock(boss, tx, **where), contact.ClockNotRunning),
            (
                boss,
                lambda tx: assignment.assign(boss, tx, claims=[(client, claim)], to=va.staff_id, at=NOW),
                assignment.ClaimOver,
            ),
        ]
        for person, act, refusal in acts:
            with pytest.raises(refusal), transaction(person) as tx:
                act(tx)

    @pytest.mark.parametrize("reason", ["", " \0 ", "x" * 201])
    def test_needs_a_reason_of_a_line(self, desk, client, boss, reason: str) -> None:
        claim = factories.claim(client)
        with pytest.raises((NoReason, TooLong)):
            close(boss, client, claim, reason)
        assert one(desk, "select closed_at from claim") is None

    def test_is_not_done_twice(self, client, boss) -> None:
        claim = factories.claim(client)
        close(boss, client, claim)
        with pytest.raises(closing.AlreadyClosed):
            close(boss, client, claim)

    def test_a_claim_that_is_nowhere_is_not_there(self, client, boss) -> None:
        with pytest.raises(NoSuchClaim):
            close(boss, client, 999)


class TestReopening:
    def test_brings_everything_back_as_it_was(self, desk, client, boss) -> None:
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=va.staff_id)
        ask(desk, client, claim)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In surgery", at=NOW)
        state = (
            "select due_at, assignee_id, assigned_at, closed_at, closed_why, closed_by,"
            " (select count(*) from clock_pause where ends_at is null),"
            " (select count(*) from intake_question where answered_at is null) from claim"
        )
        before, figures = one(desk, state), tally(boss)

        close(boss, client, claim)
        reopen(boss, client, claim)

        assert one(desk, state) == before
        assert tally(boss) == figures
        assert waiting(va) == [claim]
        assert one(desk, "select sum(reported)::int from fact_delta") == 1

    def test_its_clock_can_be_resumed_its_question_answered_and_its_worker_reached(self, desk, client, boss) -> None:
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client)
        ask(desk, client, claim)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In surgery", at=NOW)
        close(boss, client, claim)
        reopen(boss, client, claim)

        where = {"client_id": client, "claim_id": claim}
        with transaction(boss) as tx:
            contact.resume_clock(boss, tx, **where, at=NOW + HOUR)
        with transaction(va) as tx:
            intake.answer_question(va, tx, **where, element="language", reason="missing", answer="Polish", at=NOW)
        with transaction(nurse) as tx:
            contact.record_first_contact(nurse, tx, **where, held=factories.held(), at=NOW + 2 * HOUR, request=uuid4())

    def test_wins_no_time(self, desk, client, boss) -> None:
        """Who closes a claim shortly before it is overdue, and opens it again, finds it overdue."""
        claim = factories.claim(client, due_at=NOW - HOUR)
        close(boss, client, claim)
        reopen(boss, client, claim)

        assert tally(boss).overdue == 1

    def test_says_why_on_the_timeline_and_on_the_record(self, desk, client, boss) -> None:
        claim = factories.claim(client)
        close(boss, client, claim)
        reopen(boss, client, claim, "The client sent it again")

        assert one(desk, "select by_id, detail from claim_event where kind = 'reopened'") == (
            boss.staff_id, {"why": "The client sent it again"},
        )  # fmt: skip
        assert one(desk, "select actor_id, noun_id from audit_event where verb = 'reopened'") == (boss.staff_id, claim)

    def test_leaves_it_with_nobody_where_its_holder_could_not_hold_it_any_more(self, desk, client, boss) -> None:
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=va.staff_id)
        close(boss, client, claim)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))

        reopen(boss, client, claim)

        assert one(desk, "select assignee_id from claim") is None
        assert one(desk, "select detail ->> 'why' from claim_event where kind = 'taken_back'") == "disabled"

    def test_only_what_is_closed_can_be_reopened(self, client, boss) -> None:
        claim = factories.claim(client)
        with pytest.raises(closing.NotClosed):
            reopen(boss, client, claim)


class TestNobodyElse:
    OTHERS = tuple(role for role in Role if role is not Role.SUPERVISOR)

    @pytest.mark.parametrize("role", OTHERS)
    def test_closes_or_reopens_and_the_try_is_on_the_record(self, desk, client, boss, role: Role) -> None:
        person, claim, closed = factories.staff(role, client), factories.claim(client), factories.claim(client)
        close(boss, client, closed)
        with pytest.raises(NotAllowed):
            close(person, client, claim)
        with pytest.raises(NotAllowed):
            reopen(person, client, closed)

        assert one(desk, "select count(*) from audit_event where verb = 'refused'") == 2

    @pytest.mark.parametrize("role", OTHERS)
    def test_does_it_by_calling_what_the_service_calls(self, desk, client, boss, role: Role) -> None:
        person, claim, closed = factories.staff(role, client), factories.claim(client), factories.claim(client)
        close(boss, client, closed)
        for call, of in (("desk_close_claim", claim), ("desk_reopen_claim", closed)):
            with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"select {call}(%s, %s, 'by hand')", (client, of))

    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize(
        "change",
        ["closed_at = now(), closed_why = 'x'", "closed_at = null, closed_why = null", "closed_by = 1"],
        ids=["closing", "reopening", "in another name"],
    )
    def test_not_even_a_supervisor_does_it_by_updating_the_claim(self, desk, client, role: Role, change: str) -> None:
        person = factories.staff(role, client)
        factories.claim(client)
        with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(f"update claim set {change}")

    def test_a_supervisor_who_calls_it_by_hand_is_on_the_record_and_needs_a_reason(self, desk, client, boss) -> None:
        claim = factories.claim(client)
        with desk.app(boss.staff_id) as db:
            for reason in (None, " ", "x" * 201):
                with pytest.raises(psycopg.errors.CheckViolation):
                    db.execute("select desk_close_claim(%s, %s, %s)", (client, claim, reason))
            db.execute("select desk_close_claim(%s, %s, 'by hand')", (client, claim))

        assert one(desk, "select actor_id, noun_id from audit_event where verb = 'closed'") == (boss.staff_id, claim)
        assert one(desk, "select count(*) from claim_event where kind = 'closed'") == 1
