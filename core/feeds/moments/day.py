"""Days, with a time of day or without, in the forms in which clients write them."""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

from core.feeds.moments.clock import TimeOfDay, seconds_of, written_clock
from core.feeds.moments.plain import plain

Order = Literal["mdy", "dmy"]
"""How days of figures are written: month first, or day first."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2099
LONGEST = 80
"""Letters beyond which a cell is no moment; JavaScript's longest has 70."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4}|'?\d{2})(?!\d)"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_ISO = _form(r"(?P<y>\d{4})(?P<between>[-/.])(?P<m>\d{1,2})(?P=between)(?P<d>\d{1,2})(?!\d)")
_PACKED = _form(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=$|\.0$|\d{4}(?:\d{2})?(?!\d)|[\sT-])(?:\.0$)?")
_NUMERIC = _form(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})\s?(?P<between>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=between)\s?(?P<y>\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_FIRST = _form(rf"{_WEEKDAY}{_MONTH}[\s-]*{_DAY}(?:,\s?|[\s-]+){_YEAR}(?![:.]\d)")
_DAY_FIRST = _form(rf"{_WEEKDAY}{_DAY}[\s/.-]*(?:of\s)?{_MONTH},?[\s/-]*{_YEAR}(?![.]\d)")
_YEAR_FIRST = _form(rf"(?P<y>\d{{4}})[\s/-]{_MONTH}[\s/-]{_DAY}(?!\d)")
_FORMS = (_ISO, _PACKED, _NUMERIC, _MONTH_FIRST, _DAY_FIRST, _YEAR_FIRST)
_YEAR_LAST = _form(rf"{_WEEKDAY}{_MONTH}\s{_DAY}\s(?P<time>\d{{1,2}}:\d{{2}}.*)\s(?P<y>\d{{4}})")
"""As Java and C write it: the time stands before the year."""
_SERIAL = _form(r"\d{5}(?:\.(?P<part>\d+))?")
_SERIALS_BEGIN = datetime.combine(date(1899, 12, 30), time())
"""A spreadsheet's day zero, on nobody's clock."""
_PLAIN_NUMBER = _form(r"\d{5}(?:\.\d+)?|(?:19|20)\d{6}(?:\d{4}(?:\d{2})?)?(?:\.0)?")

_SEPARATOR = _form(r"\s?(?:[,;]\s?|-(?=[\s\d])\s?|[T:](?=\d)|(?:at\s|@)\s?)(?:at\s)?|\s")
_DISTANCE = _form(r"\s?-(?:0\d|1[0-2]):?(?:00|15|30|45)")
"""What can be a distance from UTC as well as a time behind a dash."""
_ZONE_ALONE = _form(r"Z|[+-]\d{2}:?\d{2}")
_NAMES = "|".join(_MONTHS)
_ANOTHER_DAY = _form(
    rf"\d{{1,4}}\s?[-/]\s?\d{{1,2}}\s?[-/]\s?\d{{2,4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d\s?(?:{_NAMES})\b|\b(?:{_NAMES})\.?\s?\d"
)


class Moment(NamedTuple):
    """
    A day, the time of day where there is one, and its zone where that is written.

    `ends_day` as in `TimeOfDay`. `unread` is what stands behind the day and cannot be read, time or zone.
    """

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    ends_day: bool = False
    unread: str = ""

    @property
    def time_of_day(self) -> TimeOfDay | None:
        """The time of day by itself."""
        return None if self.clock is None else TimeOfDay(self.clock, self.zone, self.ends_day)


class Figures(NamedTuple):
    """The two figures of a date of which one is the day and one the month, whether dots part them, and the date."""

    first: int
    second: int
    dotted: bool
    text: str


def is_plain_number(cell: str) -> bool:
    """Tell whether *cell* is a date only where somebody says so: a spreadsheet's 46350, or 20261124."""
    return _PLAIN_NUMBER.fullmatch(cell) is not None


def figures(cell: str) -> Figures | None:
    """Return the date of figures with which *cell* begins, whose order is to be told; None where it has none."""
    match = _NUMERIC.match(cell if cell.isascii() else plain(cell))
    return Figures(int(match["a"]), int(match["b"]), match["between"] == ".", match[0]) if match else None


@lru_cache(maxsize=100_000)
def moment(cell: str, order: Order, *, this_year: int, past: bool = False, numbers: bool = False) -> Moment | None:
    """
    Return what *cell* says as a day and perhaps a time, or None where the day cannot be told.

    Days of figures are read in *order*. Years of two digits lie in the century that ends next year; *past* (birth
    dates) that ended fourteen years ago. A plain number is a day only where *numbers* are.
    """
    text = plain(cell)
    if len(text) > LONGEST or (is_plain_number(text) and not numbers):
        return None
    if match := _SERIAL.fullmatch(text):
        return _serial(float(text), len(match["part"] or ""))
    if match := _YEAR_LAST.fullmatch(text):
        on = _day(match, order, this_year, past)
        return _timed(on, written_clock(match["time"], on), match["time"]) if on else None
    if match := next(filter(None, (form.match(text) for form in _FORMS)), None):
        on = _day(match, order, this_year, past)
        return _with_time(on, match, text[match.end() :]) if on else None
    return None


def _day(match: re.Match[str], order: Order, this_year: int, past: bool) -> date | None:
    said = match.groupdict()
    year = _year(said["y"].lstrip("'"), this_year, past)
    if "a" in said:
        month, day = _ordered(int(said["a"]), int(said["b"]), order)
    else:
        month, day = _MONTHS[said["name"].lower()] if "name" in said else int(said["m"]), int(said["d"])
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


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


def _with_time(on: date, match: re.Match[str], rest: str) -> Moment | None:
    """Return the day with the time that *rest* says; None where *rest* shows that the day was read wrongly."""
    if not rest:
        return Moment(on)
    # `05MAR26:09:10:00` has a year; `24 Nov 09:10:00` has none, and its hour is no year.
    worded = match.re in (_MONTH_FIRST, _DAY_FIRST)
    short_year = worded and len(match["y"]) < 4
    if short_year and rest[0] == ":" and (" " in match[0] or rest.count(":") < 3):
        return None
    if (match.re is _ISO or rest[0] == " " or match.re is _PACKED) and _DISTANCE.fullmatch(rest):
        return Moment(on, unread=rest)
    if match.re in (_ISO, _PACKED) and _ZONE_ALONE.fullmatch(rest):
        return Moment(on, unread=rest)
    behind = _behind(match, rest)
    if behind is None:
        return None
    clock = written_clock(behind, on)
    if clock is None and (short_year or _ANOTHER_DAY.search(rest)):
        return None
    return _timed(on, clock, rest)


def _behind(match: re.Match[str], rest: str) -> str | None:
    """Return what stands behind the day, without what parts the two; None where nothing parts them."""
    if match.re is _PACKED and rest[0].isdigit():
        return rest.removesuffix(".0")
    if parted := _SEPARATOR.match(rest):
        return rest[parted.end() :]
    return rest if rest[0] in "?*(" else None


def _timed(on: date, clock: TimeOfDay | None, rest: str) -> Moment:
    return Moment(on, *clock) if clock else Moment(on, unread=rest.strip())


def _serial(days: float, digits: int) -> Moment | None:
    """Read a spreadsheet's own number for a date; only years in which a living person could be born or hurt."""
    if not 7_000 <= days < 73_000:
        return None
    stamp = _SERIALS_BEGIN + timedelta(days=int(days), seconds=seconds_of(days % 1, digits))
    return Moment(stamp.date(), stamp.time() if days % 1 else None)
