"""A claim through any order of acts, by two people at once: no state that there is not, and everything told once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from core import closing
from core.access import Role
from core.refusal import Refusal
from core.transactions import transaction
from tests import factories
from tests.core.contact import work
from tests.core.merging import two
from tests.factories import NOW

Done = list[tuple[str, int]]
"""What was done, by its name on the record, to which claims."""

ON_TIMELINE = (
    "clock_paused", "clock_resumed", "first_contact_struck", "closed", "reopened", "merged", "merge_undone",
)  # fmt: skip
ON_RECORD = (*ON_TIMELINE, "first_contact_recorded")

ACTS = st.sampled_from(["reach", "strike", "pause", "resume", "close", "reopen", "merge", "unmerge"])


class Claims(RuleBasedStateMachine):
    """Three claims of one injury, two of the clinical staff and a supervisor."""

    claims = Bundle("claims")

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = factories.client()
        self.nurses = [factories.staff(Role.CLINICAL, self.client) for _ in range(2)]
        self.boss = factories.staff(Role.SUPERVISOR)
        self.told: Done = []
        self.at = NOW

    @initialize(target=claims)
    def three_claims(self) -> MultipleResults[int]:
        return multiple(
            *(factories.claim(self.client, reported_at=NOW - timedelta(hours=hours)) for hours in (5, 3, 1))
        )

    @rule(claim=claims, other=claims, act=ACTS)
    def somebody_acts(self, claim: int, other: int, act: str) -> None:
        self._at_once(lambda: self._do(act, claim, other))

    @rule(claim=claims, other=claims, one=ACTS, second=ACTS)
    def two_act_at_once_on_one_claim(self, claim: int, other: int, one: str, second: str) -> None:
        self._at_once(lambda: self._do(one, claim, other), lambda: self._do(second, claim, other, who=1))

    @rule(claim=claims, other=claims, one=ACTS, second=ACTS)
    def two_act_at_once_on_two(self, claim: int, other: int, one: str, second: str) -> None:
        self._at_once(lambda: self._do(one, claim, other), lambda: self._do(second, other, claim, who=1))

    @invariant()
    def a_claim_is_reached_where_a_contact_stands_on_it_or_on_what_was_merged_into_it(self) -> None:
        wrong = self._rows(
            "select claim_id from claim c where client_id = %s and (first_contact_at is not null) <> exists ("
            " select from contact_attempt a join claim m using (client_id, claim_id)"
            "  where a.client_id = c.client_id and a.substantive and a.struck_at is null"
            "    and (a.claim_id = c.claim_id or m.merged_into = c.claim_id))"
        )
        assert wrong == []

    @invariant()
    def a_merged_claim_is_closed_and_leads_to_one_that_is_not_merged(self) -> None:
        wrong = self._rows(
            "select c.claim_id from claim c left join claim k on k.client_id = c.client_id and k.claim_id = c.merged_into"
            " where c.client_id = %s and c.merged_into is not null"
            "   and (c.closed_at is null or k.claim_id is null or k.merged_into is not null)"
        )
        assert wrong == []

    @invariant()
    def a_clock_stands_still_once_and_only_while_it_counts(self) -> None:
        wrong = self._rows(
            "select p.claim_id from clock_pause p join claim c using (client_id, claim_id)"
            " where p.client_id = %s and p.ends_at is null group by p.claim_id, c.first_contact_at"
            " having count(*) > 1 or c.first_contact_at is not null"
        )
        assert wrong == []

    @invariant()
    def everything_that_was_done_is_told_once_on_the_timeline_and_on_the_record(self) -> None:
        for table, kind, number, kinds in (
            ("claim_event", "kind", "claim_id", ON_TIMELINE), ("audit_event", "verb", "noun_id", ON_RECORD),
        ):  # fmt: skip
            rows = self.desk.maker.execute(
                f"select {kind}, {number} from {table} where client_id = %s and {kind} = any (%s)".encode(),
                (self.client, list(kinds)),
            ).fetchall()
            assert sorted(rows) == sorted(each for each in self.told if each[0] in kinds)

    def _rows(self, statement: str) -> list[tuple[int, ...]]:
        return list(self.desk.maker.execute(statement.encode(), (self.client,)).fetchall())

    def _do(self, act: str, claim: int, other: int, *, who: int = 0) -> Done:
        nurse, boss, client = self.nurses[who], self.boss, self.client
        at: datetime = self.at
        match act:
            case "reach":
                work.reach(nurse, client, claim, at=at)
                return [("first_contact_recorded", claim)]
            case "strike":
                work.strike(boss, client, claim)
                return [("first_contact_struck", claim)]
            case "pause":
                work.pause(boss, client, claim, at=at)
                return [("clock_paused", claim)]
            case "resume":
                work.resume(boss, client, claim, at=at)
                return [("clock_resumed", claim)]
            case "close" | "reopen":
                with transaction(boss) as tx:
                    service = closing.close if act == "close" else closing.reopen
                    service(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")
                return [("closed" if act == "close" else "reopened", claim)]
            case "merge":
                two.merge(boss, client, claim, other, at=at)
                return [("merged", claim), ("merged", other)]
        [(into,)] = self.desk.maker.execute("select merged_into from claim where claim_id = %s", (claim,)).fetchall()
        two.unmerge(boss, client, claim, at=at)
        return [("merge_undone", claim), ("merge_undone", into)]

    def _at_once(self, *acts: Callable[[], Done]) -> None:
        self.at += timedelta(minutes=1)

        def tried(act: Callable[[], Done]) -> Done:
            try:
                return act()
            except Refusal:
                return []

        with ThreadPoolExecutor(len(acts)) as threads:
            for done in threads.map(tried, acts):
                self.told += done


@pytest.mark.slow
def test_in_any_order_by_two_at_once(desk) -> None:
    run_state_machine_as_test(
        lambda: Claims(desk),
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
