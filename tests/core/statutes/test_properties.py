"""What holds of every statutory count, whatever the rule, the zone and the day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendars import DayChange
from core.clocks import Kind
from core.statutes import Channel, Due, Events, Rule, Unit, due, shipped

unhurried = settings(deadline=None, max_examples=200)
"""A year's holidays are computed when first asked for: how long one example takes says nothing."""

ZONES = ("America/Los_Angeles", "America/Phoenix", "America/New_York", "Pacific/Honolulu", "Australia/Lord_Howe", "UTC")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

rules = st.builds(lambda law, zone: replace(law, zone=zone), st.sampled_from(shipped()), st.sampled_from(ZONES))
# Years with a leap day and with every shift of the clocks.
instants = st.datetimes(datetime(2023, 12, 20), datetime(2029, 1, 10), timezones=st.just(UTC))  # noqa: DTZ001 - bounds go without; `timezones` adds it
channels = st.sampled_from([None, *Channel])


def counted(law: Rule, start: datetime, channel: Channel | None = None, *changes: DayChange, days: int = 0) -> Due:
    extended = (start + timedelta(days=days)).astimezone(ZoneInfo(law.zone)).date() if days else None
    return due(law, Events(start, channel, complete_at=start, extended_on=extended), changes)


@unhurried
@given(rules, instants, channels)
def test_nothing_is_due_before_it_starts(law, start, channel):
    told = counted(law, start, channel)
    assert told.due_at is not None
    assert told.received_at is not None
    assert start <= told.received_at < told.due_at


@unhurried
@given(rules, instants, channels)
def test_every_instant_on_the_way_is_told_once(law, start, channel):
    told = counted(law, start, channel)
    assert told.steps[0].starts == start
    assert [step.ends for step in told.steps[:-1]] == [step.starts for step in told.steps[1:]]


@unhurried
@given(rules, instants, channels)
def test_so_many_days_are_counted_as_the_limit_says(law, start, channel):
    told = counted(law, start, channel)
    days = [step for step in told.steps if step.kind is Kind.COUNTED and step.rule != "The next working day."]
    if law.limit.unit is Unit.HOURS:
        assert told.due_at - told.received_at == timedelta(hours=law.limit.amount)
    else:
        assert len(days) == law.limit.amount


@unhurried
@given(rules, instants, channels, st.integers(1, 60))
def test_one_more_holiday_never_shortens(law, start, channel, ahead):
    day = (start + timedelta(days=ahead)).astimezone(ZoneInfo(law.zone)).date()
    more = DayChange(day, "One more", True, LONG_AGO, "", "")
    assert counted(law, start, channel, more).due_at >= counted(law, start, channel).due_at


@unhurried
@given(rules, instants, st.integers(0, 86_400))
def test_nothing_is_late_on_its_own_day_unless_the_law_names_an_hour(law, start, second):
    told = counted(law, start)
    if not told.timed:
        shown = datetime.combine(told.due_on, datetime.min.time(), ZoneInfo(law.zone)).astimezone(UTC)
        at = shown + timedelta(seconds=second)
        if at.astimezone(ZoneInfo(law.zone)).date() == told.due_on:
            assert not told.late(at)
        assert told.late(shown + timedelta(hours=26))


@unhurried
@given(rules, instants, channels)
def test_a_count_of_working_days_ends_on_one_and_one_that_does_not_says_what_to_aim_for(law, start, channel):
    told = counted(law, start, channel)
    if law.limit.unit is Unit.WORKING_DAYS:
        assert told.due_on.isoweekday() < 6
        assert told.aim_for is None
    elif told.aim_for is not None:
        assert told.aim_for < told.due_on


@unhurried
@given(rules, instants, instants)
def test_what_comes_later_is_not_due_earlier(law, one, other):
    first, second = sorted([one, other])
    assert counted(law, first).due_at <= counted(law, second).due_at


@unhurried
@given(rules, instants, st.integers(1, 40))
def test_an_extension_never_shortens(law, start, days):
    before, after = counted(law, start), counted(law, start, days=days)
    assert after.due_at is None or after.due_at >= before.due_at
