"""Every promise to the minute: what counts, what does not, and that the words are the count."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.calendars import DayChange, interval_at
from core.clocks import (
    BusinessWeek,
    Clock,
    Correction,
    Deadline,
    Grounds,
    HoursNotSensible,
    Kind,
    NeverDue,
    NoPolicyInForce,
    Pause,
    Policy,
    State,
    deadline,
    elapsed_so_far,
    policy_counting,
    policy_in_force,
    sentence,
    standing,
    time_left,
    words,
    working_time_left,
)
from core.holiday_calendars import closures
from core.open_hours import Stretch, stretches

unhurried = settings(deadline=None)
"""A year's holidays are computed when first asked for: how long one example takes says nothing."""

CHICAGO = "America/Chicago"
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FIRST, LAST = (datetime.combine(day, time()) for day in (date(2026, 1, 1), date(2027, 12, 31)))
"""Bounds without a zone, as the generator of instants wants them."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def elapsed(hours=24, zone=CHICAGO) -> Policy:
    return Policy(hours, Clock.ELAPSED, BusinessWeek(zone), ALWAYS)


def business(hours=24, zone=CHICAGO, *, open_hours="08:00-17:00", **week) -> Policy:
    return Policy(hours, Clock.BUSINESS, BusinessWeek(zone, stretches(open_hours), **week), ALWAYS)


def pause(starts: str, ends: str | None, reason="Worker in surgery", by="Ana Ruiz") -> Pause:
    return Pause(at(starts), at(ends) if ends else None, reason, by)


ZONES = [CHICAGO, "America/Phoenix", "America/New_York", "Europe/Berlin", "Europe/London", "Australia/Lord_Howe"]
minutes = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda when: when.replace(second=0, microsecond=0))
instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
hours = st.one_of(st.integers(1, 96), st.decimals(Decimal("0.25"), 60, places=2))


@st.composite
def open_hours(draw):
    """One to three stretches that do not overlap, from any minute of the day on; the last may run over midnight."""
    begins, *lengths = draw(
        st.tuples(st.integers(0, 1439), *[st.integers(15, 700)] * draw(st.sampled_from([1, 1, 3, 5])))
    )
    edges = [begins]
    for length in lengths:
        edges.append(min(edges[-1] + length, begins + 1440))
    spans = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
    if spans == [(begins, begins + 1440)]:
        spans = [(0, 1440)]
    clocks = [tuple(time(minute // 60 % 24, minute % 60) for minute in span) for span in spans]
    return tuple(sorted(Stretch(*clock) for clock in clocks))


@st.composite
def day_changes(draw, around=None):
    """Up to four days, in the week after *around* if told, that are closed or worked, some for later reports only."""
    days = st.dates(FIRST.date(), LAST.date()) | st.sampled_from(KNOWN_HOLIDAYS)
    begins = st.one_of(st.just(ALWAYS), instants)
    if around is not None:
        days = st.integers(-1, 7).map(lambda ahead: around.date() + timedelta(days=ahead))
        begins = st.sampled_from([ALWAYS, around, around + MINUTE])
    return tuple(
        DayChange(day, "Founder's Day", draw(st.booleans()), draw(begins), "Nia Adler", "Agreed")
        for day in draw(st.lists(days, max_size=4))
    )


KNOWN_HOLIDAYS = [date(2026, 7, 3), date(2026, 7, 4), date(2026, 11, 26), date(2027, 12, 24), date(2027, 12, 25)]
weeks = st.builds(
    BusinessWeek,
    st.sampled_from(ZONES),
    open_hours(),
    st.frozensets(st.integers(1, 7), min_size=1),
    st.sampled_from(["US", "US-IL", "US-TX", "NONE"]),
)
policies = st.builds(Policy, hours, st.sampled_from(Clock), weeks, st.just(ALWAYS), st.none(), day_changes())
lengths = st.integers(1, 5 * 24 * 60).map(lambda length: length * MINUTE)


@st.composite
def paused(draw, report):
    """Up to three pauses, ended, overlapping or not, that begin around a report."""
    starts = draw(st.lists(st.integers(-600, 6000).map(lambda ahead: report + ahead * MINUTE), max_size=3))
    return [Pause(start, start + draw(lengths), "Reason", "Ana Ruiz") for start in starts]


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


def minute_by_minute(policy: Policy, reported_at: datetime, pauses: list[Pause], left: int) -> datetime:
    """Count whole minutes as a person with a wall clock and a calendar would; knows nothing of intervals."""
    zone = ZoneInfo(policy.week.timezone)
    held = [change for change in policy.changes if change.effective_from <= reported_at]
    held.sort(key=lambda change: change.effective_from)
    week = replace(policy.week, changes=tuple(held))
    minute = reported_at.astimezone(UTC)
    latest = minute.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
    # The clock on the wall never goes back to a time of the same day that it has shown: the first coming holds.
    for ahead in range(-1440, 0):
        latest = max(latest, (minute + ahead * MINUTE).astimezone(zone).replace(tzinfo=None))
    while True:
        wall = minute.astimezone(zone).replace(tzinfo=None)
        latest = max(latest, wall)
        counts = not any(pause.starts_at <= minute < pause.ends_at for pause in pauses)
        if policy.clock is Clock.BUSINESS:
            counts = counts and _open(week, latest)
        left -= counts
        minute += MINUTE
        if not left:
            return minute


def _open(week: BusinessWeek, wall: datetime) -> bool:
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    for starts, ends in week.hours:
        over_midnight = ends <= starts
        if _worked(week, today) and starts <= wall.time() and (over_midnight or wall.time() < ends):
            return True
        if _worked(week, yesterday) and over_midnight and wall.time() < ends:
            return True
    return False


def _worked(week: BusinessWeek, day: date) -> bool:
    if day.isoweekday() not in week.days:
        return False
    for change in reversed(week.changes):
        if change.day == day:
            return not change.closed
    return day not in closures(week.calendar, week.days, day.year)


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


class TestTheGroundsOfAClaim:
    POLICY = Policy(9, Clock.BUSINESS, BusinessWeek(CHICAGO), at("2026-07-01T00:00-05:00"), "Nia Adler")
    CORRECTION = Correction(
        at("2026-11-25T16:00Z"), "Ana Ruiz", at("2026-11-24T20:00Z"), at("2026-11-24T15:00Z"), "The fax says so."
    )

    def said(self, *, since=POLICY.effective_from, corrections=()):
        due = deadline(self.POLICY, at("2026-11-24T15:00Z"))
        return sentence(replace(due, grounds=Grounds("Erie Foundry", since, corrections)), CHICAGO)

    def test_say_to_whom_it_was_promised_since_when_and_who_set_it(self):
        assert self.said().endswith(
            " Promised to Erie Foundry since Wed 1 Jul 2026, 00:00 CDT, set by Nia Adler:"
            " 9 h, open 08:00–17:00, Mon–Fri, federal holidays."
        )

    def test_say_of_the_first_promise_that_it_holds_since_the_start(self):
        assert " Promised to Erie Foundry since the start, set by Nia Adler: 9 h" in self.said(since=None)

    def test_say_who_corrected_the_report_when_from_to_and_why(self):
        assert self.said(corrections=(self.CORRECTION,)).endswith(
            " The time of the report was corrected by Ana Ruiz on Wed 25 Nov 2026, 10:00 CST,"
            " from Tue 24 Nov 2026, 14:00 CST to Tue 24 Nov 2026, 09:00 CST: The fax says so."
        )

    def test_name_who_set_the_rule_of_every_step_that_is_no_pause(self):
        due = deadline(self.POLICY, at("2026-11-25T20:00Z"), [pause("2026-11-27T15:00Z", "2026-11-27T16:00Z")])

        assert {step.kind: step.by for step in due.steps} == {
            Kind.COUNTED: "Nia Adler", Kind.CLOSED: "Nia Adler", Kind.HOLIDAY: "Nia Adler", Kind.PAUSED: "Ana Ruiz",
        }  # fmt: skip


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


class TestTheWords:
    def test_say_each_step_with_its_rule_and_who(self):
        due: Deadline = deadline(
            business(), at("2026-11-24T14:00-06:00"), [pause("2026-11-24T15:00-06:00", "2026-11-24T16:00-06:00")]
        )
        assert [words(step, CHICAGO) for step in due.steps][:4] == [
            "Tue 24 Nov 2026, 14:00 to 15:00 CST: 1 h counted. Open 08:00–17:00, Mon–Fri.",
            "Tue 24 Nov 2026, 15:00 to 16:00 CST: 1 h not counted. Paused: Worker in surgery. Set by Ana Ruiz.",
            "Tue 24 Nov 2026, 16:00 to 17:00 CST: 1 h counted. Open 08:00–17:00, Mon–Fri.",
            "Tue 24 Nov 2026, 17:00 CST to Wed 25 Nov 2026, 08:00 CST: 15 h not counted. Closed: open 08:00–17:00, Mon–Fri.",
        ]

    def test_sum_up_what_was_passed_over(self):
        due = deadline(
            business(), at("2026-11-24T14:00-06:00"), [pause("2026-11-24T15:00-06:00", "2026-11-24T16:00-06:00")]
        )
        assert sentence(due, CHICAGO) == (
            "Due Mon 30 Nov 2026, 12:00 CST: 24 h of open time from Tue 24 Nov 2026, 14:00 CST, 5 days 22 h in all."
            " Not counted: 1 h paused (Worker in surgery), 3 days 21 h closed, 24 h holiday (Thanksgiving Day, US calendar)."
        )

    def test_say_that_clocks_are_set_where_the_dial_would_mislead(self):
        due = deadline(elapsed(), at("2026-11-01T01:30-05:00"))
        assert sentence(due, CHICAGO) == (
            "Due Mon 2 Nov 2026, 00:30 CST: 24 h of elapsed time from Sun 1 Nov 2026, 01:30 CDT."
            " The clocks go back 1 h in between."
        )
        assert "go forward 1 h" in sentence(deadline(elapsed(), at("2026-03-07T12:00-06:00")), CHICAGO)
        assert "clocks" not in sentence(due, "America/Phoenix")


class TestHowAPromiseStands:
    DUE = at("2026-11-24T15:00Z")

    def stands(
        self, now: datetime, *, reached: datetime | None = None, paused=False, **over: bool
    ) -> tuple[State, str]:
        return standing(
            reported_at=self.DUE - timedelta(hours=24),
            due_at=self.DUE,
            first_contact_at=reached,
            paused=paused,
            at=now,
            **over,
        )

    def test_it_is_overdue_only_after_the_due_time_until_which_it_can_be_kept(self) -> None:
        assert self.stands(self.DUE) == (State.SOON, "Due in 0 min")
        assert self.stands(self.DUE, reached=self.DUE) == (State.REACHED, "Reached in 24 h")

        late = self.DUE + MINUTE
        assert self.stands(late) == (State.OVERDUE, "Overdue by 1 min")
        assert self.stands(late, reached=late) == (State.LATE, "Reached after 24 h 01 min")

    def test_what_is_reached_closed_or_died_has_no_time_left(self) -> None:
        late, reached = self.DUE + MINUTE, self.DUE - MINUTE

        assert self.stands(late, reached=reached, closed=True, died=True).state is State.REACHED
        assert self.stands(late, closed=True) == (State.ENDED, "Closed")
        assert self.stands(late, died=True) == (State.ENDED, "No first contact: the worker has died")
        assert self.stands(late, paused=True) == (State.PAUSED, "Clock paused")
