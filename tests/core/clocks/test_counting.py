"""What an elapsed and a business clock count, skip and pause."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendars import DayChange, interval_at
from core.clocks import (
    BusinessWeek,
    Clock,
    HoursNotSensible,
    Kind,
    NeverDue,
    NoPolicyInForce,
    Pause,
    Policy,
    deadline,
    elapsed_so_far,
    policy_counting,
    policy_in_force,
    sentence,
    time_left,
    working_time_left,
)
from tests.core.clocks.policies import (
    ALWAYS,
    CHICAGO,
    MINUTE,
    ZONES,
    at,
    business,
    elapsed,
    hours,
    instants,
    lengths,
    pause,
    policies,
    unhurried,
)


class TestAnElapsedClock:
    @unhurried
    @given(hours=hours, reported_at=instants, zone=st.sampled_from(ZONES))
    def test_counts_true_hours_whatever_clocks_do(self, hours, reported_at, zone):
        due = deadline(elapsed(hours, zone), reported_at)
        assert due.due_at - reported_at == due.counted == due.wall == timedelta(hours=float(hours))

    @pytest.mark.parametrize(
        ("zone", "reported", "due"),
        [
            (CHICAGO, "2026-11-01T01:30-05:00", "2026-11-02T00:30-06:00"),
            (CHICAGO, "2026-03-07T12:00-06:00", "2026-03-08T13:00-05:00"),
            ("Europe/Berlin", "2026-10-24T12:00+02:00", "2026-10-25T11:00+01:00"),
            ("America/Phoenix", "2026-11-01T01:30-07:00", "2026-11-02T01:30-07:00"),
            (CHICAGO, "2026-11-27T16:00-06:00", "2026-11-28T16:00-06:00"),
        ],
        ids=["clocks go back", "clocks go forward", "clocks go back in Europe", "Arizona", "Friday to Saturday"],
    )
    def test_reads_on_the_wall_as_it_must(self, zone, reported, due):
        found = deadline(elapsed(zone=zone), at(reported)).due_at.astimezone(ZoneInfo(zone))
        assert found.isoformat(timespec="minutes") == due


class TestABusinessClock:
    @unhurried
    @given(policy=policies.filter(lambda policy: policy.clock is Clock.BUSINESS), reported_at=instants)
    def test_falls_due_in_open_time_or_as_it_closes(self, policy, reported_at):
        moment_before = deadline(policy, reported_at).due_at - timedelta(microseconds=1)
        assert interval_at(policy.week_at(reported_at), moment_before).open

    @pytest.mark.parametrize(
        ("hours", "reported", "due"),
        [
            (1, "2026-11-24T08:00-06:00", "2026-11-24T09:00-06:00"),
            (1, "2026-11-24T17:00-06:00", "2026-11-25T09:00-06:00"),
            (9, "2026-11-24T08:00-06:00", "2026-11-24T17:00-06:00"),
            (1, "2026-11-26T10:00-06:00", "2026-11-27T09:00-06:00"),
            (2, "2026-11-25T16:00-06:00", "2026-11-27T09:00-06:00"),
            (2, "2026-07-02T16:00-05:00", "2026-07-06T09:00-05:00"),
            (2, "2026-10-30T16:00-05:00", "2026-11-02T09:00-06:00"),
            (24, "2026-11-24T14:00-06:00", "2026-11-30T11:00-06:00"),
            (Decimal("0.5"), "2026-11-28T12:00-06:00", "2026-11-30T08:30-06:00"),
        ],
        ids=[
            "reported as it opens",
            "reported as it closes",
            "a whole day ends as it closes, not as the next opens",
            "reported on a holiday",
            "over Thanksgiving",
            "over a holiday observed on a Friday",
            "over a night in which clocks go back",
            "three days' work over a holiday and a weekend",
            "half an hour, reported on a Saturday",
        ],
    )
    def test_counts_only_open_time(self, hours, reported, due):
        assert deadline(business(hours), at(reported)).due_at == at(due)

    def test_names_the_holiday_and_shows_a_closed_weekend_as_one(self):
        due = deadline(business(), at("2026-11-24T14:00-06:00"))
        assert [step.kind.value for step in due.steps] == [
            "counted", "closed", "counted", "closed", "holiday", "closed", "counted", "closed", "counted",
        ]  # fmt: skip
        assert due.steps[4].rule == "Holiday: Thanksgiving Day, US calendar."
        assert due.steps[7].wall == timedelta(hours=63)

    @unhurried
    @given(hours=hours, reported_at=instants, zone=st.sampled_from(ZONES))
    def test_that_is_open_around_the_clock_counts_as_an_elapsed_one(self, hours, reported_at, zone):
        always = business(hours, zone, open_hours="00:00-24:00", days=frozenset(range(1, 8)), calendar="NONE")
        assert deadline(always, reported_at).due_at == deadline(elapsed(hours, zone), reported_at).due_at

    @pytest.mark.parametrize(
        ("open_hours", "hours", "reported", "due"),
        [
            ("08:00-12:00,13:00-17:00", 5, "2026-11-24T08:00-06:00", "2026-11-24T14:00-06:00"),
            ("08:00-12:00,13:00-17:00", 4, "2026-11-24T12:30-06:00", "2026-11-24T17:00-06:00"),
            ("22:00-06:00", 3, "2026-11-24T21:00-06:00", "2026-11-25T01:00-06:00"),
            ("22:00-06:00", 9, "2026-11-20T22:00-06:00", "2026-11-23T23:00-06:00"),
            ("22:00-06:00", 5, "2026-11-26T05:00-06:00", "2026-11-28T02:00-06:00"),
            ("22:00-06:00", 8, "2026-10-30T22:00-05:00", "2026-10-31T06:00-05:00"),
            ("00:00-24:00", 26, "2026-11-25T23:00-06:00", "2026-11-30T01:00-06:00"),
        ],
        ids=[
            "a break at noon",
            "reported in the break",
            "over midnight",
            "Friday's night ends on Saturday, the next begins on Monday",
            "into Thanksgiving's morning; its own night does not begin",
            "a night before clocks go back",
            "around the clock, closed on Thanksgiving and at weekends",
        ],
    )
    def test_counts_every_stretch_on_the_day_it_begins(self, open_hours, hours, reported, due):
        assert deadline(business(hours, open_hours=open_hours), at(reported)).due_at == at(due)

    def test_names_who_closed_a_day_and_counts_one_that_is_worked(self):
        changes = (
            DayChange(date(2026, 11, 25), "Founder's Day", True, ALWAYS, "Nia Adler", "Agreed"),
            DayChange(date(2026, 11, 26), "Thanksgiving Day", False, ALWAYS, "Nia Adler", "Agreed"),
        )
        due = deadline(replace(business(9), changes=changes), at("2026-11-24T16:00-06:00"))

        assert due.due_at == at("2026-11-26T16:00-06:00")
        [closed] = [step for step in due.steps if step.kind is Kind.HOLIDAY]
        assert (closed.rule, closed.by) == ("Holiday: Founder's Day, the client's own list.", "Nia Adler")

    def test_holds_by_the_list_of_the_time_of_the_report(self):
        change = DayChange(date(2026, 11, 25), "Founder's Day", True, at("2026-11-24T16:00-06:00"), "Nia Adler", "x")
        policy = replace(business(2), changes=(change,))

        assert deadline(policy, at("2026-11-24T15:59-06:00")).due_at == at("2026-11-25T08:59-06:00")
        assert deadline(policy, at("2026-11-24T16:00-06:00")).due_at == at("2026-11-27T09:00-06:00")

    def test_with_hardly_an_open_minute_is_refused_rather_than_counted_for_ever(self):
        policy = business(720, open_hours="08:00-08:01", days=frozenset({1}))
        with pytest.raises(NeverDue):
            deadline(policy, at("2026-11-24T14:00-06:00"))


class TestAPause:
    @unhurried
    @given(hours=hours, reported_at=instants, ahead=st.integers(0, 10_000), length=lengths)
    def test_moves_an_elapsed_deadline_by_what_it_covers(self, hours, reported_at, ahead, length):
        before = deadline(elapsed(hours), reported_at)
        starts = reported_at + ahead * MINUTE
        after = deadline(elapsed(hours), reported_at, [Pause(starts, starts + length, "Reason", "Ana Ruiz")])
        assert after.due_at - before.due_at == (length if starts < before.due_at else timedelta(0))

    def test_over_closed_hours_moves_nothing_on_a_business_clock(self):
        closed = pause("2026-11-24T17:00-06:00", "2026-11-25T08:00-06:00")
        assert deadline(business(), at("2026-11-24T14:00-06:00"), [closed]).due_at == at("2026-11-30T11:00-06:00")

    def test_over_open_hours_moves_a_business_deadline_by_the_open_time_it_covers(self):
        evening = pause("2026-11-24T15:00-06:00", "2026-11-25T09:00-06:00")
        assert deadline(business(), at("2026-11-24T14:00-06:00"), [evening]).due_at == at("2026-11-30T14:00-06:00")

    def test_that_began_before_the_report_counts_from_the_report(self):
        due = deadline(elapsed(), at("2026-11-24T14:00Z"), [pause("2026-11-24T10:00Z", "2026-11-24T15:00Z")])
        assert due.due_at == at("2026-11-25T15:00Z")

    def test_that_overlaps_another_is_not_counted_twice(self):
        both = [
            pause("2026-11-24T16:00Z", "2026-11-24T18:00Z", "Second", "Bo Lind"),
            pause("2026-11-24T15:00Z", "2026-11-24T17:00Z", "First", "Ana Ruiz"),
        ]
        due = deadline(elapsed(), at("2026-11-24T14:00Z"), both)
        assert due.due_at == at("2026-11-25T17:00Z")
        assert [(step.rule, step.by) for step in due.steps if step.kind is Kind.PAUSED] == [
            ("Paused: First.", "Ana Ruiz"),
            ("Paused: Second.", "Bo Lind"),
        ]

    def test_that_begins_as_the_promise_ends_changes_nothing(self):
        report = at("2026-11-24T14:00Z")
        late = [pause("2026-11-25T14:00Z", None)]
        assert deadline(elapsed(), report, late) == deadline(elapsed(), report)

    def test_that_lasts_leaves_the_earliest_deadline_and_says_who_stopped_the_clock(self):
        due = deadline(elapsed(), at("2026-11-24T14:00Z"), [pause("2026-11-24T15:00Z", None)])
        assert due.due_at == at("2026-11-25T14:00Z")
        assert due.lasting_pause is not None
        assert sentence(due, CHICAGO).endswith(
            "The clock stands still since Tue 24 Nov 2026, 09:00 CST (Worker in surgery; set by Ana Ruiz):"
            " the due time moves on until it is resumed."
        )

    def test_that_lasts_moves_the_deadline_as_if_resumed_now(self):
        report, now = at("2026-11-24T14:00Z"), at("2026-11-24T20:00Z")
        due = deadline(elapsed(), report, [pause("2026-11-24T15:00Z", None)], now=now)
        assert due.due_at == at("2026-11-25T19:00Z")
        assert due.lasting_pause is not None


class TestAPolicyChangedMidway:
    OLD = elapsed(24)
    NEW = Policy(8, Clock.BUSINESS, BusinessWeek(CHICAGO), at("2026-07-01T00:00-05:00"))

    @unhurried
    @given(reported_at=instants)
    def test_leaves_claims_reported_before_it_as_they_were(self, reported_at):
        policy = policy_in_force([self.NEW, self.OLD], reported_at)
        assert policy is (self.OLD if reported_at < self.NEW.effective_from else self.NEW)

    def test_holds_from_its_very_instant(self):
        assert policy_in_force([self.OLD, self.NEW], self.NEW.effective_from) is self.NEW

    def test_back_dated_before_any_promise_is_refused(self):
        with pytest.raises(NoPolicyInForce):
            policy_in_force([self.OLD], at("2019-12-31T23:59Z"))

    def test_a_report_taken_in_nevertheless_is_counted_by_the_first(self):
        assert policy_counting([self.OLD, self.NEW], at("2019-12-31T23:59Z")) is self.OLD

    def test_any_other_is_counted_by_the_one_in_force(self):
        for reported_at in (self.OLD.effective_from, self.NEW.effective_from, at("2099-01-01T00:00Z")):
            in_force = policy_in_force([self.OLD, self.NEW], reported_at)
            assert policy_counting([self.OLD, self.NEW], reported_at) is in_force


class TestHoursThatPromiseNothing:
    @pytest.mark.parametrize("hours", [0, -1, float("nan"), float("inf"), Decimal("1e-20"), 8761])
    def test_are_refused(self, hours):
        with pytest.raises(HoursNotSensible):
            elapsed(hours)


class TestTimeOnTheWay:
    DUE = deadline(business(), at("2026-11-24T14:00-06:00"))

    @pytest.mark.parametrize(
        ("now", "so_far", "left"),
        [
            ("2026-11-24T13:00-06:00", 0, 142),
            ("2026-11-24T15:30-06:00", 1.5, 139.5),
            ("2026-11-26T12:00-06:00", 12, 95),
            ("2026-11-30T11:00-06:00", 24, 0),
            ("2026-11-30T13:00-06:00", 24, -2),
        ],
        ids=["before the report", "in open time", "on the holiday", "at the deadline", "overdue"],
    )
    def test_is_told_in_working_and_in_wall_time(self, now, so_far, left):
        assert elapsed_so_far(self.DUE, at(now)) == timedelta(hours=so_far)
        assert working_time_left(self.DUE, at(now)) == timedelta(hours=24 - so_far)
        assert time_left(self.DUE, at(now)) == timedelta(hours=left)
