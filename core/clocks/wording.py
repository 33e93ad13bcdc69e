"""The count in words: sentences made from the same steps that made the deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import words as say
from core.calendars import DayChange, first_instant
from core.clocks.counting import Clock, Correction, Deadline, Grounds, Kind, Policy, Step, deadline
from core.holiday_calendars import holidays_in_words

_AFTERNOON = time(16)


def promised(policy: Policy) -> str:
    """
    Return what a policy promises.

    '24 h, true hours', or '9 h, open 08:00–17:00, Mon–Fri, holidays of Ohio'.
    """
    if policy.clock is Clock.ELAPSED:
        return f"{policy.hours} h, true hours"
    return f"{policy.hours} h, open {policy.week.in_words}, {holidays_in_words(policy.week.calendar)}"


def example(policy: Policy, at: datetime) -> str:
    """
    Return when a report of the first Friday afternoon from *at* on would be due.

    'Fri 27 Nov 2026, 16:00 CST → due Mon 30 Nov 2026, 16:00 CST'.

    :raises NeverDue: if so little time is open that it never would.
    """
    local = ZoneInfo(policy.week.timezone)
    day = at.astimezone(local).date()
    friday = day + timedelta(days=(4 - day.weekday()) % 7)
    reported_at = first_instant(local, friday, _AFTERNOON)
    if reported_at < at:
        reported_at = first_instant(local, friday + timedelta(days=7), _AFTERNOON)
    return _due(policy, reported_at)


def example_of_day(policy: Policy, change: DayChange) -> str:
    """
    Return when a report of the afternoon before a changed day would be due with the change, and when without it.

    :raises NeverDue: if so little time is open that it never would.
    """
    local = ZoneInfo(policy.week.timezone)
    reported_at = max(first_instant(local, change.day - timedelta(days=1), _AFTERNOON), change.effective_from)
    changed = replace(policy, changes=(*policy.changes, change))
    before, after = (deadline(each, reported_at).due_at for each in (policy, changed))
    if before == after:
        return f"{_due(changed, reported_at)}, as without the change"
    return f"{_due(changed, reported_at)}, in place of {say.instant(before, policy.week.timezone)}"


def _due(policy: Policy, reported_at: datetime) -> str:
    zone = policy.week.timezone
    return f"{say.instant(reported_at, zone)} → due {say.instant(deadline(policy, reported_at).due_at, zone)}"


def words(step: Step, timezone: str) -> str:
    """
    Return a step as a sentence, its ends as clocks in *timezone* show them.

    'Wed 25 Nov 2026, 08:00 to 17:00 CST: 9 h counted. Open 08:00–17:00, Mon–Fri.'
    """
    became = "counted" if step.kind is Kind.COUNTED else "not counted"
    by = f" Set by {step.by}." if step.by else ""
    shift = _clocks_set(step.starts, step.ends, timezone)
    return f"{say.span(step.starts, step.ends, timezone)}: {say.duration(step.wall)} {became}. {step.rule}{by}{shift}"


def sentence(due: Deadline, timezone: str) -> str:
    """
    Return why the promise is due when it is, in words summed from its steps, as clocks in *timezone* show it.

    'Due Mon 30 Nov 2026, 14:00 CST: 24 h of open time from Tue 24 Nov 2026, 14:00 CST, over 6 days. Not counted: …'
    Of a claim it goes on with its grounds: to whom this was promised since when, and how the report was corrected.
    """
    what = "elapsed time" if due.policy.clock is Clock.ELAPSED else "open time"
    text = (
        f"Due {say.instant(due.due_at, timezone)}: {say.duration(due.counted)} of {what}"
        f" from {say.instant(due.reported_at, timezone)}"
    )
    passed = _passed_over(due.steps)
    if passed:
        text += f", {say.duration(due.wall)} in all. Not counted: {', '.join(passed)}"
    text += f".{_clocks_set(due.reported_at, due.due_at, timezone)}"
    if (pause := due.lasting_pause) is not None:
        text += (
            f" The clock stands still since {say.instant(pause.starts_at, timezone)}"
            f" ({pause.reason}; set by {pause.set_by}): the due time moves on until it is resumed."
        )
    return " ".join([text, *_grounds(due.grounds, due.policy, timezone)])


def _grounds(grounds: Grounds | None, policy: Policy, timezone: str) -> list[str]:
    if grounds is None:
        return []
    since = say.instant(grounds.since, timezone) if grounds.since else "the start"
    by = f", set by {policy.set_by}" if policy.set_by else ""
    return [
        f"Promised to {grounds.client} since {since}{by}: {promised(policy)}.",
        *(_corrected(each, timezone) for each in grounds.corrections),
    ]


def _corrected(correction: Correction, timezone: str) -> str:
    at, before, after = (say.instant(at, timezone) for at in (correction.at, correction.before, correction.after))
    why = correction.why.rstrip(".")
    return f"The time of the report was corrected by {correction.by} on {at}, from {before} to {after}: {why}."


def _passed_over(steps: Sequence[Step]) -> list[str]:
    """Return what was not counted, summed by rule: '2 days 15 h closed', '24 h holiday (Thanksgiving Day)'."""
    sums: dict[tuple[Kind, str], timedelta] = {}
    for step in steps:
        if step.kind is not Kind.COUNTED:
            reason = "" if step.kind is Kind.CLOSED else f" ({step.rule.partition(': ')[2].rstrip('.')})"
            sums[step.kind, reason] = sums.get((step.kind, reason), timedelta(0)) + step.wall
    return [f"{say.duration(length)} {kind}{reason}" for (kind, reason), length in sums.items()]


def _clocks_set(starts: datetime, ends: datetime, timezone: str) -> str:
    """Return a sentence on clocks that are set between two instants, or nothing: the hours on the dial then mislead."""
    local = ZoneInfo(timezone)
    before, after = starts.astimezone(local).utcoffset(), ends.astimezone(local).utcoffset()
    if before is None or after is None or before == after:
        return ""
    if after < before:
        return f" The clocks go back {say.duration(before - after)} in between."
    return f" The clocks go forward {say.duration(after - before)} in between."
