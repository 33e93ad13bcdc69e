"""Two people who act on the same thing at the same moment: what the first does stands, and the second is told."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection

from core import assignment, claims, closing, contact, feeds, intake, staff
from core.access import Actor, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.contact import Method, Outcome, Party
from core.refusal import Refusal
from core.transactions import transaction
from tests import claim_feeds, factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.two_at_once import Act, meanwhile

HOUR = timedelta(hours=1)


def one(desk: Desk, statement: str, *values: object):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def contacting(nurse: Actor, client: int, claim: int) -> Act:
    return lambda tx: contact.record_first_contact(
        nurse,
        tx,
        client_id=client,
        claim_id=claim,
        held=factories.held(incomplete_why="Urgent"),
        at=NOW,
        request=uuid4(),
    )


def pausing(boss: Actor, client: int, claim: int, at=NOW) -> Act:
    return lambda tx: contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In surgery", at=at)


def trying(va: Actor, client: int, claim: int) -> Act:
    return lambda tx: contact.log_attempt(
        va, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
        outcome=Outcome.VOICEMAIL, note="", at=NOW, request=uuid4(),
    )  # fmt: skip


def giving(boss: Actor, client: int, claims: list[int], to: int | None) -> Act:
    return lambda tx: assignment.assign(boss, tx, claims=[(client, claim) for claim in claims], to=to, at=NOW)


def test_two_who_say_the_clients_number_wait_for_each_other_and_lock_nobody_out(desk, client) -> None:
    va, nurse, claim = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client), factories.claim(client)
    keys = [("body_part", "missing"), ("client_claim_number", "missing")]
    with desk.owner() as db:
        for element, reason in keys:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
                " values (%s, %s, %s, %s, 'Not in the report.', %s)", (client, claim, element, reason, NOW),
            )  # fmt: skip
    where = {"client_id": client, "claim_id": claim, "at": NOW}

    def answering(tx: Connection) -> int:
        return intake.answer_questions(va, tx, given=dict(zip(keys, ("wrist", "A-1"), strict=True)), **where)

    def correcting(tx: Connection) -> None:
        said, seen = {"client_claim_number": "A-2"}, {"client_claim_number": ""}
        intake.correct_fields(nurse, tx, said=said, seen=seen, reason="Misheard.", **where)

    with pytest.raises(intake.ChangedMeanwhile):
        meanwhile(desk, (nurse, lambda tx: claims.one_at_a_time(tx, client)), (va, answering), then=correcting)


class TestAContactAndAPause:
    def test_a_pause_that_comes_second_is_refused_because_the_clock_has_stopped(self, desk, client, boss) -> None:
        nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client)

        with pytest.raises(contact.ClockNotRunning, match="no longer runs"):
            meanwhile(desk, (nurse, contacting(nurse, client, claim)), (boss, pausing(boss, client, claim)))

        assert one(desk, "select first_contact_at from claim") == NOW
        assert one(desk, "select count(*) from clock_pause") == 0

    @pytest.mark.parametrize("after", [timedelta(0), timedelta(seconds=2)], ids=["same instant", "a moment before it"])
    def test_a_contact_that_comes_second_ends_the_pause_before_it_has_any_length(
        self, desk, client, boss, after
    ) -> None:
        nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client)
        due = one(desk, "select due_at from claim")

        meanwhile(desk, (boss, pausing(boss, client, claim, NOW + after)), (nurse, contacting(nurse, client, claim)))

        assert one(desk, "select first_contact_at, due_at from claim") == (NOW, due)
        assert one(desk, "select ends_at - starts_at, ended_by from clock_pause") == (timedelta(0), nurse.staff_id)

    def test_two_pauses_make_one(self, desk, client, boss) -> None:
        other, claim = factories.staff(Role.SUPERVISOR), factories.claim(client)

        with pytest.raises(contact.AlreadyPaused):
            meanwhile(desk, (boss, pausing(boss, client, claim)), (other, pausing(other, client, claim)))

    def test_a_clock_that_runs_again_in_the_instant_in_which_it_was_paused_is_due_as_before(
        self, desk, client, boss
    ) -> None:
        claim = factories.claim(client)
        due = one(desk, "select due_at from claim")
        with transaction(boss) as tx:
            pausing(boss, client, claim)(tx)
        with transaction(boss) as tx:
            assert contact.resume_clock(boss, tx, client_id=client, claim_id=claim, at=NOW) == due


class TestTwoAdministrators:
    @pytest.mark.parametrize("others", [0, 1], ids=["the last two", "with a third"])
    @pytest.mark.parametrize("how", ["disable", "another role"])
    def test_who_shut_each_other_out_leave_one(self, desk, how: str, others: int) -> None:
        one_, two = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.ADMINISTRATOR)
        for _ in range(others):
            factories.staff(Role.ADMINISTRATOR)

        def shut_out(by: Actor, whom: Actor) -> Act:
            if how == "disable":
                return lambda tx: staff.disable(by, tx, staff_id=whom.staff_id, at=NOW)
            return lambda tx: staff.change_role(by, tx, staff_id=whom.staff_id, role=Role.VA, at=NOW)

        with pytest.raises(staff.NoLongerAdministrator, match="You are no longer an administrator"):
            meanwhile(desk, (one_, shut_out(one_, two)), (two, shut_out(two, one_)))

        with desk.owner() as db:
            left = db.execute("select staff_id from staff where active and role = 'administrator'").fetchall()
        assert (one_.staff_id,) in left
        assert len(left) == 1 + others

    def test_nor_by_sql_typed_by_hand(self, desk) -> None:
        one_, two = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.ADMINISTRATOR)

        def by_hand(whom: Actor) -> Act:
            return lambda tx: tx.exec_driver_sql(f"update staff set active = false where staff_id = {whom.staff_id}")

        with pytest.raises(Exception, match="one administrator may always sign in"):
            meanwhile(desk, (one_, by_hand(two)), (two, by_hand(one_)))

        assert one(desk, "select count(*) from staff where active and role = 'administrator'") == 1

    @pytest.mark.parametrize(
        "statement", ["update staff set active = false", "update staff set role = 'va' where role = 'administrator'"]
    )
    def test_nor_all_of_them_in_one_statement(self, desk, statement: str) -> None:
        administrator, _ = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.ADMINISTRATOR)

        with desk.app(administrator.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement)

        assert one(desk, "select count(*) from staff where active and role = 'administrator'") == 2


class TestAnAssignment:
    """And the one to whom it goes, who is disabled or loses the client at that moment."""

    @pytest.fixture
    def administrator(self, desk: Desk) -> Actor:
        return factories.staff(Role.ADMINISTRATOR)

    @pytest.fixture
    def va(self, client: int) -> Actor:
        return factories.staff(Role.VA, client)

    def disabling(self, administrator: Actor, whom: Actor) -> Act:
        return lambda tx: staff.disable(administrator, tx, staff_id=whom.staff_id, at=NOW)

    def taking_away(self, administrator: Actor, whom: Actor) -> Act:
        return lambda tx: staff.set_clients(administrator, tx, staff_id=whom.staff_id, client_ids=frozenset(), at=NOW)

    def test_that_comes_second_is_refused_in_words(self, desk, client, boss, va, administrator) -> None:
        claim = factories.claim(client)

        with pytest.raises(assignment.PersonDisabled, match="has been disabled"):
            meanwhile(
                desk,
                (administrator, self.disabling(administrator, va)),
                (boss, giving(boss, client, [claim], va.staff_id)),
            )

        assert one(desk, "select assignee_id from claim") is None

    def test_of_a_client_just_taken_away_is_refused_in_words(self, desk, client, boss, va, administrator) -> None:
        claim = factories.claim(client)

        with pytest.raises(assignment.DoesNotServe):
            meanwhile(
                desk, (administrator, self.taking_away(administrator, va)),
                (boss, giving(boss, client, [claim], va.staff_id)),
            )  # fmt: skip

    @pytest.mark.parametrize("act", [disabling, taking_away])
    def test_that_comes_first_is_taken_back_with_the_rest(
        self, desk, client, boss, va, administrator, act: Callable[..., Act]
    ) -> None:
        held, claim = factories.claim(client, assignee=va.staff_id), factories.claim(client)

        meanwhile(
            desk,
            (boss, giving(boss, client, [held, claim], va.staff_id)),
            (administrator, act(self, administrator, va)),
        )

        assert one(desk, "select count(*) from claim where assignee_id is null") == 2

    def test_by_sql_typed_by_hand_is_refused_too(self, desk, client, boss, va, administrator) -> None:
        claim = factories.claim(client)

        def by_hand(tx: Connection) -> None:
            tx.exec_driver_sql(
                f"update claim set assignee_id = {va.staff_id}, assigned_at = now() where claim_id = {claim}"
            )

        with pytest.raises(Exception, match="a claim is held by somebody who may sign in"):
            meanwhile(desk, (administrator, self.disabling(administrator, va)), (boss, by_hand))


class TestUndoingAnAssignment:
    @pytest.fixture
    def nurse(self, client: int) -> Actor:
        return factories.staff(Role.CLINICAL, client)

    def given(self, boss: Actor, client: int, claim: int, to: Actor) -> assignment.Assigned:
        with transaction(boss) as tx:
            return assignment.assign(boss, tx, claims=[(client, claim)], to=to.staff_id, at=NOW)

    def undoing(self, boss: Actor, done: assignment.Assigned) -> Act:
        return lambda tx: assignment.undo(boss, tx, moves=done.moves, at=NOW)

    def test_is_refused_where_the_worker_is_reached_meanwhile(self, desk, client, boss, nurse) -> None:
        claim = factories.claim(client)
        done = self.given(boss, client, claim, nurse)

        with pytest.raises(assignment.ChangedSince, match="changed since it was handed out"):
            meanwhile(desk, (nurse, contacting(nurse, client, claim)), (boss, self.undoing(boss, done)))

        assert one(desk, "select assignee_id from claim") == nurse.staff_id

    def test_does_not_stop_a_contact_that_comes_second(self, desk, client, boss, nurse) -> None:
        claim = factories.claim(client)
        done = self.given(boss, client, claim, nurse)

        meanwhile(desk, (boss, self.undoing(boss, done)), (nurse, contacting(nurse, client, claim)))

        assert one(desk, "select assignee_id, first_contact_by from claim") == (None, nurse.staff_id)

    def test_is_refused_where_it_is_handed_on_or_closed_meanwhile(self, desk, client, boss, nurse) -> None:
        other = factories.staff(Role.SUPERVISOR)
        claims = [factories.claim(client), factories.claim(client)]
        done = [self.given(boss, client, claim, nurse) for claim in claims]
        acts: list[Act] = [
            giving(other, client, [claims[0]], other.staff_id),
            lambda tx: closing.close(other, tx, client_id=client, claim_id=claims[1], reason="Withdrawn"),
        ]

        for act, given in zip(acts, done, strict=True):
            with pytest.raises(assignment.ChangedSince):
                meanwhile(desk, (other, act), (boss, self.undoing(boss, given)))


class TestUndoingAnImport:
    @pytest.fixture
    def va(self, client: int) -> Actor:
        return factories.staff(Role.VA, client)

    @pytest.fixture
    def brought(self, va: Actor, client: int) -> tuple[int, int]:
        """An import of one claim; its number and the claim's."""
        data = b"Name,Date of injury,Date reported,State,Claim number\nAna Sample,11/20/2026,11/21/2026 09:00,IL,X-1\n"
        with transaction(va) as tx:
            feed = claim_feeds.read_feed(data)
            plan = feeds.plan(
                va,
                tx,
                feeds.CLAIMS,
                client_id=client,
                feed=feed,
                mapping=claim_feeds.mapping_for(feed),
                file_name="x.csv",
                at=NOW,
            )
        done = feeds.commit(va, plan, at=NOW)
        with transaction(va) as tx:
            claim = tx.exec_driver_sql("select claim_id from claim").scalar_one()
        return done.import_id, claim

    def undoing(self, va: Actor, client: int, number: int) -> Act:
        return lambda tx: feeds.undo(va, tx, feeds.CLAIMS, client_id=client, import_id=number, at=NOW)

    def works(self, desk: Desk, client: int, claim: int) -> dict[str, tuple[Actor, Act]]:
        """What somebody could be doing on the claim, by name."""
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        boss = factories.staff(Role.SUPERVISOR)
        return {
            "an attempt": (va, trying(va, client, claim)),
            "a contact": (nurse, contacting(nurse, client, claim)),
            "an assignment": (boss, giving(boss, client, [claim], boss.staff_id)),
            "an answer": (
                va,
                lambda tx: intake.answer_question(
                    va,
                    tx,
                    client_id=client,
                    claim_id=claim,
                    element="language",
                    reason="missing",
                    answer="Polish",
                    at=NOW,
                ),
            ),
            "a closing": (boss, lambda tx: closing.close(boss, tx, client_id=client, claim_id=claim, reason="Double")),
        }

    WORKS = ("an attempt", "a contact", "an assignment", "an answer", "a closing")

    @pytest.mark.parametrize("work", WORKS)
    def test_that_comes_second_is_refused_because_somebody_has_worked_on_it(
        self, desk, client, va, brought, work: str
    ) -> None:
        number, claim = brought

        with pytest.raises(feeds.ImportWorkedOn, match="Somebody has worked"):
            meanwhile(desk, self.works(desk, client, claim)[work], (va, self.undoing(va, client, number)))

        assert one(desk, "select count(*) from claim") == 1

    @pytest.mark.parametrize("work", WORKS)
    def test_that_comes_first_leaves_no_claim_to_work_on_and_says_so(
        self, desk, client, va, brought, work: str
    ) -> None:
        number, claim = brought

        with pytest.raises(NoSuchClaim, match="There is no such claim"):
            meanwhile(desk, (va, self.undoing(va, client, number)), self.works(desk, client, claim)[work])

        assert one(desk, "select count(*) from claim") == 0


class TestClosing:
    def closing(self, boss: Actor, client: int, claim: int) -> Act:
        return lambda tx: closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn")

    def test_whoever_works_on_the_claim_second_is_told(self, desk, client, boss) -> None:
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        other = factories.staff(Role.SUPERVISOR)

        def answering(claim: int) -> Act:
            return lambda tx: intake.answer_question(
                va, tx, client_id=client, claim_id=claim, element="language", reason="missing", answer="Polish", at=NOW
            )

        seconds: list[tuple[Actor, Callable[[int], Act], type[Refusal]]] = [
            (nurse, lambda claim: contacting(nurse, client, claim), contact.ClockNotRunning),
            (other, lambda claim: pausing(other, client, claim), contact.ClockNotRunning),
            (va, answering, ClaimClosed),
            (other, lambda claim: giving(other, client, [claim], va.staff_id), assignment.ClaimOver),
            (other, lambda claim: self.closing(other, client, claim), closing.AlreadyClosed),
        ]
        for person, act, refusal in seconds:
            claim = factories.claim(client)
            with pytest.raises(refusal):
                meanwhile(desk, (boss, self.closing(boss, client, claim)), (person, act(claim)))
