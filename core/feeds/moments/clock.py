"""Times of day in the forms in which clients write them."""

import re
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import NamedTuple

from core.feeds.moments.plain import plain
from core.feeds.moments.zones import zone_named

_NAMED = {
    "noon": time(12), "12 noon": time(12), "12:00 noon": time(12), "midday": time(12),
    "midnight": time(0), "12 midnight": time(0), "12:00 midnight": time(0),
}  # fmt: skip
_CLOCK = re.compile(
    r"(?:(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"|(?P<packed>\d{3,4}|\d{6}(?:\.(?P<parts>\d{1,9}))?))"
    r"(?:\s?(?P<half>[ap])(?:\.?\s?m)?\.?(?=$|[\s(+-]))?"
    r"(?:\s?h(?:(?:ou)?rs?)?\.?(?=$|\s))?"
    r"(?:\s?(?P<zone>[a-z(+-].*))?",
    re.ASCII,
)
_FRACTION = re.compile(r"0?\.(?P<digits>\d+)")
_FEW_DIGITS = re.compile(r"\d{1,4}(\.0)?")
_DIGITS = re.compile(r"\d{3,6}\.0")
_SURELY_FRACTION = 3
"""Decimals from which 0.385 is a part of a day; 0.30 could be half past midnight."""
_SECONDS_FROM = 5
"""Decimals from which a part of a day is exact to the second; with fewer it is taken for whole minutes."""
_SECONDS_A_DAY = 86_400


class TimeOfDay(NamedTuple):
    """A time of day, the zone where one is written; `ends_day` where it is 24:00, the midnight that ends the day."""

    clock: time
    zone: tzinfo | None = None
    ends_day: bool = False


@lru_cache(maxsize=20_000)
def clock_time(cell: str, *, packed: bool = False, fractions: bool = False) -> TimeOfDay | None:
    """
    Return the time of day that *cell* says, or None where not all of it can be told.

    In a column of *packed* times (HHMM) `30` is half past midnight; in one of *fractions* 0.25 is six in the morning.
    """
    text = plain(cell).casefold()
    if match := _FRACTION.fullmatch(text):
        sure = fractions or len(match["digits"]) >= _SURELY_FRACTION or len(match["digits"]) == 1
        return _of_fraction(float(text), len(match["digits"])) if sure else None
    if packed and _FEW_DIGITS.fullmatch(text):
        text = text.removesuffix(".0").zfill(4)
    return written_clock(text.removesuffix(".0") if _DIGITS.fullmatch(text) else text)


def written_clock(text: str, on: date | None = None) -> TimeOfDay | None:
    """Return the time of day that *text* spells out, or None; *on* is the day that it belongs to, where known."""
    text = text.casefold()
    if text in _NAMED:
        return TimeOfDay(_NAMED[text])
    match = _CLOCK.fullmatch(text)
    return _checked(match, on) if match else None


def _checked(match: re.Match[str], on: date | None) -> TimeOfDay | None:
    if match["packed"]:
        digits = match["packed"].partition(".")[0]
        digits = digits.zfill(len(digits) + len(digits) % 2)
        hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0)
    elif match["m"] is None and match["half"] is None:
        return None
    else:
        hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    hour_of_day = _hour(hour, match["half"])
    if hour_of_day is None or minute > 59 or second > 59 or (hour_of_day == 24 and (minute or second)):
        return None
    part = int(((match["part"] or match["parts"] or "") + "000000")[:6])
    clock = time(hour_of_day % 24, minute, second, part)
    if not match["zone"]:
        return TimeOfDay(clock, None, hour_of_day == 24)
    zone = zone_named(match["zone"], datetime.combine(on, clock) if on else None)
    return TimeOfDay(clock, zone, hour_of_day == 24) if zone else None


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of 24, or None where there is none: `13:30 PM` says the same twice, `13:30 AM` two things."""
    if half is None:
        return hour if hour <= 24 else None
    if 1 <= hour <= 12:
        return hour % 12 + (12 if half == "p" else 0)
    if half == "p":
        return hour if 13 <= hour <= 23 else None
    return 0 if hour == 0 else None


def _of_fraction(part: float, digits: int) -> TimeOfDay | None:
    seconds = seconds_of(part, digits)
    return TimeOfDay(time(seconds // 3600, seconds // 60 % 60, seconds % 60)) if seconds < _SECONDS_A_DAY else None


def seconds_of(days: float, digits: int) -> int:
    """Return how many seconds *days* are, as exactly as so many decimal *digits* tell; else whole minutes."""
    return round(days * _SECONDS_A_DAY) if digits >= _SECONDS_FROM else round(days * 24 * 60) * 60
