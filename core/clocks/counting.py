"""Counting: when a promise is due, and every interval counted or passed over on the way there."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from core.calendars import BusinessWeek, DayChange, interval_at
from core.refusal import Refusal

_NOTHING = timedelta(0)
_MOST_HOURS = 8_760
_HORIZON = timedelta(days=7_305)
"""Twenty years: a count that gets no further than this has too few open hours to ever be a promise."""


class HoursNotSensible(Refusal):
    text = "The hours promised must be more than 0 and at most 8,760, which is a year."


class NeverDue(Refusal):
    text = "With so few open hours this promise would not fall due within 20 years."


class NoPolicyInForce(Refusal):
    text = "No SLA policy of this client was in force at that time."


class Clock(StrEnum):
    """What counts towards a promise."""

    ELAPSED = "elapsed"
    """Every true hour, nights and weekends included, also in a night in which clocks are set."""
    BUSINESS = "business"
    """Only the open time of working days that are no holiday."""


class Kind(StrEnum):
    """What became of an interval."""

    COUNTED = "counted"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PAUSED = "paused"


@dataclass(frozen=True)
class Policy:
    """
    A client's promise from `effective_from` on: hours to first contact, and the clock that counts them.

    `week` says what is open for a business clock; for either clock its zone is the one in which the client reads time.
    `changes` are the days that the client closes or works besides its calendar, each for what is reported from a moment
    on. `set_by` names who put the promise down, where that is known.

    :raises HoursNotSensible: if `hours` is not a number above 0 and at most 8,760.
    """

    hours: Decimal | float | int
    clock: Clock
    week: BusinessWeek
    effective_from: datetime
    set_by: str | None = field(default=None, compare=False)
    changes: tuple[DayChange, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.hours <= _MOST_HOURS or not self.promised:
            raise HoursNotSensible
        _must_be_aware(self.effective_from)

    @cached_property
    def promised(self) -> timedelta:
        """The hours as a length of time, to the microsecond."""
        return timedelta(microseconds=round(Fraction(self.hours) * 3_600_000_000))

    def week_at(self, at: datetime) -> BusinessWeek:
        """Return the week that counts a report of *at*: with the changes of its calendar that held by then."""
        begins, weeks = self._weeks
        return weeks[bisect_right(begins, at)]

    @cached_property
    def _weeks(self) -> tuple[list[datetime], list[BusinessWeek]]:
        """Every moment at which the week changes, in order, and the weeks before, between and after them."""
        begins = sorted({change.effective_from for change in self.changes})
        by_time = sorted(self.changes, key=lambda change: change.effective_from)
        held = [tuple(change for change in by_time if change.effective_from <= begin) for begin in begins]
        return begins, [self.week, *(replace(self.week, changes=changes) for changes in held)]


@dataclass(frozen=True)
class Pause:
    """A stretch in which a clock stands still, for a reason; `ends_at` is None while it lasts, `set_by` a name."""

    starts_at: datetime
    ends_at: datetime | None
    reason: str
    set_by: str


@dataclass(frozen=True)
class Correction:
    """The time of a report corrected: when, by whom (a name), from and to which instant, and why."""

    at: datetime
    by: str
    before: datetime
    after: datetime
    why: str


@dataclass(frozen=True)
class Grounds:
    """
    What a claim's record holds beside its deadline: to whom it was promised, since when, and how its report changed.

    `since` is None where the promise is the client's first, which holds since the start. `corrections` come oldest
    first.
    """

    client: str
    since: datetime | None
    corrections: tuple[Correction, ...] = ()


class Step(NamedTuple):
    """An interval on the way to a deadline: what became of it, by which rule, and who set the rule, where known."""

    kind: Kind
    starts: datetime
    ends: datetime
    rule: str
    by: str | None = None

    @property
    def wall(self) -> timedelta:
        """True time between its ends."""
        return self.ends - self.starts

    @property
    def counted(self) -> timedelta:
        """What it adds to the promised hours."""
        return self.wall if self.kind is Kind.COUNTED else _NOTHING


@dataclass(frozen=True)
class Deadline:
    """
    When a promise is due, and why.

    `steps` follow each other without a gap from `reported_at` to `due_at`; the counted ones sum to the promised hours.
    `lasting_pause` is the pause under which the clock stands still, if any: `due_at` is then the earliest it can be.
    `grounds` are a claim's; a promise counted for no claim has none.
    """

    reported_at: datetime
    policy: Policy
    due_at: datetime
    steps: tuple[Step, ...]
    lasting_pause: Pause | None = None
    grounds: Grounds | None = None

    @property
    def counted(self) -> timedelta:
        """Working time: what was counted, which is what was promised."""
        return sum((step.counted for step in self.steps), _NOTHING)

    @property
    def wall(self) -> timedelta:
        """True time from the report to the deadline."""
        return self.due_at - self.reported_at


def policy_in_force(policies: Iterable[Policy], at: datetime) -> Policy:
    """
    Return the policy that held at *at*: of those effective by then, the latest.

    A policy is chosen by a claim's report, so one that comes later leaves earlier claims as they were.

    :raises NoPolicyInForce: if none was effective yet.
    """
    effective = [policy for policy in policies if policy.effective_from <= at]
    if not effective:
        raise NoPolicyInForce
    return max(effective, key=lambda policy: policy.effective_from)


def policy_counting(policies: Sequence[Policy], at: datetime) -> Policy:
    """
    Return the policy that counts a report of *at*: the one in force, and for one from before all of them the first.

    *policies* come oldest first, at least one. A claim that was taken in with such a report goes on to be counted,
    paused and reached; whether to take in another is asked of `policy_in_force`.
    """
    for policy in reversed(policies):
        if policy.effective_from <= at:
            return policy
    return policies[0]


def deadline(
    policy: Policy, reported_at: datetime, pauses: Sequence[Pause] = (), *, now: datetime | None = None
) -> Deadline:
    """
    Count the promised hours from *reported_at* and return where they end, with every step on the way.

    Time under a pause is not counted, whatever the clock; where pauses overlap, the one that began first is named.
    A pause that still lasts is counted as if resumed at *now*; without *now*, as if resumed where it began. Either way
    `lasting_pause` names it, and the deadline is the earliest possible. One that begins when the hours are used up, or
    later, changes nothing.

    :raises NeverDue: if so little time is open that 20 years do not hold the promise.
    """
    _must_be_aware(reported_at)
    start = at = reported_at.astimezone(UTC)
    week = policy.week_at(start)
    left = policy.promised
    closures = _disjoint(pauses, start, now)
    steps: list[Step] = []
    while left:
        pause = closures[0] if closures else None
        if pause is not None and pause.starts <= at:
            step = pause
            closures.pop(0)
        else:
            step = _next(policy, week, at, at + left)
            if pause is not None and pause.starts < step.ends:
                step = step._replace(ends=pause.starts)
        left -= step.counted
        at = step.ends
        _append(steps, step)
        if at - start > _HORIZON:
            raise NeverDue
    lasting_pause = next((p for p in pauses if p.ends_at is None and p.starts_at < at), None)
    return Deadline(start, policy, at, tuple(steps), lasting_pause)


def elapsed_so_far(due: Deadline, now: datetime) -> timedelta:
    """Return the working time that has been counted by *now*: at most what was promised."""
    counted = _NOTHING
    for step in due.steps[: bisect_right(due.steps, now, key=lambda step: step.starts)]:
        counted += step.counted if step.ends <= now else step._replace(ends=now).counted
    return counted


def time_left(due: Deadline, now: datetime) -> timedelta:
    """Return the wall time from *now* to the deadline; negative once it has passed."""
    return due.due_at - now


def working_time_left(due: Deadline, now: datetime) -> timedelta:
    """Return the working time that *now* leaves; zero once the deadline has passed."""
    return due.counted - elapsed_so_far(due, now)


def _next(policy: Policy, week: BusinessWeek, at: datetime, enough: datetime) -> Step:
    """Return the interval of one kind from *at* on; where it counts, no further than *enough*."""
    if policy.clock is Clock.ELAPSED:
        return Step(Kind.COUNTED, at, enough, "Every hour counts.", policy.set_by)
    interval = interval_at(week, at)
    if interval.open:
        ends, rule = min(interval.ends, enough), f"Open {week.in_words}."
        return Step(Kind.COUNTED, at, ends, rule, policy.set_by)
    if interval.closure:
        holiday, set_by = interval.closure
        listed = f"{week.calendar} calendar" if set_by is None else "the client's own list"
        rule = f"Holiday: {holiday}, {listed}."
        return Step(Kind.HOLIDAY, at, interval.ends, rule, set_by or policy.set_by)
    return Step(Kind.CLOSED, at, interval.ends, f"Closed: open {week.in_words}.", policy.set_by)


def _append(steps: list[Step], step: Step) -> None:
    """Add *step*, as one with the last if the same rule made both: a closed evening, weekend and morning are one."""
    if steps and (steps[-1].kind, steps[-1].rule, steps[-1].by) == (step.kind, step.rule, step.by):
        steps[-1] = steps[-1]._replace(ends=step.ends)
    else:
        steps.append(step)


def _disjoint(pauses: Iterable[Pause], start: datetime, now: datetime | None) -> list[Step]:
    """Return what the pauses cover after *start*, in order and without overlap."""
    closures: list[Step] = []
    covered = start
    for pause in sorted(pauses, key=lambda pause: pause.starts_at):
        ends = (pause.ends_at or now or pause.starts_at).astimezone(UTC)
        starts = max(pause.starts_at.astimezone(UTC), covered)
        if starts < ends:
            closures.append(Step(Kind.PAUSED, starts, ends, f"Paused: {pause.reason.rstrip('.')}.", pause.set_by))
            covered = ends
    return closures


def _must_be_aware(at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("an instant must say its zone")
