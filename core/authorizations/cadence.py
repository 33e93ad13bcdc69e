"""
When a request is followed up next, and when nobody has answered for so long that others are to know: from a cadence.

A cadence is data, and what is named here is pure. Somebody is asked again sooner as the clock runs down, and while an
office is open. What was asked in vain so many times, or is not answered while so little of its clock is left, goes to
clinical staff and, by the next time that it would have been followed up or once it is overdue, to supervisors; until
somebody answers or decides, or, where an answer was promised, the next time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core import local_time
from core.authorizations.vocabulary import Clock, Party, Reply
from core.calendars import interval_at
from core.open_hours import Stretch
from core.statutes import week_of

WAITS_FOR_PROVIDER = (Clock.WAITING, Clock.EXTENDED, Clock.TOLLED)
"""How the clock of a request stands that waits for something from its provider."""

_HAPPENED = (
    "received_at", "complete_at", "information_asked_at", "information_at", "tolled_at", "resumed_at", "deferred_at",
    "taken_up_at",
)  # fmt: skip
"""What happens to a request, after which others are asked, or the same about something else."""

DECIDING = (*_HAPPENED, "due_at", "clock", "ours")
"""By what of a request, beside the follow-ups, it is decided when it is followed up next."""


class Step(NamedTuple):
    """While at least so long is `left`, somebody is asked again after so long (`every`)."""

    left: timedelta
    every: timedelta


@dataclass(frozen=True)
class Cadence:
    """
    How often a party is asked how a request stands: by `steps`, the longest first; after `at_last` where less than all
    of them is left, or the date has passed; after `undated` where no date is due. Whoever `promised` to answer is given
    that long, where it is longer. Offices are asked between `opens` and `closes` of their own working days.

    Clinical staff are to know after so many follow-ups without an answer (`unanswered`), or with less than `share`
    percent of the clock left.
    """

    party: Party
    steps: tuple[Step, ...]
    at_last: timedelta
    undated: timedelta
    promised: timedelta
    opens: time
    closes: time
    unanswered: int
    share: int


class Asked(NamedTuple):
    """That a party was asked how a request stands: whom, when, and what came of it."""

    party: Party
    at: datetime
    reply: Reply


class Next(NamedTuple):
    """
    When a request is followed up next; how many times in a row the one who is asked has not answered; and from when on
    it is for clinical staff, and for supervisors: None where not as it stands.
    """

    follow_up_at: datetime
    unanswered: int
    to_clinical_at: datetime | None
    to_supervisor_at: datetime | None

    @property
    def columns(self) -> dict[str, Any]:
        """What of it is kept with the request."""
        return self._asdict()


def asked_next(clock: str) -> Party:
    """Return who is to be asked how a request stands: the provider while it waits for something, then the reviewer."""
    return Party.PROVIDER if clock in WAITS_FOR_PROVIDER else Party.REVIEWER


def next_at(
    cadence: Cadence, *, jurisdiction: str, due_at: datetime | None, last: datetime, reply: Reply | None = None
) -> datetime:
    """
    Return when a request is to be followed up next, aware, UTC: an office of the jurisdiction is open then.

    *last* is when it was followed up last, or when it came to stand as it does, and *reply* what came of that.
    """
    after = cadence.undated
    if due_at is not None:
        left = due_at - last
        after = next((step.every for step in cadence.steps if left >= step.left), cadence.at_last)
        if reply is Reply.PROMISED and left > cadence.promised:
            after = max(after, cadence.promised)
    return _open(cadence, jurisdiction, last + after)


def following(
    cadences: Mapping[Party, Cadence], known: Mapping[str, Any], asked: Sequence[Asked], *, by_hand: datetime | None
) -> Next:
    """
    Return when a request is followed up next, from what is *known* of it: its columns by their names; and from whom was
    *asked* how it stands, the earliest first.

    *by_hand* is when it is followed up next because somebody set that; None where its cadence is to say.
    """
    cadence = cadences[asked_next(known["clock"])]
    since = max(known[name] for name in _HAPPENED if known[name] is not None)
    own = [each for each in asked if each.at >= since]
    last, reply = (own[-1].at, own[-1].reply) if own else (max(since, known["logged_at"]), None)
    at = by_hand or next_at(cadence, jurisdiction=known["jurisdiction"], due_at=known["due_at"], last=last, reply=reply)
    own = [each for each in own if each.party is cadence.party]
    unanswered = _unanswered(own)
    clinical, supervisor = _escalated(cadence, known, own, unanswered, since, at) if known["ours"] else (None, None)
    return Next(at, len(unanswered), clinical, supervisor)


def _escalated(
    cadence: Cadence, known: Mapping[str, Any], own: Sequence[Asked], unanswered: Sequence[Asked], since: datetime,
    follow_up_at: datetime,
) -> tuple[datetime | None, datetime | None]:  # fmt: skip
    """Return from when on clinical staff and supervisors are to know of a request, as nobody has answered."""
    due_at: datetime | None = known["due_at"]
    heard = [each.at for each in own if each.reply in (Reply.ANSWERED, Reply.PROMISED)]
    last = heard[-1] if heard else None
    reasons = [each.at for each in unanswered[cadence.unanswered - 1 :][:1]]
    if due_at is not None and (unanswered or not own):
        clock = due_at - known["received_at"]
        reasons.append(max(since, due_at - clock * cadence.share / 100))
    # Overdue it is for supervisors, whatever was answered; once it was promised after that, again at the next time.
    overdue = due_at if due_at is None or last is None or last < due_at else follow_up_at
    if not reasons:
        return None, overdue
    first = min(reasons)
    if last is not None and last > first:  # somebody has answered since, or promised to
        again = follow_up_at
        return again, min(again, overdue or again)
    step = next_at(cadence, jurisdiction=known["jurisdiction"], due_at=due_at, last=first)
    return first, max(first, min(step, overdue or step))


def _unanswered(own: Sequence[Asked]) -> Sequence[Asked]:
    """Return the last of those who were asked that did not answer, in a row."""
    answered = max((number for number, each in enumerate(own, 1) if each.reply is Reply.ANSWERED), default=0)
    return own[answered:]


def _open(cadence: Cadence, jurisdiction: str, at: datetime) -> datetime:
    """Return *at*, or where offices are closed then when they open."""
    place = local_time.place(jurisdiction)
    timezone = place.zones[0] if place else "UTC"
    week = replace(week_of(jurisdiction, timezone, at=at), hours=(Stretch(cadence.opens, cadence.closes),))
    interval = interval_at(week, at)
    while not interval.open:
        at = interval.ends
        interval = interval_at(week, at)
    return at.astimezone(ZoneInfo("UTC"))
