"""Every deadline is where a count minute by minute ends."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.clocks import (
    Kind,
    deadline,
)
from tests.core.clocks.policies import (
    ZONES,
    at,
    business,
    day_changes,
    elapsed,
    instants,
    minute_by_minute,
    minutes,
    paused,
    policies,
    unhurried,
)


class TestEveryDeadline:
    @unhurried
    @given(policy=policies, reported_at=instants, data=st.data())
    def test_is_reached_by_steps_without_a_gap_that_sum_to_the_promise(self, policy, reported_at, data):
        due = deadline(policy, reported_at, data.draw(paused(reported_at)))

        assert due.steps[0].starts == reported_at
        assert due.steps[-1].ends == due.due_at
        assert all(one.ends == other.starts for one, other in pairwise(due.steps))
        assert all(step.starts < step.ends for step in due.steps)
        assert sum((step.counted for step in due.steps), timedelta(0)) == timedelta(hours=1) * float(policy.hours)
        assert sum((step.wall for step in due.steps), timedelta(0)) == due.wall == due.due_at - reported_at

    @unhurried
    @given(policy=policies, reported_at=instants)
    def test_ends_with_time_that_counted(self, policy, reported_at):
        assert deadline(policy, reported_at).steps[-1].kind is Kind.COUNTED

    @unhurried
    @given(policy=policies, one=instants, other=instants, data=st.data())
    def test_is_never_earlier_for_a_later_report(self, policy, one, other, data):
        pauses = data.draw(paused(one))
        first, second = sorted([one, other])
        assert deadline(policy, first, pauses).due_at <= deadline(policy, second, pauses).due_at

    @unhurried
    @given(policy=policies, reported_at=instants, zone=st.sampled_from(ZONES))
    def test_is_the_same_in_whatever_zone_the_report_was_written_down(self, policy, reported_at, zone):
        assert deadline(policy, reported_at.astimezone(ZoneInfo(zone))) == deadline(policy, reported_at)

    @settings(max_examples=60, deadline=None)
    @given(policy=policies, reported_at=minutes, data=st.data())
    @example(policy=business(24), reported_at=at("2026-11-25T16:00-06:00"), data=None)
    @example(policy=business(9), reported_at=at("2026-07-02T16:00-05:00"), data=None)
    @example(
        policy=business(4, open_hours="00:00-17:00", days=frozenset({7})),
        reported_at=at("2026-11-01T00:00-05:00"),
        data=None,
    )
    @example(
        policy=business(4, open_hours="00:00-17:00", days=frozenset({7})),
        reported_at=at("2026-03-08T00:00-06:00"),
        data=None,
    )
    @example(
        policy=business(12, open_hours="22:00-06:00", days=frozenset({6, 7})),
        reported_at=at("2026-10-31T23:00-05:00"),
        data=None,
    )
    @example(
        policy=business(12, open_hours="22:00-02:30,03:00-04:00", days=frozenset({6, 7})),
        reported_at=at("2026-03-07T23:00-06:00"),
        data=None,
    )
    def test_is_where_a_count_minute_by_minute_ends(self, policy, reported_at, data):
        pauses = data.draw(paused(reported_at)) if data else []
        policy = replace(policy, changes=data.draw(day_changes(around=reported_at))) if data else policy
        promised = Decimal(policy.hours) * 60
        assume(promised == int(promised))
        due = deadline(policy, reported_at, pauses)
        assume(due.wall < timedelta(days=60))
        assert due.due_at == minute_by_minute(policy, reported_at, pauses, int(promised))

    def test_refuses_a_report_that_does_not_say_its_zone(self):
        with pytest.raises(ValueError, match="zone"):
            deadline(elapsed(), datetime.combine(date(2026, 11, 24), time(9)))
