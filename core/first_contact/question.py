"""What is asked about first contact: whose claims, reported when, in whose time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.access import Actor
from core.calendars import first_instant
from core.refusal import Refusal
from db.queries.first_contact import Extent

NOT_KNOWN = "--"
"""Stands for the jurisdiction of a claim whose state is not known."""

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "UTC",
)
"""Time zones in which weekday and hour can be shown."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class EndsBeforeItBegins(Refusal):
    text = "The period ends before it begins."


class NotInWholeHours(Refusal):
    text = "Counts are kept by the hour, and this time zone is not a whole number of hours from UTC."


def zones(own: str, *, at: datetime) -> list[str]:
    """Return the zones that can be chosen: *own* first, unless around *at* its hours begin at others than UTC's."""
    return list(dict.fromkeys((own, *ZONES) if can_be_asked_in(own, at=at) else ZONES))


def can_be_asked_in(timezone: str, *, at: datetime) -> bool:
    """Tell whether *timezone* is one (an IANA name), and its hours around *at* begin with those of UTC."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    year = (at, at - 182 * DAY)
    return all(_ahead(moment, zone) % HOUR == timedelta() for moment in year)


@dataclass(frozen=True)
class Question:
    """
    One question, which feeds grid, measures, trend, claims and files alike.

    Claims reported from *first_day* to *last_day*, both included, as days of *timezone* (IANA). None means all: of
    *clients* (ids), *jurisdictions* (two letters, or NOT_KNOWN) and *assignees* (ids of those who have the claims).

    :raises EndsBeforeItBegins: if the last day is before the first.
    :raises NotInWholeHours: if on any day the zone's hours begin at other moments than those of UTC.
    """

    first_day: date
    last_day: date
    timezone: str
    clients: frozenset[int] | None = None
    jurisdictions: frozenset[str] | None = None
    assignees: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise EndsBeforeItBegins
        if any(ahead % HOUR for _, ahead in _clocks(self.timezone, self.first_day, self.last_day)):
            raise NotInWholeHours

    @property
    def starts(self) -> datetime:
        """Return the instant at which the first day begins, UTC."""
        return _midnight(self.first_day, self.timezone)

    @property
    def ends(self) -> datetime:
        """Return the instant at which the last day has ended, UTC."""
        return _midnight(self.last_day + DAY, self.timezone)

    @property
    def weekdays(self) -> frozenset[int]:
        """Return the weekdays in the period, 1 is Monday."""
        days = min((self.last_day - self.first_day).days + 1, 7)
        return frozenset((self.first_day + DAY * n).isoweekday() for n in range(days))

    def extent(self, actor: Actor) -> Extent:
        """Return the question as the database is asked it: never about more clients than are in *actor*'s scope."""
        clients = self.clients
        if actor.scope is not None:
            clients = actor.scope if clients is None else clients & actor.scope
        clocks = _clocks(self.timezone, self.first_day, self.last_day)
        return Extent(
            clients=None if clients is None else sorted(clients),
            jurisdictions=None if self.jurisdictions is None else sorted(self.jurisdictions),
            assignees=None if self.assignees is None else sorted(self.assignees),
            starts=self.starts,
            ends=self.ends,
            since=[since for since, _ in clocks],
            shifts=[ahead // HOUR for _, ahead in clocks],
        )

    def hours_of(self, cells: frozenset[tuple[int, int]]) -> list[datetime]:
        """Return the period's hours, UTC, that fall on one of *cells* (weekday, 1 is Monday; hour), latest first."""
        zone = ZoneInfo(self.timezone)
        every = (self.ends - HOUR * n for n in range(1, (self.ends - self.starts) // HOUR + 1))
        return [hour for hour in every if _cell(hour.astimezone(zone)) in cells]


def _midnight(day: date, timezone: str) -> datetime:
    return first_instant(ZoneInfo(timezone), day, time())


@lru_cache
def _clocks(timezone: str, first_day: date, last_day: date) -> tuple[tuple[datetime, timedelta], ...]:
    """
    Return since when, in these days, the clocks of *timezone* are how far ahead of UTC.

    The first begins with *first_day*; changes are looked for day by day, and within a day by the hour.
    """
    zone = ZoneInfo(timezone)
    midnight = _midnight(first_day, timezone)
    clocks = [(midnight, _ahead(midnight, zone))]
    for n in range(1, (last_day - first_day).days + 2):
        since, midnight = midnight, _midnight(first_day + DAY * n, timezone)
        ahead = _ahead(midnight, zone)
        if ahead != clocks[-1][1]:
            while _ahead(since, zone) != ahead:
                since += HOUR
            clocks.append((since, ahead))
    return tuple(clocks)


def _ahead(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _cell(local: datetime) -> tuple[int, int]:
    return local.isoweekday(), local.hour
