"""Events as an iCalendar file (RFC 5545), with the time zones that they name inside."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

_PRODUCT = "-//MCO Desk//{}//EN"
_HOUR = timedelta(hours=1)


class Event(NamedTuple):
    """
    An event as a calendar shows it: its title and place have nothing of the worker. Instants are aware; `ends_at` is
    None where it is not known how long it lasts.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    timezone: str
    title: str
    cancelled: bool
    changed_at: datetime
    place: str = ""


def written(events: Iterable[Event], *, of: str, method: str, name: str = "") -> bytes:
    """
    Return the file of *events*, with the time zones that they name inside: the same bytes for the same events.

    *of* is what the events are; *method* says what a program does with the file: PUBLISH or CANCEL.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT.format(of))
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    listed = list(events)
    for timezone in sorted({event.timezone for event in listed}):
        years = [event.starts_at.year for event in listed if event.timezone == timezone]
        calendar.add_component(_timezone(timezone, min(years) - 1, max(years) + 1))
    for event in listed:
        zone = ZoneInfo(event.timezone)
        drawn = icalendar.Event()
        drawn.add("uid", f"{event.uid}@mco-desk")
        drawn.add("sequence", event.sequence + event.cancelled)
        drawn.add("dtstamp", event.changed_at)
        drawn.add("dtstart", event.starts_at.astimezone(zone))
        if event.ends_at is not None:
            drawn.add("dtend", event.ends_at.astimezone(zone))
        drawn.add("summary", event.title)
        if event.place:
            drawn.add("location", event.place)
        drawn.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        calendar.add_component(drawn)
    made: bytes = calendar.to_ical()
    return made


def _timezone(name: str, first: int, last: int) -> icalendar.Timezone:
    """
    Return the zone with every change of its clocks from the year *first* to the year *last*.

    Each change is a part of its own: what the library writes by itself lists them by date, and begins summer time an
    hour late; some programs then read no summer time at all.
    """
    zone, at = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    drawn = icalendar.Timezone()
    drawn.add("tzid", name)
    drawn.add_component(_clocks(at.astimezone(zone), at.astimezone(zone).utcoffset()))
    while (at := at + _HOUR).year <= last:
        before, after = (each.astimezone(zone) for each in (at - _HOUR, at))
        if before.utcoffset() != after.utcoffset():
            drawn.add_component(_clocks(after, before.utcoffset()))
    return drawn


def _clocks(since: datetime, before: timedelta | None) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """Return how clocks go from *since* on, which is told as clocks showed it that went as *before*."""
    part = icalendar.TimezoneDaylight() if since.dst() else icalendar.TimezoneStandard()
    part.add("dtstart", (since.astimezone(UTC) + (before or timedelta(0))).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", since.utcoffset())
    part.add("tzname", since.tzname())
    return part
