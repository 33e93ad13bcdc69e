"""How durations, instants and quotations read, on every screen and on the command line; words.js says the same."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NAMED = {
    "America/New_York": "Eastern", "America/Chicago": "Central", "America/Denver": "Mountain",
    "America/Phoenix": "Arizona", "America/Los_Angeles": "Pacific", "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii", "America/Puerto_Rico": "Puerto Rico",
}  # fmt: skip
"""What the time of the states, and of Puerto Rico, is called."""

_COUNTRIES = ("Brazil", "Canada", "Chile", "Mexico", "US")
"""Regions of IANA names that say first which country's time they are: 'Canada/Central'."""

_DAY = 24 * 3600
_DAYS_FROM = 2 * _DAY
"""Seconds from which on a duration reads in days: a promise of 24 h stays 24 h."""

_NOTHING = "0 min"

_QUOTED = 80
"""Letters of what somebody wrote that are quoted."""


def duration(length: timedelta) -> str:
    """
    Return *length* exactly, to the second: '45 min', '3 h 05 min', '47 h', '2 days', '2 days 15 h', '2 h 30 s'.

    Fractions of a second are left out. A negative length carries a minus sign.
    """
    if length.days < 0:
        return f"−{duration(-length)}"
    return _exactly(length.days * _DAY + length.seconds)


def brief(length: timedelta) -> str:
    """
    Return *length* as one takes it in at a glance: '45 min', '3 h 05 min', '2 days 4 h'; never more than there is.

    Rounded towards zero: to the minute, and from two days on to the hour.
    """
    if length.days < 0:
        said = brief(-length)
        return said if said == _NOTHING else f"−{said}"
    seconds = length.days * _DAY + length.seconds
    return _exactly(seconds - seconds % (3600 if seconds >= _DAYS_FROM else 60))


def _exactly(seconds: int) -> str:
    days, rest = divmod(seconds, _DAY) if seconds >= _DAYS_FROM else (0, seconds)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = []
    if days:
        parts.append(f"{days:,} days")
    if hours:
        parts.append(f"{hours} h")
    if minutes:
        parts.append(f"{minutes:02} min" if hours else f"{minutes} min")
    if rest:
        parts.append(f"{rest} s")
    return " ".join(parts) or _NOTHING


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return how many of *noun*: '1 claim', '2 claims', '1,200 claims'; *plural* where it is not the noun and an s."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def instant(at: datetime, timezone: str) -> str:
    """Return *at* as clocks in *timezone* (an IANA name) show it, and their zone: 'Tue 24 Nov 2026, 09:05 CST'."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{_date(local)}, {zoned(local)}"


def clock(shown: time | datetime, *, seconds: bool = False) -> str:
    """Return the time of day that a clock shows: '09:05', with *seconds* '09:05:30'. In lists: `CLOCK` of words.js."""
    return f"{shown:%H:%M:%S}" if seconds else f"{shown:%H:%M}"


def zoned(local: datetime) -> str:
    """Return the time of day of *local*, an instant as clocks of its own zone show it, and their zone: '09:05 CST'."""
    return f"{clock(local)} {local.tzname()}"


def day(on: date, at: time | None = None) -> str:
    """Return a day of the calendar, and the time of day where there is one: 'Tue 24 Nov 2026, 09:05'."""
    return f"{_date(on)}, {clock(at)}" if at is not None else _date(on)


def brief_day(on: date) -> str:
    """Return a day without its weekday: '24 Nov 2026'."""
    return f"{on.day} {on:%b} {on.year}"


def zone(timezone: str, at: datetime | None = None) -> str:
    """
    Return what people call the time of *timezone* (an IANA name): 'Central time', 'Manila time', 'UTC'.

    With *at* its abbreviation then comes with it: 'Central time, CST'; where it has none, how far it is from UTC.
    """
    if timezone == "UTC":
        return timezone
    region, _, place = timezone.rpartition("/")
    place = place.replace("_", " ")
    name = _NAMED.get(timezone) or (f"{region} {place}" if region in _COUNTRIES else place)
    if at is None:
        return f"{name} time"
    local = at.astimezone(ZoneInfo(timezone))
    short = local.tzname() or ""
    return f"{name} time, {short if short.isalpha() else f'UTC{short}'}"


def span(starts: datetime, ends: datetime, timezone: str) -> str:
    """
    Return an interval as clocks in *timezone* show it, saying the date and the zone once where both ends share them.

    'Wed 25 Nov 2026, 08:00 to 17:00 CST', or 'Fri 27 Nov 2026, 17:00 CST to Mon 30 Nov 2026, 08:00 CST'.
    """
    first, last = starts.astimezone(ZoneInfo(timezone)), ends.astimezone(ZoneInfo(timezone))
    if first.date() == last.date() and first.utcoffset() == last.utcoffset():
        return f"{_date(first)}, {clock(first)} to {zoned(last)}"
    return f"{instant(starts, timezone)} to {instant(ends, timezone)}"


def _date(local: date) -> str:
    return f"{local:%a} {brief_day(local)}"


def quoted(typed: str) -> str:
    """Return *typed* between quotation marks, on one line and not too long."""
    plain = " ".join(typed[: 4 * _QUOTED].split())
    return f"'{plain}'" if len(plain) <= _QUOTED else f"'{plain[:_QUOTED]}…'"
