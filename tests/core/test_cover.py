"""Cover: who is outside a client's people works for it by name, until a date, for a reason; its scope ends with it."""

from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from core import assignees, assignment, contact, cover, instant, jobs, staff
from core.access import Actor, NotAllowed, Role
from core.claims import NoSuchClaim
from core.refusal import NoReason, TooLong
from core.scope import NoSuchClient
from core.transactions import acting, transaction
from tests import factories, signing_in
from tests.conftest import Desk

DAY = timedelta(days=1)


@pytest.fixture
def va(client: int) -> Actor:
    """Somebody who serves another client."""
    return factories.staff(Role.VA, factories.client())


def covered(
    boss: Actor, person: Actor, client: int, *, starts_at: datetime | None = None, until: datetime | None = None,
    reason: str = "On leave",
) -> int:  # fmt: skip
    """Set cover from a moment ago for a day; its number."""
    at = instant.now()
    with transaction(boss) as tx:
        return cover.set_cover(
            boss, tx, client_id=client, staff_id=person.staff_id, starts_at=starts_at or at - timedelta(minutes=1),
            until=until or at + DAY, reason=reason, at=at,
        )  # fmt: skip


def give(boss: Actor, client: int, claim: int, to: Actor) -> None:
    with acting(boss) as tx:
        assignment.assign(boss, tx, claims=[(client, claim)], to=to.staff_id, at=instant.now())


def seen(desk: Desk, person: Actor) -> list[int]:
    with desk.app(person.staff_id) as db:
        return [row[0] for row in db.execute("select claim_id from claim order by 1")]


def one(desk: Desk, statement: str, *values: object):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def run_out(desk: Desk) -> None:
    """Let the time of all cover be over."""
    with desk.owner() as db:
        db.execute(
            "update client_cover set starts_at = starts_at - interval '2 days', until = now() - interval '1 second'"
        )


class TestSetting:
    def test_lets_a_person_see_and_hold_claims_of_a_client_not_served(self, desk, boss, va, client) -> None:
        claim = factories.claim(client)
        with pytest.raises(assignment.DoesNotServe):
            give(boss, client, claim, va)

        covered(boss, va, client)
        give(boss, client, claim, va)

        assert seen(desk, va) == [claim]
        assert one(desk, "select assignee_id from claim") == va.staff_id

    def test_says_who_for_which_client_until_when_and_why(self, boss, va, client) -> None:
        until = instant.now() + 3 * DAY
        covered(boss, va, client, until=until, reason="Ana is on leave")

        with transaction(boss) as tx:
            [found] = cover.covers(boss, tx)

        assert (found.client_id, found.staff_id, found.until, found.reason, found.set_by) == (
            client, va.staff_id, until, "Ana is on leave", boss.name,
        )  # fmt: skip

    def test_is_on_the_record(self, desk, boss, va, client) -> None:
        number = covered(boss, va, client)

        assert one(desk, "select actor_id, client_id, noun, noun_id, detail -> 'cover' from audit_event") == (
            boss.staff_id, client, "staff", va.staff_id, number,
        )  # fmt: skip

    def test_makes_the_client_one_of_the_persons_from_the_next_interaction_on(self, desk, boss, client) -> None:
        person, now = signing_in.person(Role.VA), instant.now()
        token = signing_in.sign_in(person, at=now)

        covered(boss, person, client)

        found = staff.who(token, at=now)
        assert found is not None
        assert found.clients == {client}

    def test_that_begins_later_opens_nothing_yet(self, desk, boss, va, client) -> None:
        claim, at = factories.claim(client), instant.now()
        covered(boss, va, client, starts_at=at + DAY, until=at + 2 * DAY)

        assert seen(desk, va) == []
        with pytest.raises(assignment.DoesNotServe):
            give(boss, client, claim, va)

    def test_puts_the_person_on_the_list_to_assign_to(self, boss, va, client) -> None:
        covered(boss, va, client)

        with transaction(boss) as tx:
            assert va.staff_id in [each.staff_id for each in assignees.people(boss, tx, clients={client})]

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
    def test_needs_a_reason_of_a_line(self, boss, va, client, reason: str) -> None:
        with pytest.raises((NoReason, TooLong)):
            covered(boss, va, client, reason=reason)

    def test_ends_after_it_begins_and_not_in_the_past(self, boss, va, client) -> None:
        at = instant.now()
        for starts_at, until in ((at + 2 * DAY, at + DAY), (at - 2 * DAY, at - DAY)):
            with pytest.raises(cover.NotADate):
                covered(boss, va, client, starts_at=starts_at, until=until)

    def test_is_for_a_while_only(self, boss, va, client) -> None:
        with pytest.raises(cover.LastsTooLong):
            covered(boss, va, client, until=instant.now() + 94 * DAY)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_is_not_for_roles_that_hold_no_claims_or_see_all(self, boss, client, role: Role) -> None:
        with pytest.raises(cover.CannotCover):
            covered(boss, factories.staff(role), client)

    def test_is_not_for_one_who_was_disabled(self, desk, boss, va, client) -> None:
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))
        with pytest.raises(cover.CannotCover):
            covered(boss, va, client)

    def test_is_not_for_one_who_serves_the_client(self, boss, client) -> None:
        with pytest.raises(cover.ServesAlready):
            covered(boss, factories.staff(Role.VA, client), client)

    def test_is_not_set_twice(self, boss, va, client) -> None:
        covered(boss, va, client)
        with pytest.raises(cover.CoversAlready):
            covered(boss, va, client)

    def test_is_not_for_a_client_that_there_is_not(self, boss, va) -> None:
        with pytest.raises(NoSuchClient):
            covered(boss, va, 999_999)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_is_a_supervisors(self, desk, va, client, role: Role) -> None:
        with pytest.raises(NotAllowed):
            covered(factories.staff(role, client), va, client)


class TestEnding:
    """By its time, by a supervisor, or with the right to work claims."""

    @pytest.fixture
    def claim(self, boss: Actor, va: Actor, client: int) -> int:
        """A claim that is held by cover."""
        self.number = covered(boss, va, client)
        claim = factories.claim(client)
        give(boss, client, claim, va)
        return claim

    def test_by_its_time_ends_the_scope_at_once_whatever_is_held(self, desk, va, client, claim) -> None:
        run_out(desk)

        assert seen(desk, va) == []
        with desk.app(va.staff_id) as db:
            for table in ("injured_worker", "claim_narrative", "claim_event"):
                assert db.execute(f"select count(*) from {table}").fetchone() == (0,), table
            assert db.execute("select count(*) from client where client_id = %s", (client,)).fetchone() == (0,)

    def test_by_its_time_gives_what_is_held_back_to_nobody_yet(self, desk, va, claim) -> None:
        run_out(desk)

        assert cover.end_those_over(jobs.COMMAND_LINE) == 1

        assert one(desk, "select assignee_id from claim") is None
        assert one(desk, "select kind, detail from claim_event where kind = 'taken_back'") == (
            "taken_back", {"from": va.staff_id, "to": None, "why": "not_served"},
        )  # fmt: skip
        assert one(desk, "select verb from audit_event where verb = 'cover_over'") == "cover_over"
        assert cover.end_those_over(jobs.COMMAND_LINE) == 0

    def test_by_its_time_lets_it_be_set_anew(self, desk, boss, va, client, claim) -> None:
        run_out(desk)

        covered(boss, va, client)

        assert seen(desk, va) == [claim]

    def test_by_a_supervisor_gives_what_is_held_to_a_colleague_who_serves_the_client(
        self, desk, boss, va, client, claim
    ) -> None:
        colleague = factories.staff(Role.VA, client)
        with transaction(boss) as tx:
            moved = cover.end_cover(
                boss, tx, client_id=client, cover_id=self.number, to=colleague.staff_id, at=instant.now()
            )

        assert moved == 1
        assert one(desk, "select assignee_id from claim") == colleague.staff_id
        assert seen(desk, va) == []

    def test_by_a_supervisor_is_refused_a_second_time(self, boss, client, claim) -> None:
        def end() -> None:
            with transaction(boss) as tx:
                cover.end_cover(boss, tx, client_id=client, cover_id=self.number, at=instant.now())

        end()
        with pytest.raises(cover.NoSuchCover):
            end()

    def test_is_not_given_to_one_who_does_not_serve_the_client(self, desk, boss, va, client, claim) -> None:
        with pytest.raises(assignment.DoesNotServe), transaction(boss) as tx:
            cover.end_cover(
                boss, tx, client_id=client, cover_id=self.number, to=factories.staff(Role.VA).staff_id,
                at=instant.now(),
            )  # fmt: skip

        assert one(desk, "select assignee_id from claim") == va.staff_id

    @pytest.mark.parametrize("change", ["active = false", "role = 'account_executive'", "role = 'compliance'"])
    def test_comes_with_disabling_and_another_role_and_does_not_come_back(self, desk, va, claim, change: str) -> None:
        with desk.owner() as db:
            db.execute(f"update staff set {change} where staff_id = %s", (va.staff_id,))
            db.execute("update staff set active = true, role = 'va' where staff_id = %s", (va.staff_id,))

        assert seen(desk, va) == []
        assert one(desk, "select assignee_id from claim") is None


class TestBySqlTypedByHand:
    ADD = (
        "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
        " values (%(client)s, %(staff)s, now(), now() + %(long)s::interval, %(reason)s, %(by)s)"
    )

    def values(self, client: int, staff: Actor, by: Actor, **other: object) -> dict[str, object]:
        return {"client": client, "staff": staff.staff_id, "by": by.staff_id, "long": "1 day", "reason": "x", **other}

    @pytest.mark.parametrize("role", list(Role))
    def test_only_a_supervisor_sets_and_ends_it(self, desk, boss, va, client, role: Role) -> None:
        covered(boss, factories.staff(Role.CLINICAL), client)
        person, may = factories.staff(role, client), role is Role.SUPERVISOR
        with desk.app(person.staff_id) as db:
            try:
                set_ = db.execute(self.ADD, self.values(client, va, person)).rowcount
            except psycopg.errors.InsufficientPrivilege:
                set_ = 0
            ended = db.execute("update client_cover set ended_at = now(), ended_by = %s", (person.staff_id,)).rowcount
        assert (set_, ended) == ((1, 2) if may else (0, 0))

    def test_a_supervisor_sets_it_in_ones_own_name_for_those_who_work_claims(self, desk, boss, va, client) -> None:
        other, disabled = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (disabled.staff_id,))
        wrong = [
            self.values(client, va, other),
            self.values(client, disabled, boss),
            self.values(client, factories.staff(Role.ACCOUNT_EXECUTIVE), boss),
        ]
        with desk.app(boss.staff_id) as db:
            for values in wrong:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(self.ADD, values)
            for odd in ({"long": "94 days"}, {"long": "0"}, {"reason": " "}):
                with pytest.raises(psycopg.errors.CheckViolation):
                    db.execute(self.ADD, self.values(client, va, boss, **odd))

    @pytest.mark.parametrize(
        "statement",
        [
            "update client_cover set until = now() + interval '50 days'",
            "update client_cover set staff_id = 1",
            "delete from client_cover",
        ],
    )
    def test_nobody_prolongs_it_lends_it_on_or_takes_its_trace_away(self, desk, boss, va, client, statement) -> None:
        covered(boss, va, client)
        for person in (boss, va):
            with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement)

    def test_what_has_ended_stays_ended(self, desk, boss, va, client) -> None:
        covered(boss, va, client)
        with desk.app(boss.staff_id) as db:
            db.execute("update client_cover set ended_at = now(), ended_by = %s", (boss.staff_id,))
            assert db.execute("update client_cover set ended_at = null, ended_by = null").rowcount == 0

    def test_whoever_covers_sees_ones_own_and_no_other(self, desk, boss, va, client) -> None:
        covered(boss, va, client)
        covered(boss, factories.staff(Role.VA), client)
        with desk.app(va.staff_id) as db:
            assert db.execute("select staff_id from client_cover").fetchall() == [(va.staff_id,)]


def test_a_covered_claim_is_worked_as_any_other_until_cover_ends(desk, boss, client) -> None:
    nurse, claim = factories.staff(Role.CLINICAL), factories.claim(client, reported_at=instant.now() - DAY / 2)
    covered(boss, nurse, client)

    def log() -> None:
        with acting(nurse) as tx:
            contact.log_attempt(
                nurse, tx, client_id=client, claim_id=claim, party=contact.Party.WORKER, method=contact.Method.PHONE,
                outcome=contact.Outcome.VOICEMAIL, note=None, at=instant.now(), request=uuid4(),
            )  # fmt: skip

    log()
    run_out(desk)
    with pytest.raises(NoSuchClaim):
        log()
