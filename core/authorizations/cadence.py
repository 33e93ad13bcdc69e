"""When a request is followed up next: closer together as its clock runs down, and while an office is open."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import local_time
from core.authorizations.vocabulary import Clock, Party, Reply
from core.calendars import interval_at
from core.open_hours import Stretch
from core.statutes import week_of

_HOURS = (Stretch(time(8), time(17)),)

_WHILE = (
    (timedelta(days=5), timedelta(days=2)),
    (timedelta(days=2), timedelta(days=1)),
    (timedelta(days=1), timedelta(hours=4)),
    (timedelta(hours=4), timedelta(hours=2)),
)
"""While at least so long is left, somebody is asked again after so long."""

_AT_LAST = timedelta(hours=1)
"""After so long where less than all of them is left, or the date has passed."""

_WITHOUT_A_DATE = timedelta(days=2)
"""After so long where no date is due."""

_PROMISED = timedelta(days=1)
"""How long whoever promised to answer is given, where that is longer."""


WAITS_FOR_PROVIDER = (Clock.WAITING, Clock.EXTENDED, Clock.TOLLED)
"""How the clock of a request stands that waits for something from its provider."""


def asked_next(clock: str) -> Party:
    """Return who is to be asked how a request stands: the provider while it waits for something, then the reviewer."""
    return Party.PROVIDER if clock in WAITS_FOR_PROVIDER else Party.REVIEWER


def next_at(*, jurisdiction: str, due_at: datetime | None, last: datetime, reply: Reply | None = None) -> datetime:
    """
    Return when a request is to be followed up next, aware, UTC: an office of the jurisdiction is open then.

    *last* is when it was followed up last, or logged, and *reply* what came of that.
    """
    after = _WITHOUT_A_DATE
    if due_at is not None:
        left = due_at - last
        after = next((every for at_least, every in _WHILE if left >= at_least), _AT_LAST)
        if reply is Reply.PROMISED and left > _PROMISED:
            after = max(after, _PROMISED)
    return _open(jurisdiction, last + after)


def _open(jurisdiction: str, at: datetime) -> datetime:
    """Return *at*, or where offices are closed then when they open."""
    place = local_time.place(jurisdiction)
    timezone = place.zones[0] if place else "UTC"
    week = replace(week_of(jurisdiction, timezone, at=at), hours=_HOURS)
    interval = interval_at(week, at)
    while not interval.open:
        at = interval.ends
        interval = interval_at(week, at)
    return at.astimezone(ZoneInfo("UTC"))
