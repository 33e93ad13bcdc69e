"""When to ask again for what is not known yet: on a day of the client's, while somebody works there."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from core import walltime
from core.calendars import BusinessWeek, interval_at, zone
from core.refusal import Refusal

LATEST = timedelta(days=60)
"""How far ahead somebody can say to ask again; the database says the same."""

FROM = time(8)
"""From when on a day somebody is asked where no time is said, or from when the client opens if that is later."""


class NotToAskThen(Refusal):
    text = f"Choose a day to ask again that is later than now, and within {LATEST.days} days."


class NothingToAskAgain(Refusal):
    text = "Choose what is not known yet: that is asked again on the day that you say."


def in_days(week: BusinessWeek, days: int, *, at: datetime) -> datetime:
    """Return when to ask so many *days* after the client's day of *at*: on that day, or the next on which it works."""
    return on_day(week, walltime.today(week.timezone, at) + timedelta(days=days))


def in_working_days(week: BusinessWeek, days: int, *, at: datetime) -> datetime:
    """
    Return when to ask on the last of so many *days* on which the client works, after its day of *at*.

    :raises NotToAskThen: if there are not so many within LATEST.
    """
    following = list(islice(_working(week, walltime.today(week.timezone, at)), days))
    if len(following) < days:
        raise NotToAskThen
    return on_day(week, following[-1])


def on_day(week: BusinessWeek, day: date, clock: time | None = None) -> datetime:
    """
    Return the first moment, in UTC, from *clock* on *day* on at which the client works; without a *clock* from FROM on.

    Where it does not work within LATEST of that, nobody is spared: the moment is taken as it is.
    """
    said = walltime.meant(day, clock or FROM, zone(week.timezone)).first
    at = said
    while at <= said + LATEST:
        interval = interval_at(week, at)
        if interval.open:
            return at
        at = interval.ends
    return said


def _working(week: BusinessWeek, today: date) -> Iterator[date]:
    days = (today + timedelta(days=ahead) for ahead in range(1, LATEST.days + 1))
    return (day for day in days if week.works(day))
