"""What people type in words of their own, as the desk keeps it."""

import re
import unicodedata
from datetime import date, time

from core import social_security
from core.refusal import NoReason, Refusal, limited

DAY, CLOCK = "%m/%d/%Y", "%H:%M"
"""How a field has a day and a time of day at first, to be read again; desk_written of the database says the same."""

_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<month>\d{1,2})(?P<by>[/.-])(?P<day>\d{1,2})(?P=by)(?P<year>\d{4})"
    r"|(?P<packed>\d{8})",
    re.ASCII,
)
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?::(?P<m>\d{2})(?::(?P<s>\d{2}))?)?(?:\s?(?P<half>[ap])\.?\s?m\.?)?", re.ASCII | re.IGNORECASE
)
_EARLIEST, _LATEST = date(1900, 1, 2), date(2099, 12, 31)
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols that show as nothing."""
_HALF_SIGNS = re.compile("[\ud800-\udfff]")
"""Halves of a sign, as a browser makes them where it cuts one in two."""


class NotADate(Refusal):
    text = "Write the date as MM/DD/YYYY: 01/31/1980."


class NoSuchDay(NotADate):
    text = "There is no such day in the calendar: month first, then day, then year."


class NotATime(Refusal):
    text = "Write the time as HH:MM: 14:30 or 2:30 pm."


class NotAMoment(NotADate):
    text = "Write day and time as MM/DD/YYYY HH:MM: 11/24/2026 09:05."


def storable(text: str) -> str:
    """
    Return *text* without what PostgreSQL cannot keep and without social security numbers; blanks stay where they are.

    What cannot be kept is dropped, so that a NUL pasted along does not lose the words around it.
    """
    text = text.replace("\0", "")
    if not text.isascii():
        text = _HALF_SIGNS.sub("", text)
    return social_security.removed(text)


def cleaned(text: str) -> str:
    """Return *text* as it is kept: what `storable` leaves of it, no blanks around it, and nothing where none shows."""
    text = storable(text).strip()
    return text if any(map(_shows, text)) else ""


def _shows(sign: str) -> bool:
    """Tell whether a sign, by itself, can be seen."""
    return sign.isprintable() and sign not in _BLANKS and unicodedata.category(sign)[0] not in "MZ"


def one_line(text: str) -> str:
    """
    Return *text* as it is kept on one line: without doubled blanks and characters that cannot be seen.

    Nothing is left where none of it shows.
    """
    line = "".join(sign for sign in " ".join(storable(text).split()) if sign.isprintable())
    return line if any(map(_shows, line)) else ""


def reason(text: str, most: int, field: str) -> str:
    """
    Return a reason as it is kept; *field* names it for whoever wrote it.

    :raises NoReason: if it says nothing.
    :raises TooLong: if it has more than *most* characters.
    """
    why = cleaned(text)
    if not why:
        raise NoReason(f"{field} is missing: say why, in at most {most:,} characters.")
    return limited(why, most, field)


def day(text: str) -> date | None:
    """
    Return the day that somebody typed, month first (1/31/1980, 01311980) or as 1980-01-31; None where nothing was.

    A day that does not exist is never taken for the one beside it.

    :raises NotADate: if it is not written as one.
    :raises NoSuchDay: if there is no such day from 01/02/1900, which no empty cell is read as, to the end of 2099.
    """
    text = text.strip()
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise NotADate
    if packed := match["packed"]:
        month, on, year = packed[:2], packed[2:4], packed[4:]
    else:
        month, on, year = (match["m"] or match["month"], match["d"] or match["day"], match["y"] or match["year"])
    try:
        read = date(int(year), int(month), int(on))
    except ValueError:
        raise NoSuchDay from None
    if not _EARLIEST <= read <= _LATEST:
        raise NoSuchDay
    return read


def moment(text: str) -> tuple[date, time] | None:
    """
    Return day and time that somebody typed, 11/24/2026 14:05 or 11/24/2026 2:05 pm; None where nothing was.

    :raises NotAMoment: if it is not written as one, the time does not exist, or there is none.
    :raises NoSuchDay: if there is no such day, as `day` says.
    """
    if not text.strip():
        return None
    on, _, at = " ".join(text.replace(",", " ").replace("T", " ").split()).partition(" ")
    try:
        read, told = day(on), clock(at)
    except NoSuchDay:
        raise
    except (NotADate, NotATime):
        raise NotAMoment from None
    if read is None or told is None:
        raise NotAMoment
    return read, told


def clock(text: str) -> time | None:
    """
    Return the time of day that somebody typed, 14:05, 2:05 pm or 2 pm; None where nothing was.

    :raises NotATime: if it is not written as one, or there is no such time.
    """
    text = text.strip()
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise NotATime
    hour, half = int(match["h"]), (match["half"] or "").lower()
    if not (1 <= hour <= 12 if half else match["m"]):
        raise NotATime
    try:
        return time(hour % 12 + 12 * (half == "p") if half else hour, int(match["m"] or 0), int(match["s"] or 0))
    except ValueError:
        raise NotATime from None
