"""A call that was promised is made: a promise of a time, which is work until it is kept."""

from datetime import datetime, timedelta

import pytest

from core import closing, contact, worklist
from core.access import Actor
from core.claims import ClaimClosed
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from core.worklist import KINDS, Item
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import log, one, reach, strike
from tests.factories import NOW

HOUR = timedelta(hours=1)
LATER = Outcome.REACHED_DEFERRED


def promised(actor: Actor) -> list[Item]:
    """Return the calls that are to be made, of the actor's clients."""
    with transaction(actor) as tx:
        return [item for item in worklist.items(actor, tx, at=NOW) if item.kind == 3]


class TestAPromise:
    @pytest.mark.parametrize("when", [None, NOW, NOW - HOUR, NOW + timedelta(days=30, minutes=1)])
    def test_has_a_time_within_thirty_days(self, desk: Desk, client: int, va: Actor, when: datetime | None) -> None:
        with pytest.raises(contact.NoTimeToCall):
            log(va, client, factories.claim(client), LATER, call_again_at=when)

        assert one(desk, "select count(*) from contact_attempt") == 0

    def test_can_be_thirty_days_ahead(self, desk: Desk, client: int, va: Actor) -> None:
        log(va, client, factories.claim(client), LATER, call_again_at=NOW + timedelta(days=30))

        assert one(desk, "select call_again_at from contact_attempt") == NOW + timedelta(days=30)

    @pytest.mark.parametrize("outcome", [each for each in Outcome if each in contact.PROMISING])
    @pytest.mark.parametrize("party", [Party.WORKER, Party.EMPLOYER])
    def test_can_be_given_by_whoever_is_reached_and_after_a_message(
        self, client: int, va: Actor, party: Party, outcome: Outcome
    ) -> None:
        log(va, client, factories.claim(client), outcome, party=party, call_again_at=NOW + HOUR)

        [item] = promised(va)
        assert item.due_at == NOW + HOUR

    @pytest.mark.parametrize("outcome", [each for each in Outcome if each not in contact.PROMISING])
    def test_is_not_made_where_nobody_asked_for_it(self, client: int, va: Actor, outcome: Outcome) -> None:
        method = Method.LETTER if outcome is Outcome.SENT else Method.PHONE
        with pytest.raises(contact.OutcomeDoesNotFit, match="left a voicemail"):
            log(va, client, factories.claim(client), outcome, method=method, call_again_at=NOW + HOUR)

    def test_is_not_made_on_a_closed_claim_where_it_would_be_nobodys_work(
        self, desk: Desk, client: int, va: Actor, boss: Actor
    ) -> None:
        claim = factories.claim(client)
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        with pytest.raises(ClaimClosed):
            log(va, client, claim, Outcome.VOICEMAIL, call_again_at=NOW + HOUR)
        log(va, client, claim, Outcome.VOICEMAIL)

        assert one(desk, "select count(*) from contact_attempt") == 1


class TestItIsWork:
    def test_until_the_promised_time_in_the_clients_zone(self, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        log(va, client, claim, LATER, call_again_at=NOW + 5 * HOUR)

        [item] = promised(va)

        assert (item.claim_id, item.due_at, item.at) == (claim, NOW + 5 * HOUR, NOW)
        assert KINDS[2].why(item) == (
            "Promised for Tue 14:00 CST",
            "To call again, promised for Tue 24 Nov 2026, 14:00 CST: worker",
        )

    def test_one_of_a_claim_the_first_before_the_others(self, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        log(va, client, claim, LATER, call_again_at=NOW + 5 * HOUR)
        log(va, client, claim, LATER, party=Party.EMPLOYER, call_again_at=NOW + 2 * HOUR)

        [item] = promised(va)

        assert (item.due_at, item.elements) == (NOW + 2 * HOUR, ["employer", "worker"])
        short, whole = KINDS[2].why(item)
        assert short == "Employer, promised for Tue 11:00 CST"
        assert whole == "To call again, promised for Tue 24 Nov 2026, 11:00 CST: employer; then worker"

    @pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.THIRD_PERSON])
    def test_does_not_say_that_anybody_asked_where_a_message_was_left(
        self, client: int, va: Actor, outcome: Outcome
    ) -> None:
        log(va, client, factories.claim(client), outcome, call_again_at=NOW + HOUR)

        [item] = promised(va)

        assert "asked" not in " ".join(KINDS[2].why(item))

    def test_does_not_wait_while_the_claims_clock_stands_still(self, client: int, va: Actor, boss: Actor) -> None:
        claim = factories.claim(client)
        log(va, client, claim, LATER, call_again_at=NOW + 5 * HOUR)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="Surgery.", at=NOW)
        with transaction(va) as tx:
            waits = {item.kind: item.paused_at is not None for item in worklist.items(va, tx, at=NOW)}

        assert waits == {1: True, 3: False}

    def test_can_be_put_aside_like_any_other(self, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        log(va, client, claim, LATER, call_again_at=NOW + 5 * HOUR)
        with transaction(va) as tx:
            worklist.snooze(va, tx, client_id=client, claim_id=claim, kind=3, until=NOW + HOUR, at=NOW)

        assert [mark[0] for mark in promised(va)[0].marks] == [va.staff_id]


class TestItEnds:
    @pytest.fixture
    def claim(self, client: int, va: Actor) -> int:
        made = factories.claim(client, reported_at=NOW - 9 * HOUR)
        log(va, client, made, LATER, at=NOW - HOUR, call_again_at=NOW + 5 * HOUR)
        log(va, client, made, LATER, party=Party.EMPLOYER, at=NOW - HOUR, call_again_at=NOW + 6 * HOUR)
        return made

    def left(self, actor: Actor) -> list[str]:
        return [party for item in promised(actor) for party in item.elements]

    def test_with_the_next_attempt_that_comes_to_that_party(self, client: int, va: Actor, claim: int) -> None:
        log(va, client, claim, Outcome.REFUSED)
        assert self.left(va) == ["employer"]

        log(va, client, claim, Outcome.REACHED, party=Party.EMPLOYER)
        assert self.left(va) == []

    @pytest.mark.parametrize(("early", "left"), [(timedelta(minutes=31), ["worker"]), (timedelta(minutes=30), [])])
    def test_with_one_in_vain_only_at_the_promised_time(
        self, client: int, va: Actor, early: timedelta, left: list[str]
    ) -> None:
        claim = factories.claim(client, reported_at=NOW - 9 * HOUR)
        log(va, client, claim, LATER, at=NOW - HOUR, call_again_at=NOW + early)

        log(va, client, claim, Outcome.NO_ANSWER)

        assert self.left(va) == left

    def test_with_a_new_promise_in_its_place(self, client: int, va: Actor, claim: int) -> None:
        log(va, client, claim, LATER, call_again_at=NOW + 8 * HOUR)

        [item] = promised(va)
        assert (item.elements, item.due_at) == (["employer", "worker"], NOW + 6 * HOUR)

    def test_not_with_an_attempt_that_was_made_before_it(self, client: int, va: Actor, claim: int) -> None:
        log(va, client, claim, Outcome.NO_ANSWER, made_at=NOW - 2 * HOUR)

        assert self.left(va) == ["worker", "employer"]

    def test_before_it_begins_where_a_later_attempt_is_on_record(self, client: int, va: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 9 * HOUR)
        log(va, client, claim, Outcome.REACHED)
        log(va, client, claim, LATER, made_at=NOW - HOUR, call_again_at=NOW + HOUR)

        assert self.left(va) == []

    def test_with_the_first_contact_and_not_with_one_that_was_a_mistake(
        self, client: int, va: Actor, nurse: Actor, boss: Actor, claim: int
    ) -> None:
        reach(nurse, client, claim)
        assert self.left(va) == ["employer"]

        strike(boss, client, claim)
        assert self.left(va) == ["worker", "employer"]

    def test_where_the_claim_is_closed(self, client: int, va: Actor, boss: Actor, claim: int) -> None:
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        assert self.left(va) == []

    def test_for_a_worker_who_has_died(self, desk: Desk, client: int, va: Actor, claim: int) -> None:
        with desk.owner() as db:
            db.execute("update claim set date_of_death = '2026-11-23'")

        assert self.left(va) == ["employer"]
