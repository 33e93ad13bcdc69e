"""The clock that stands still, and how it explains itself."""

from datetime import timedelta

import psycopg
import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.core.contact.work import one, pause, reach, resume
from tests.factories import NOW


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
            deadline = intake.open_claim(boss, tx, client, claim).deadline()

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
            return intake.open_claim(actor, tx, client, claim).deadline()

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
