"""Days and times of day in the forms in which clients write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Order = Literal["mdy", "dmy", "mixed"]
"""How a column writes its days: month first, day first, or demonstrably both."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:(?:\s*,?\s*(?:at\s+)?|[Tt])(?P<time>\d{1,2}[:.h]\d{2}.*|\d{1,2}\s*[ap]\.?m\.?.*))?"
_ISO = re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR = r"(?P<y>\d{4}|\d{2})"
_BETWEEN = r"\s?[-/.]\s?"
_NUMERIC = re.compile(rf"{_WEEKDAY}(?P<a>\d{{1,2}}){_BETWEEN}(?P<b>\d{{1,2}}){_BETWEEN}{_YEAR}{_TIME}", re.IGNORECASE)
_WORDED = re.compile(
    rf"{_WEEKDAY}(?P<name>{_MONTH})\.?[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+{_YEAR}{_TIME}", re.IGNORECASE
)
_WORDED_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?P<name>{_MONTH})\.?,?[\s-]*{_YEAR}{_TIME}", re.IGNORECASE
)
_PACKED = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<time>\d{4,6}))?(?:\.0)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIALS_BEGIN = datetime.combine(date(1899, 12, 30), time())
"""A spreadsheet's day zero, on nobody's clock."""

_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?(?:[:.](?P<s>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap])?\.?(?:m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[a-z]{2,4})?",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A day, the time of day where there is one, and its distance from UTC where that is written."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None


def day_order(cells: Iterable[str]) -> Order:
    """Return how a column writes its days; month first, as in the United States, where every one could be either."""
    first = second = False
    for cell in cells:
        if match := _NUMERIC.match(cell):
            first = first or int(match["a"]) > 12
            second = second or int(match["b"]) > 12
    if first and second:
        return "mixed"
    return "dmy" if first else "mdy"


def ambiguous(cell: str) -> bool:
    """Tell whether *cell* is a date whose day and month could stand the other way round."""
    match = _NUMERIC.match(cell)
    return bool(match and int(match["a"]) <= 12 and int(match["b"]) <= 12 and match["a"] != match["b"])


@lru_cache(maxsize=100_000)
def moment(cell: str, order: Order, *, this_year: int, past: bool = False) -> Moment | None:
    """
    Return what *cell* says as a day and perhaps a time, or None where it cannot be told.

    Years of two digits lie in the century that ends next year; *past* (birth dates) that ended fourteen years ago.
    """
    if len(cell) > 60:
        return None
    if match := _ISO.fullmatch(cell) or _PACKED.fullmatch(cell):
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    elif match := _NUMERIC.fullmatch(cell):
        year, (month, day) = _year(match["y"], this_year, past), _ordered(int(match["a"]), int(match["b"]), order)
    elif match := _WORDED.fullmatch(cell) or _WORDED_DAY_FIRST.fullmatch(cell):
        year, month, day = _year(match["y"], this_year, past), _MONTHS[match["name"].lower()], int(match["d"])
    elif _SERIAL.fullmatch(cell):
        return _serial(float(cell))
    else:
        return None
    return _moment(year, month, day, match["time"])


def _moment(year: int, month: int, day: int, clock: str | None) -> Moment | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    if not clock:
        return Moment(on)
    told = clock_time(clock)
    return Moment(on, *told) if told else Moment(on)


def _year(digits: str, this_year: int, past: bool) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    year += this_year - this_year % 100
    return year - 100 if year > (this_year - 14 if past else this_year + 1) else year


def _ordered(a: int, b: int, order: Order) -> tuple[int, int]:
    """Return month and day; a number over twelve is never a month."""
    if a > 12 or (order == "dmy" and b <= 12):
        return b, a
    return a, b


def _serial(days: float) -> Moment | None:
    """Read a spreadsheet's own number for a date; only years in which a living person could be born or hurt."""
    if not 7_000 <= days < 73_000:
        return None
    stamp = _SERIALS_BEGIN + timedelta(minutes=round(days * 24 * 60))
    return Moment(stamp.date(), stamp.time() if days % 1 else None)


@lru_cache(maxsize=10_000)
def clock_time(cell: str) -> tuple[time, timedelta | None] | None:
    """Return the time of day in *cell* and its distance from UTC where written; None where it cannot be told."""
    text = cell.strip().casefold()
    if text in ("noon", "12 noon", "midday"):
        return time(12), None
    if text in ("midnight", "12 midnight"):
        return time(0), None
    if re.fullmatch(r"0?\.\d+|0\.0", text):
        minutes = round(float(text) * 24 * 60)
        return (time(minutes // 60, minutes % 60), None) if minutes < 24 * 60 else None
    if re.fullmatch(r"\d{3,4}(\.0)?|\d{6}", text):
        text = text.removesuffix(".0")
        text = text.zfill(4) if len(text) < 6 else text
        text = f"{text[:2]}:{text[2:4]}"
    match = _CLOCK.fullmatch(text)
    if not match or (match["m"] is None and match["half"] is None):
        return None
    return _checked(match)


def _checked(match: re.Match[str]) -> tuple[time, timedelta | None] | None:
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return (time(hour, minute, second), _offset(match["zone"])) if hour < 24 and minute < 60 else None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second), _offset(match["zone"])


_ZONES = {"z": 0, "utc": 0, "gmt": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7}
_ZONES |= {"pst": -8, "akdt": -8, "akst": -9, "hst": -10, "ast": -4}


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone.isalpha():  # `CT` and the like name a zone and no offset: the client's own zone stands.
        return timedelta(hours=_ZONES[zone]) if zone in _ZONES else None
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return None if size > timedelta(hours=14) else size if zone[0] == "+" else -size
