"""What happened to a request, and when something about it is due: the two ends of a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core.clocks import Step
from core.statutes.rule import Channel, Rule


class State(StrEnum):
    """How a clock stands, as long as nothing was communicated."""

    WAITING = "waiting for completeness"
    RUNNING = "running"
    EXTENDED = "extended"
    TOLLED = "tolled"
    """It stands still until what was asked for has come: there is no due date."""
    DEFERRED = "deferred"
    """Review waits while liability is disputed: there is no due date."""


class Tolled(NamedTuple):
    """A stretch in which a clock stands still, as from the order of an examination to its report; None is not yet."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Events:
    """
    What happened to a request, as far as a clock asks.

    `received_at` is the event that starts the clock, which of most is the receiver's own stamp. `complete_at` is when
    a request was complete, None while it is not; only clocks that wait for that ask. `extended_on` is the day, of the
    clock's zone, on which what extends it was done: information asked for, an examination notified.
    """

    received_at: datetime
    channel: Channel | None = None
    complete_at: datetime | None = None
    extended_on: date | None = None
    information_received_at: datetime | None = None
    tolled: Tolled | None = None
    deferred_at: datetime | None = None
    deferred_until: datetime | None = None
    postmarked_on: date | None = None

    def __post_init__(self) -> None:
        of_tolled = self.tolled or ()
        for at in (self.received_at, self.complete_at, self.information_received_at, *of_tolled,
                   self.deferred_at, self.deferred_until):  # fmt: skip
            if at is not None and at.utcoffset() is None:
                raise ValueError("an instant must say its zone")

    def starts_at(self, rule: Rule) -> datetime | None:
        """Return when a clock of *rule* starts; None while it waits for completeness."""
        if not rule.waits:
            return self.received_at
        return None if self.complete_at is None else max(self.complete_at, self.received_at)


@dataclass(frozen=True)
class Due:
    """
    When something is due, and why.

    `due_at` is the last instant at which it is in time, in UTC; None while the clock waits, is tolled or deferred.
    `due_on` is its day in `zone`; `timed` tells whether the law names a time of that day. `aim_for` is the last working
    day before a due date that is a day off. `received_at` is when it counts as received, day 0 of the count. `steps`
    follow each other without a gap; `remarks` are sentences on what decided. `by_post_until` is the last day on which
    what comes by post is still accepted.
    """

    rule: Rule
    events: Events
    state: State
    due_at: datetime | None
    due_on: date | None
    timed: bool = False
    aim_for: date | None = None
    received_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()
    by_post_until: date | None = None

    @property
    def zone(self) -> str:
        """The clock's zone, an IANA name."""
        return self.rule.zone

    def late(self, at: datetime) -> bool:
        """Tell whether it is too late at *at*; on a due day without a time it never is."""
        return self.due_at is not None and at > self.due_at


def of_request(known: Mapping[str, Any], zone: str) -> Events:
    """Return what happened to a request from what is *known* of it, by the names of its columns; days are of *zone*."""
    asked_at, tolled_at = known["information_asked_at"], known["tolled_at"]
    return Events(
        known["received_at"], Channel(known["channel"]), known["complete_at"],
        extended_on=asked_at.astimezone(ZoneInfo(zone)).date() if asked_at else None,
        information_received_at=known["information_at"],
        tolled=Tolled(tolled_at, known["resumed_at"]) if tolled_at else None,
        deferred_at=known["deferred_at"], deferred_until=known["taken_up_at"], postmarked_on=known["postmarked_on"],
    )  # fmt: skip
