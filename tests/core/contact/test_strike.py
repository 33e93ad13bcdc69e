"""A first contact that was a mistake is struck: it stays to be seen, and counts for nothing."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from core import claims, contact, intake, worklist
from core.access import Actor, NotAllowed, Role
from core.contact import Outcome
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import log, one, pause, reach, resume, strike
from tests.factories import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


DUE = {"elapsed": NOW + 10 * HOUR, "business": NOW + 25 * HOUR}


class Key(NamedTuple):
    client_id: int
    claim_id: int


def paused(boss: Actor, clock: str) -> tuple[Key, Actor]:
    """Make a claim, due after 10 hours of its client's own, whose clock stands still from the first on, and a nurse."""
    client = factories.client(clock=clock, hours=10)
    claim = factories.claim(client, reported_at=NOW, due_at=DUE[clock])
    pause(boss, client, claim, at=NOW + HOUR)
    return Key(client, claim), factories.staff(Role.CLINICAL, client)


@pytest.fixture
def claim(client: int, nurse: Actor) -> int:
    made = factories.claim(client, reported_at=NOW - 5 * HOUR)
    reach(nurse, client, made, at=NOW - HOUR)
    return made


class TestStriking:
    def test_lets_the_clock_go_on_as_if_nothing_had_been(self, desk: Desk, client: int, boss: Actor) -> None:
        claim = factories.claim(client)
        before = one(desk, "select first_contact_at, first_contact_by, due_at from claim")
        reach(factories.staff(Role.CLINICAL, client), client, claim)

        due_at = strike(boss, client, claim)

        assert one(desk, "select first_contact_at, first_contact_by, due_at from claim") == before
        assert due_at == before[2]

    def test_takes_it_out_of_the_measures(self, desk: Desk, client: int, claim: int, boss: Actor) -> None:
        counted = (
            "select sum(reported)::int, sum(contacted)::int, sum(on_time)::int,"
            " (select count(*)::int from (select bin from fact_delta group by bin having sum(contacted) <> 0) each)"
            " from fact_delta"
        )
        assert one(desk, counted) == (1, 1, 1, 1)

        strike(boss, client, claim)

        assert one(desk, counted) == (1, 0, 0, 0)

    def test_puts_the_claim_back_into_the_lists_without_it(
        self, client: int, claim: int, boss: Actor, va: Actor
    ) -> None:
        log(va, client, claim, Outcome.NO_ANSWER, at=NOW - 2 * HOUR)
        with transaction(va) as tx:
            assert worklist.items(va, tx, at=NOW) == []

        strike(boss, client, claim)

        with transaction(va) as tx:
            [item] = worklist.items(va, tx, at=NOW)
        assert (item.claim_id, item.why) == (claim, "worker/phone/no_answer")

    def test_leaves_the_entry_with_who_struck_it_and_why(self, client: int, claim: int, boss: Actor, va: Actor) -> None:
        strike(boss, client, claim, " Meant for C-7. ")

        with transaction(va) as tx:
            told = intake.open_claim(va, tx, client, claim).timeline
        [entry] = [each for each in told if each.kind == "attempt"]
        assert (entry.substantive, entry.struck_by, entry.struck_why) == (True, boss.name, "Meant for C-7.")
        assert entry.struck_at is not None
        assert entry.held is not None
        assert "first_contact_struck" in [each.kind for each in told]

    def test_is_on_the_record_and_announced(self, desk: Desk, client: int, claim: int, boss: Actor) -> None:
        with desk.app() as listener:
            listener.execute("listen desk_claim")
            strike(boss, client, claim)
            heard = [notice.payload.replace(" ", "") for notice in listener.notifies(timeout=5, stop_after=1)]

        assert heard == [f'{{"client":{client},"claims":[{claim}]}}']
        assert one(desk, "select actor_id, noun_id from audit_event where verb = 'first_contact_struck'") == (
            boss.staff_id, claim,
        )  # fmt: skip

    @pytest.mark.parametrize("made_at", [None, NOW + 2 * HOUR, NOW + 30 * MINUTE], ids=["now", "back", "before it"])
    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_gives_the_pause_back_that_the_contact_ended(
        self, desk: Desk, boss: Actor, clock: str, made_at: datetime | None
    ) -> None:
        claim, nurse = paused(boss, clock)
        before = one(desk, "select starts_at, ends_at, ended_by, due_at from clock_pause join claim using (claim_id)")
        reach(nurse, claim.client_id, claim.claim_id, at=NOW + 3 * HOUR, made_at=made_at)

        due_at = strike(boss, claim.client_id, claim.claim_id)

        after = one(desk, "select starts_at, ends_at, ended_by, due_at from clock_pause join claim using (claim_id)")
        assert after == before
        assert due_at == before[3]

    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_and_the_clock_goes_on_as_if_there_had_been_no_contact(self, desk: Desk, boss: Actor, clock: str) -> None:
        struck, nurse = paused(boss, clock)
        never, _ = paused(boss, clock)
        reach(nurse, struck.client_id, struck.claim_id, at=NOW + 3 * HOUR)
        strike(boss, struck.client_id, struck.claim_id)

        due = [resume(boss, each.client_id, each.claim_id, at=NOW + 5 * HOUR) for each in (struck, never)]

        assert due[0] == due[1] > DUE[clock]
        with transaction(boss) as tx:
            assert intake.open_claim(boss, tx, struck.client_id, struck.claim_id).deadline().due_at == due[0]
        folded = (
            "select sum(reported), sum(contacted), sum(on_time) from fact_delta where client_id = %s group by client_id"
        )
        assert one(desk, folded, struck.client_id) == one(desk, folded, never.client_id)

    def test_lets_the_next_contact_end_it_when_that_was(self, desk: Desk, boss: Actor) -> None:
        claim, nurse = paused(boss, "elapsed")
        reach(nurse, claim.client_id, claim.claim_id, at=NOW + 3 * HOUR)
        strike(boss, claim.client_id, claim.claim_id)

        reach(nurse, claim.client_id, claim.claim_id, at=NOW + 4 * HOUR)

        assert one(desk, "select ends_at from clock_pause") == NOW + 4 * HOUR
        assert one(desk, "select due_at from claim") == NOW + 13 * HOUR

    def test_gives_no_pause_back_that_ended_before_the_contact(self, desk: Desk, boss: Actor) -> None:
        claim, nurse = paused(boss, "elapsed")
        resume(boss, claim.client_id, claim.claim_id, at=NOW + 3 * HOUR)
        reach(nurse, claim.client_id, claim.claim_id, at=NOW + 4 * HOUR)

        due_at = strike(boss, claim.client_id, claim.claim_id)

        assert one(desk, "select ends_at, due_at from clock_pause join claim using (claim_id)") == (
            NOW + 3 * HOUR, NOW + 12 * HOUR,
        )  # fmt: skip
        assert due_at == NOW + 12 * HOUR

    def test_gives_the_pause_back_to_a_contact_that_ended_it_again(self, desk: Desk, boss: Actor) -> None:
        """The same call, told again after it was struck, ended it as the struck one had."""
        claim, nurse = paused(boss, "elapsed")
        for hours in (3, 4):
            reach(nurse, claim.client_id, claim.claim_id, at=NOW + hours * HOUR, made_at=NOW + 30 * MINUTE)
            assert one(desk, "select ends_at from clock_pause") == NOW + HOUR

            strike(boss, claim.client_id, claim.claim_id)

            assert one(desk, "select ends_at, ended_attempt_id from clock_pause") == (None, None)

    def test_lets_another_be_recorded(self, desk: Desk, client: int, claim: int, boss: Actor, nurse: Actor) -> None:
        strike(boss, client, claim)

        reach(nurse, client, claim, made_at=NOW - HOUR)

        assert one(desk, "select first_contact_at from claim") == NOW - HOUR
        assert one(desk, "select count(*), count(struck_at) from contact_attempt where substantive") == (2, 1)

    def test_takes_the_claim_from_whoever_lost_it_meanwhile(
        self, desk: Desk, client: int, claim: int, boss: Actor, va: Actor
    ) -> None:
        with desk.owner() as db:
            db.execute("update claim set assignee_id = %s, assigned_at = %s", (va.staff_id, NOW))
            db.execute("delete from staff_client where staff_id = %s", (va.staff_id,))
        assert one(desk, "select assignee_id from claim") == va.staff_id, "nothing was due of it"

        strike(boss, client, claim)

        assert one(desk, "select assignee_id from claim") is None


class TestIsRefused:
    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_to_whoever_is_no_supervisor(self, desk: Desk, client: int, claim: int, role: Role) -> None:
        with pytest.raises(NotAllowed):
            strike(factories.staff(role, client), client, claim)

        assert one(desk, "select first_contact_at from claim") is not None

    def test_where_there_is_none(self, client: int, boss: Actor) -> None:
        with pytest.raises(contact.NoFirstContact):
            strike(boss, client, factories.claim(client))

    def test_where_it_is_struck_already(self, client: int, claim: int, boss: Actor) -> None:
        strike(boss, client, claim)

        with pytest.raises(contact.NoFirstContact):
            strike(boss, client, claim)

    def test_on_a_closed_claim(self, desk: Desk, client: int, claim: int, boss: Actor) -> None:
        with desk.owner() as db:
            db.execute("update claim set closed_at = %s, closed_why = 'x'", (NOW,))

        with pytest.raises(claims.ClaimClosed):
            strike(boss, client, claim)

    @pytest.mark.parametrize(("reason", "refusal"), [(" ", NoReason), ("x" * 501, TooLong)])
    def test_without_a_reason_that_can_be_read(
        self, client: int, claim: int, boss: Actor, reason: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            strike(boss, client, claim, reason)
