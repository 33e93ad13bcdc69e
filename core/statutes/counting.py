"""When something is due by a statutory clock, with every day counted or passed over on the way there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from core import states
from core import words as say
from core.calendars import BusinessWeek, DayChange, first_instant, zone
from core.clocks import Clock, Kind, Policy, Step, deadline
from core.clocks.days import bounds, count_days, last_working_day, next_working_day, rolled
from core.holiday_calendars import NO_HOLIDAYS
from core.statutes.events import Due, Events, State
from core.statutes.holidays import week_of
from core.statutes.rule import Channel, Extension, From, Limit, Rule, Unit

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
DAY_0 = "Day 0: the day of the event is not counted."


def due(rule: Rule, events: Events, changes: Iterable[DayChange] = ()) -> Due:
    """
    Count *rule* from what happened, and return when it is due.

    *changes* are days off that were added to the list of the jurisdiction, or taken out; what held when the clock
    started governs.
    """
    start = events.starts_at(rule)
    if start is None:
        remark = f"The clock has not started: it does on {rule.starts}."
        return Due(rule, events, State.WAITING, None, None, remarks=(remark,))
    return _Count(rule, events, start.astimezone(UTC), week_of(rule.jurisdiction, rule.zone, changes, at=start)).made()


class _Run(NamedTuple):
    """A limit counted: its last day, of hours the very instant, the steps, and the day off from which it rolled."""

    last: date
    at: datetime | None
    steps: tuple[Step, ...]
    rolled_from: date | None = None


@dataclass
class _Count:
    rule: Rule
    events: Events
    start: datetime
    week: BusinessWeek
    remarks: list[str] = field(default_factory=list)

    def made(self) -> Due:
        received, before = self._received()
        self.received = received
        run: _Run | None = self._run(self.rule.limit, received)
        state = State.RUNNING
        if self.events.deferred_at is not None and run is not None:
            state, run = self._deferred(run, self.events.deferred_at.astimezone(UTC))
        if run is not None and state is State.RUNNING:
            state, run = self._extended(run)
        if run is None or state in (State.TOLLED, State.DEFERRED):
            steps = run.steps if run else ()
            return Due(self.rule, self.events, state, None, None, received_at=received,
                       steps=(*before, *steps), remarks=tuple(self.remarks))  # fmt: skip
        return self._due(state, run, before)

    def _due(self, state: State, run: _Run, before: tuple[Step, ...]) -> Due:
        rule, last, aim_for = self.rule, run.last, None
        self._counted_all_the_same(run.steps)
        if run.at is not None:
            due_at = run.at
        elif rule.day_ends is not None:
            due_at = first_instant(zone(rule.zone), last, rule.day_ends)
        else:
            due_at = bounds(rule.zone, last)[1] - _INSTANT
        if run.at is None and not self.week.works(last):
            before_it = last_working_day(self.week, last)
            if before_it >= self._day(self.received):
                aim_for = before_it
                self.remarks.append(f"The last day is a day off and does not move: aim for {say.day(aim_for)}.")
        if run.rolled_from is not None:
            self.remarks.append(
                f"The last day, {say.day(run.rolled_from)}, is a day off: it runs to the next working day,"
                f" {say.day(last)}."
            )
        by_post = last + rule.by_post_days * _DAY if rule.by_post_days else None
        if by_post is not None:
            self.remarks.append(f"What comes by post is accepted until {say.day(by_post)}.")
        return Due(
            rule, self.events, state, due_at, last, timed=run.at is not None or rule.day_ends is not None,
            aim_for=aim_for, received_at=self.received, steps=(*before, *run.steps), remarks=tuple(self.remarks),
            by_post_until=by_post,
        )  # fmt: skip

    def _counted_all_the_same(self, steps: tuple[Step, ...]) -> None:
        """Say which working days of the count are holidays taken out of the list, or that no list of them is kept."""
        days = {self._day(step.starts) for step in steps if step.kind is Kind.COUNTED and step.rule.startswith("Work")}
        for change in self.week.changes:
            if not change.closed and change.day in days:
                self.remarks.append(f"{say.day(change.day)}, {change.name}, counts as a working day: {change.reason}.")

        if days and self.week.calendar == NO_HOLIDAYS:
            name = states.NAMES[self.rule.jurisdiction]
            self.remarks.append(f"No list of the holidays of {name} was read: no day is skipped for one.")

    def _received(self) -> tuple[datetime, tuple[Step, ...]]:
        """Return when it counts as received, and the step of the time before that, if any."""
        start, rule = self._by_mail(), self.rule.after_hours
        if not rule.covers(self.events.channel) or start != self.start:
            return start, ()
        local = start.astimezone(zone(self.rule.zone))
        day, clock = local.date(), local.time()
        if rule.day_off_moves and not self.week.works(day):
            why, day = "on a day off", next_working_day(self.week, day)
        elif rule.closes is not None and clock > rule.closes:
            why, day = f"after {say.clock(rule.closes)}", next_working_day(self.week, day)
        elif rule.opens is not None and clock < rule.opens:
            why = f"before {say.clock(rule.opens)}"
        else:
            return start, ()
        at = first_instant(zone(self.rule.zone), day, rule.opens) if rule.opens else bounds(self.rule.zone, day)[0]
        by = f" by {self.events.channel}" if self.events.channel is Channel.FAX else ""
        counts = f"Received{by} {why}: it counts as received on {say.day(day)}"
        self.remarks.append(f"{counts}{f' at {say.clock(rule.opens)}' if rule.opens else ''}.")
        return at, (Step(Kind.CLOSED, start, at, f"Received {why}."),)

    def _by_mail(self) -> datetime:
        days, posted = self.rule.mail_days, self.events.postmarked_on
        if days is None or posted is None or self.events.channel is not Channel.MAIL:
            return self.start
        counts_on = posted + days * _DAY
        if counts_on >= self._day(self.start):
            return self.start
        self.remarks.append(
            f"Posted on {say.day(posted)}: by mail it counts as received {days} days later, on {say.day(counts_on)},"
            " which is before the stamp."
        )
        return bounds(self.rule.zone, counts_on)[0]

    def _deferred(self, run: _Run, at: datetime) -> tuple[State, _Run | None]:
        until = self.events.deferred_until
        if not self.rule.deferrable:
            self.remarks.append("Disputed liability does not defer this clock.")
            return State.RUNNING, run
        if self._day(at) > run.last:
            self.remarks.append("Review was deferred after the limit: that moves nothing.")
            return State.RUNNING, run
        at = max(at, self.received)
        kept = _clipped(run.steps, at)
        if until is None:
            self.remarks.append(
                f"Review is deferred since {say.day(self._day(at))} while liability is disputed: no date is due."
            )
            return State.DEFERRED, _Run(run.last, None, kept)
        ended = max(until.astimezone(UTC), at)
        self.remarks.append(f"Liability was disputed until {say.day(self._day(ended))}: the limit counts from then.")
        self.received = ended
        again = self._run(self.rule.limit, ended)
        pause = (Step(Kind.PAUSED, at, ended, "Paused: liability disputed."),) if at < ended else ()
        return State.RUNNING, again._replace(steps=(*kept, *pause, *again.steps))

    def _extended(self, run: _Run) -> tuple[State, _Run]:
        extension, events = self.rule.extension, self.events
        since, ended = events.extended_on, events.information_received_at
        if events.tolled is not None:
            if extension is None or extension.counted_from is not From.INFORMATION:
                self.remarks.append("Nothing in this law lets the clock stand still.")
            else:
                since = since or self._day(events.tolled.since)
                ended = ended or events.tolled.until
        if since is None:
            if ended is not None:
                self.remarks.append("Nothing was extended: what came does not move the date.")
            return State.RUNNING, run
        if extension is None:
            self.remarks.append("This law knows no extension: asking for more does not move the date.")
            return State.RUNNING, run
        latest = _last_day(self.week, extension.within or self.rule.limit, self.received, self.rule.zone)
        if since > latest:
            self.remarks.append(f"Extended on {say.day(since)}, later than {say.day(latest)}: there is no extension.")
            return State.RUNNING, run
        match extension.counted_from:
            case From.START:
                return State.EXTENDED, self._from_start(extension, run, ended)
            case From.EXTENDED:
                at = max(bounds(self.rule.zone, since)[0], self.received)
                self.remarks.append(f"The extension replaces the limit: {extension.limit} from {say.day(since)}.")
                return State.EXTENDED, self._joined(run.steps, self._run(extension.limit, at), at)
            case From.LIMIT:
                self.remarks.append(
                    f"The extension is added to the limit: {extension.limit} after {say.day(run.last)}."
                )
                added = self._run(extension.limit, bounds(self.rule.zone, run.last)[0])
                return State.EXTENDED, self._joined(run.steps, added, bounds(self.rule.zone, run.last)[0])
            case From.INFORMATION:
                return self._from_information(extension, run, since, ended)

    def _from_start(self, extension: Extension, run: _Run, ended: datetime | None) -> _Run:
        longer = self._run(extension.limit, self.received)
        self.remarks.append(
            f"The extension replaces the limit of {self.rule.limit}: {extension.limit}"
            f" from {say.day(self._day(self.received))}, which are not added to it."
        )
        if ended is None or extension.information is None:
            return longer
        at = max(ended.astimezone(UTC), self.received)
        after = self._run(extension.information, at)
        told = f"{extension.information} from the arrival of the information on {say.day(self._day(at))}"
        if after.last < longer.last:
            self.remarks.append(f"{told} end on {say.day(after.last)}, which is earlier and governs.")
            return self._joined(longer.steps, after, at)
        if after.last > longer.last:
            self.remarks.append(f"{told} would end on {say.day(after.last)}: the earlier date governs.")
        return longer

    def _from_information(
        self, extension: Extension, run: _Run, since: date, ended: datetime | None
    ) -> tuple[State, _Run]:
        at = max(bounds(self.rule.zone, since)[0], self.received)
        kept = _clipped(run.steps, at)
        if ended is None:
            self.remarks.append(
                f"The clock stands still since {say.day(since)}: no date is due until what was asked for has come."
            )
            return State.TOLLED, _Run(run.last, None, kept)
        came = max(ended.astimezone(UTC), at)
        pause = (Step(Kind.PAUSED, at, came, "Paused: what was asked for is awaited."),) if at < came else ()
        self.remarks.append(
            f"The clock stood still until {say.day(self._day(came))}: from then on {extension.limit} replace the limit."
        )
        after = self._run(extension.limit, came)
        return State.EXTENDED, after._replace(steps=(*kept, *pause, *after.steps))

    def _joined(self, steps: tuple[Step, ...], run: _Run, at: datetime) -> _Run:
        return run._replace(steps=(*_clipped(steps, at), *run.steps))

    def _run(self, limit: Limit, at: datetime) -> _Run:
        """Count a limit from *at*, whose day is day 0; of calendar days with the days off behind it, where it rolls."""
        if limit.unit is Unit.HOURS:
            counted = deadline(Policy(limit.amount, Clock.ELAPSED, self.week, effective_from=at), at)
            return _Run(self._day(counted.due_at), counted.due_at, counted.steps)
        day = self._day(at)
        ends = bounds(self.rule.zone, day)[1]
        days = count_days(self.week, day, limit.amount, working=limit.unit is Unit.WORKING_DAYS)
        steps = (Step(Kind.CLOSED, at, ends, DAY_0), *days.steps)
        if limit.unit is Unit.DAYS and self.rule.rolls and not self.week.works(days.last):
            after = rolled(self.week, days.last)
            moved = count_days(self.week, after.last - _DAY, 1, working=False).steps[0]
            return _Run(after.last, None, (*steps, *after.steps[1:], moved._replace(rule="The next working day.")),
                        rolled_from=days.last)  # fmt: skip
        return _Run(days.last, None, steps)

    def _day(self, at: datetime) -> date:
        return at.astimezone(zone(self.rule.zone)).date()


def _last_day(week: BusinessWeek, limit: Limit, at: datetime, timezone: str) -> date:
    """Return the last day of a limit that begins at *at*."""
    if limit.unit is Unit.HOURS:
        return (at + timedelta(hours=limit.amount)).astimezone(zone(timezone)).date()
    start = at.astimezone(zone(timezone)).date()
    return count_days(week, start, limit.amount, working=limit.unit is Unit.WORKING_DAYS).last


def _clipped(steps: tuple[Step, ...], at: datetime) -> tuple[Step, ...]:
    """Return what of *steps* lies before *at*."""
    return tuple(step._replace(ends=min(step.ends, at)) for step in steps if step.starts < at)
