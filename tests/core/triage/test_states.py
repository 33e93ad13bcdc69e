"""Triage calls in any order, by two people at once: no state that there is not, no update lost, nothing untold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

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

from core import triage
from core.access import Role
from core.refusal import Refusal
from tests import factories
from tests.core.triage import work
from tests.factories import NOW

ENDED = {"done", "missed", "cancelled"}
SLOTS = st.integers(1, 3).map(lambda half: NOW + half * timedelta(minutes=30))

Done = tuple[str, int]
"""What was done, and to which claim."""


class Calls(RuleBasedStateMachine):
    """Two clinicians, four claims, and everything that can become of their calls, tried by two people at once."""

    claims = Bundle("claims")

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = factories.client()
        self.va = factories.staff(Role.VA, self.client)
        self.clinicians = [
            work.clinician(desk, self.client, hours=["00:00-24:00"] * 7, daily_calls=48) for _ in range(2)
        ]
        self.told: list[Done] = []
        self.ends: dict[int, str] = {}

    @initialize(target=claims)
    def four_claims(self) -> MultipleResults[int]:
        return multiple(*(factories.claim(self.client, due_at=NOW + timedelta(days=2)) for _ in range(4)))

    @rule(claim=claims, other=claims, who=st.integers(0, 1), second=st.integers(0, 1), at=SLOTS, later=SLOTS)
    def two_book_at_once(self, claim: int, other: int, who: int, second: int, at, later) -> None:
        self._at_once(lambda: self._book(claim, who, at), lambda: self._book(other, second, later))

    @rule(claim=claims, who=st.integers(0, 1), at=SLOTS, end=st.sampled_from(["done", "missed", "cancelled"]))
    def one_moves_what_another_ends(self, claim: int, who: int, at, end: str) -> None:
        call = self._booked(claim)
        if call is not None:
            self._at_once(lambda: self._move(claim, call, who, at), lambda: self._end(claim, call, end))

    @rule(claim=claims, end=st.sampled_from(["done", "missed", "cancelled"]))
    def two_end_the_same(self, claim: int, end: str) -> None:
        call = self._booked(claim)
        if call is not None:
            self._at_once(lambda: self._end(claim, call, end), lambda: self._end(claim, call, "cancelled"))

    @rule(claim=claims)
    def the_worker_is_reached(self, claim: int) -> None:
        reached = self.desk.maker.execute("select first_contact_at from claim where claim_id = %s", (claim,)).fetchone()
        if reached[0] is None:
            call = self._booked(claim)
            factories.first_contact(self.client, claim, self.clinicians[0], at=NOW + timedelta(hours=1))
            if call is not None:
                near = call.starts_at <= NOW + timedelta(hours=2)
                self.told.append((f"call_{'done' if near else 'cancelled'}", claim))

    @invariant()
    def nobody_is_on_two_calls_and_no_claim_has_two(self) -> None:
        booked = self.desk.maker.execute(
            "select clinician_id, claim_id, starts_at, ends_at from triage_call where status = 'booked'"
            " and client_id = %s order by clinician_id, starts_at", (self.client,),
        ).fetchall()  # fmt: skip
        assert len({row[1] for row in booked}) == len(booked)
        for one, next_one in pairwise(booked):
            assert one[0] != next_one[0] or one[3] <= next_one[2]

    @invariant()
    def what_has_ended_stays_as_it_ended(self) -> None:
        for call_id, status in self.desk.maker.execute(
            "select call_id, status from triage_call where client_id = %s", (self.client,)
        ):
            if status in ENDED:
                assert self.ends.setdefault(call_id, status) == status
            else:
                assert call_id not in self.ends

    @invariant()
    def everything_that_was_done_is_told_once_on_the_timeline_and_on_the_record(self) -> None:
        for table, kind, number in (("claim_event", "kind", "claim_id"), ("audit_event", "verb", "noun_id")):
            rows = self.desk.maker.execute(
                f"select {kind}, {number} from {table} where client_id = %s and {kind} ~ '^call_'".encode(),
                (self.client,),
            ).fetchall()
            assert sorted(rows) == sorted(self.told)

    @invariant()
    def a_call_counts_its_moves(self) -> None:
        moves = sum(kind == "call_moved" for kind, _ in self.told)
        [(counted,)] = self.desk.maker.execute(
            "select coalesce(sum(sequence), 0) from triage_call where client_id = %s", (self.client,)
        ).fetchall()
        assert counted == moves

    def _booked(self, claim: int) -> triage.Call | None:
        calls = work.calls(self.va, self.client, claim)
        return next((call for call in calls if call.status == "booked"), None)

    def _book(self, claim: int, who: int, at) -> Done:
        work.book(self.va, self.client, claim, self.clinicians[who], at)
        return "call_booked", claim

    def _move(self, claim: int, call: triage.Call, who: int, at) -> Done:
        work.change(
            self.va, self.client, claim, triage.move, call.call_id, sequence=call.sequence,
            clinician_id=self.clinicians[who].staff_id, starts_at=at,
        )  # fmt: skip
        return "call_moved", claim

    def _end(self, claim: int, call: triage.Call, end: str) -> Done:
        act = {"done": triage.done, "missed": triage.missed, "cancelled": triage.cancel}[end]
        more = {"why": "Not needed"} if end == "cancelled" else {"at": call.starts_at}
        person = self.va if end == "cancelled" else self.clinicians[0]
        work.change(person, self.client, claim, act, call.call_id, sequence=call.sequence, **more)
        return f"call_{end}", claim

    def _at_once(self, *acts: Callable[[], Done]) -> None:
        def attempt(act: Callable[[], Done]) -> Done | None:
            try:
                return act()
            except Refusal:
                return None

        with ThreadPoolExecutor(len(acts)) as pool:
            self.told += [done for done in pool.map(attempt, acts) if done]


@pytest.mark.slow
def test_any_order_of_acts_by_two_people_leaves_no_state_that_there_is_not(desk) -> None:
    run_state_machine_as_test(
        lambda: Calls(desk),
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
