"""Referrals in any order of acts, by two people at once: no state that there is not, no update lost, nothing untold."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

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

from core import referrals
from core.access import Role
from core.referrals import Party, State, Step
from core.refusal import Refusal
from tests import factories
from tests.core.referrals import work

DAY = timedelta(days=1)
AHEAD = st.integers(1, 3).map(lambda days: work.NOW + days * DAY)

Done = str
"""What was done, by its name on the record."""

STEPS_OF = {
    State.MADE: {Step.CONFIRM_PROVIDER, Step.CONFIRM_WORKER, Step.BOOK},
    State.PROVIDER_CONFIRMED: {Step.CONFIRM_WORKER, Step.BOOK},
    State.WORKER_CONFIRMED: {Step.CONFIRM_PROVIDER, Step.BOOK},
    State.CONFIRMED: {Step.BOOK},
    State.BOOKED: {Step.CONFIRM_PROVIDER, Step.CONFIRM_WORKER, Step.ATTEND},
    State.MISSED: {Step.CONFIRM_PROVIDER, Step.CONFIRM_WORKER, Step.BOOK},
    State.KEPT: {Step.REPORT},
    State.REPORTED: set(), State.WITHDRAWN: set(), State.OVER: set(),
}  # fmt: skip
"""What can still be needed in each state."""

ENDED = {State.REPORTED, State.WITHDRAWN, State.OVER}


class Referrals(RuleBasedStateMachine):
    """Two referrals of a claim and everything that can become of them, tried by two people at once."""

    made = Bundle("made")

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.client = factories.client()
        self.people = [factories.staff(role, self.client) for role in (Role.VA, Role.CLINICAL)]
        self.claim = factories.claim(self.client)
        self.to = work.provider(desk)
        self.told: list[Done] = []
        self.ends: dict[int, State] = {}

    @initialize(target=made)
    def two_referrals(self) -> MultipleResults[int]:
        self.told += ["referral_made", "referral_made"]
        return multiple(*(work.refer(self.people[0], self.client, self.claim, self.to) for _ in range(2)))

    @rule(referral=made, one=st.sampled_from(list(Party)), other=st.sampled_from(list(Party)))
    def two_confirm(self, referral: int, one: Party, other: Party) -> None:
        self._at_once(*(lambda by, party=party: self._confirm(by, referral, party) for party in (one, other)))

    @rule(referral=made, at=AHEAD, later=AHEAD)
    def two_book(self, referral: int, at, later) -> None:
        kind = "appointment_moved" if self._last(referral) in ("missed", "moved") else "appointment_booked"
        self._at_once(lambda by: self._book(by, referral, at, kind), lambda by: self._book(by, referral, later, kind))

    @rule(referral=made, at=AHEAD, end=st.sampled_from(["kept", "missed", "cancel"]))
    def one_moves_what_another_ends(self, referral: int, at, end: str) -> None:
        if booked := self._booked(referral):
            self._at_once(
                lambda by: self._move(by, referral, booked, at), lambda by: self._end(by, referral, booked, end)
            )

    @rule(
        referral=made,
        end=st.sampled_from(["kept", "missed", "cancel"]),
        other=st.sampled_from(["kept", "missed", "cancel"]),
    )
    def two_end_an_appointment(self, referral: int, end: str, other: str) -> None:
        if booked := self._booked(referral):
            self._at_once(
                lambda by: self._end(by, referral, booked, end), lambda by: self._end(by, referral, booked, other)
            )

    @rule(referral=made)
    def one_withdraws_what_another_has_a_report_of(self, referral: int) -> None:
        whole = self._whole(referral)
        if whole.state is State.KEPT:
            at = whole.referral.visit_at
            self._at_once(lambda by: self._report(by, referral, at), lambda by: self._withdraw(by, referral, at))

    @invariant()
    def a_referral_needs_what_its_state_leaves_open(self) -> None:
        for whole in work.of_claim(self.people[0], self.client, self.claim):
            needs = {each.step for each in whole.steps}
            assert needs <= STEPS_OF[whole.state]
            assert bool(needs) == (whole.state not in ENDED)
            assert [each.due_at for each in whole.steps] == sorted(each.due_at for each in whole.steps)

    @invariant()
    def at_most_one_appointment_is_booked_and_the_last_says_how_it_stands(self) -> None:
        for whole in work.of_claim(self.people[0], self.client, self.claim):
            booked = [each for each in whole.appointments if each.status == "booked"]
            assert len(booked) <= (whole.state is State.BOOKED)
            if whole.appointments:
                last = whole.appointments[0]
                assert (whole.referral.visit_status, whole.referral.visit_at) == (last.status, last.starts_at)
            assert len({each.sequence for each in whole.appointments}) == len(whole.appointments)

    @invariant()
    def what_has_ended_stays_as_it_ended(self) -> None:
        for whole in work.of_claim(self.people[0], self.client, self.claim):
            key = whole.referral.referral_id
            if whole.state in ENDED:
                assert self.ends.setdefault(key, whole.state) is whole.state
            else:
                assert key not in self.ends

    @invariant()
    def everything_that_was_done_is_told_once_on_the_timeline_and_on_the_record(self) -> None:
        for table, kind in (("claim_event", "kind"), ("audit_event", "verb")):
            rows = self.desk.maker.execute(
                f"select {kind} from {table} where client_id = %s and {kind} ~ '^(referral|appointment)_'".encode(),
                (self.client,),
            ).fetchall()
            assert sorted(row[0] for row in rows) == sorted(self.told)

    def _whole(self, referral: int) -> referrals.Whole:
        every = work.of_claim(self.people[0], self.client, self.claim)
        return next(each for each in every if each.referral.referral_id == referral)

    def _booked(self, referral: int) -> referrals.Appointment | None:
        return self._whole(referral).booked

    def _last(self, referral: int) -> str | None:
        return next((each.status for each in self._whole(referral).appointments), None)

    def _confirm(self, by, referral: int, party: Party) -> Done:
        work.confirm(by, self.client, referral, party)
        return "referral_confirmed"

    def _book(self, by, referral: int, at, kind: Done) -> Done:
        work.book(by, self.client, referral, at)
        return kind

    def _move(self, by, referral: int, booked: referrals.Appointment, at) -> Done:
        work.change(by, self.client, referral, referrals.move, booked.appointment_id, starts_at=at)
        return "appointment_moved"

    def _end(self, by, referral: int, booked: referrals.Appointment, end: str) -> Done:
        more = {"why": "x"} if end == "cancel" else {"at": booked.starts_at}
        work.change(by, self.client, referral, getattr(referrals, end), booked.appointment_id, **more)
        return f"appointment_{'cancelled' if end == 'cancel' else end}"

    def _report(self, by, referral: int, at) -> Done:
        work.end(by, self.client, referral, referrals.report_received, at=at)
        return "referral_reported"

    def _withdraw(self, by, referral: int, at) -> Done:
        work.end(by, self.client, referral, referrals.withdraw, why="Well.", at=at)
        return "referral_withdrawn"

    def _at_once(self, *acts: Callable[[object], Done]) -> None:
        def attempt(act: Callable[[object], Done], by) -> Done | None:
            try:
                return act(by)
            except Refusal:
                return None

        with ThreadPoolExecutor(len(acts)) as pool:
            self.told += [done for done in pool.map(attempt, acts, self.people) if done]


@pytest.mark.slow
def test_any_order_of_acts_by_two_people_leaves_no_state_that_there_is_not(desk) -> None:
    run_state_machine_as_test(
        lambda: Referrals(desk),
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
