"""A contact that is put on record long after it was made, or that turns an overdue claim into one in time, says why."""

from datetime import timedelta

import pytest

from core import contact, intake
from core.access import Actor
from core.refusal import TooLong
from core.transactions import transaction
from db.queries.timeline import Entry
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import count, log, one, pause, reach
from tests.factories import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WHY = "The line was down all day."


def entry(reader: Actor, client: int, claim: int) -> Entry:
    with transaction(reader) as tx:
        [found] = [each for each in intake.open_claim(reader, tx, client, claim).timeline if each.kind == "attempt"]
    return found


class TestWhatWasMadeLongAgo:
    @pytest.fixture
    def claim(self, client: int) -> int:
        return factories.claim(client, reported_at=NOW - 60 * HOUR, due_at=NOW + HOUR)

    def test_is_a_first_contact_of_more_than_twelve_hours(
        self, desk: Desk, client: int, nurse: Actor, claim: int
    ) -> None:
        with pytest.raises(contact.LatenessNotExplained):
            reach(nurse, client, claim, made_at=NOW - 12 * HOUR - MINUTE, late_why=" \n")
        assert count(desk, "contact_attempt") == 0

        reach(nurse, client, claim, made_at=NOW - 12 * HOUR)

    def test_is_an_attempt_of_more_than_twelve_hours(self, desk: Desk, client: int, va: Actor, claim: int) -> None:
        with pytest.raises(contact.LatenessNotExplained):
            log(va, client, claim, made_at=NOW - 12 * HOUR - MINUTE)
        assert count(desk, "contact_attempt") == 0

        log(va, client, claim, made_at=NOW - 12 * HOUR)

    def test_is_on_the_timeline_with_when_it_was_recorded_and_why(
        self, client: int, nurse: Actor, va: Actor, claim: int
    ) -> None:
        reach(nurse, client, claim, made_at=NOW - 50 * HOUR, late_why=f" {WHY} ")

        found = entry(va, client, claim)
        assert (found.at, found.recorded_at, found.late_why) == (NOW - 50 * HOUR, NOW, WHY)

    def test_says_why_in_as_many_characters_as_other_reasons_have(self, client: int, va: Actor, claim: int) -> None:
        with pytest.raises(TooLong, match="500"):
            log(va, client, claim, made_at=NOW - 13 * HOUR, late_why="x" * 501)
        log(va, client, claim, made_at=NOW - 13 * HOUR, late_why="x" * 500)

    def test_is_nothing_that_was_recorded_in_its_shift(self, client: int, va: Actor, claim: int) -> None:
        log(va, client, claim, made_at=NOW - HOUR, late_why="Said for nothing.")

        assert entry(va, client, claim).late_why is None


class TestAnOverdueClaim:
    """Due two hours ago."""

    @pytest.fixture
    def claim(self, client: int) -> int:
        return factories.claim(client, reported_at=NOW - 26 * HOUR)

    @pytest.mark.parametrize("ago", [2 * HOUR, 3 * HOUR])
    def test_is_in_time_for_a_reason(self, desk: Desk, client: int, nurse: Actor, claim: int, ago: timedelta) -> None:
        with pytest.raises(contact.LatenessNotExplained):
            reach(nurse, client, claim, made_at=NOW - ago)
        assert one(desk, "select first_contact_at from claim") is None

        reach(nurse, client, claim, made_at=NOW - ago, late_why=WHY)

        assert one(desk, "select first_contact_at <= due_at, late_why from claim, contact_attempt") == (True, WHY)

    def test_is_late_without_one(self, client: int, nurse: Actor, claim: int) -> None:
        reach(nurse, client, claim, made_at=NOW - 2 * HOUR + MINUTE)

    def test_has_attempts_logged_without_one(self, client: int, va: Actor, claim: int) -> None:
        log(va, client, claim, made_at=NOW - 3 * HOUR)

    def test_is_none_while_its_clock_stands_still(self, client: int, nurse: Actor, boss: Actor, claim: int) -> None:
        pause(boss, client, claim, at=NOW - 5 * HOUR)

        reach(nurse, client, claim, made_at=NOW - 3 * HOUR)

    def test_is_one_though_it_was_paused_afterwards(self, client: int, nurse: Actor, boss: Actor, claim: int) -> None:
        pause(boss, client, claim, at=NOW - HOUR)

        with pytest.raises(contact.LatenessNotExplained):
            reach(nurse, client, claim, made_at=NOW - 3 * HOUR)
        reach(nurse, client, claim, made_at=NOW - 3 * HOUR, late_why=WHY)
