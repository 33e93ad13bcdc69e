"""Zones and distances from UTC in the forms in which clients write them behind a time."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_FURTHEST_WEST, _FURTHEST_EAST = timedelta(hours=-12), timedelta(hours=14)

_FIXED = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "hdt": -9, "sst": -11, "chst": 10,
}  # fmt: skip
"""Abbreviations of one distance from UTC all year, in hours."""

_SEASONAL = {
    "et": "America/New_York", "eastern": "America/New_York", "ct": "America/Chicago", "central": "America/Chicago",
    "mt": "America/Denver", "mountain": "America/Denver", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "akt": "America/Anchorage", "alaska": "America/Anchorage",
    "alaskan": "America/Anchorage", "hawaii": "Pacific/Honolulu", "hawaiian": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
}  # fmt: skip
"""Names of a zone whose distance from UTC is that of the day it is asked for."""

_LETTER = {
    "eastern": "e", "central": "c", "mountain": "m", "pacific": "p", "alaska": "ak", "alaskan": "ak", "hawaii": "h",
    "hawaiian": "h", "atlantic": "a",
}  # fmt: skip
_IN_WORDS = re.compile(rf"(?P<zone>{'|'.join(_LETTER)}) (?P<kind>standard|daylight) time")
_OFFSET = re.compile(
    r"(?:(?P<utc>utc|gmt|ut)\s?)?(?:(?P<hours>[+-]\d{2})(?P<minutes>[0-5]\d)?|(?P<h>[+-]\d{1,2}):(?P<m>[0-5]\d)|(?P<short>[+-]\d))"
    r"(?:\s?\((?P<comment>[^()]+)\)|\[(?P<iana>[^\[\]]+)\]|\s(?P<name>[a-z].*))?"
)


@lru_cache(maxsize=2_000)
def zone_named(text: str, at: datetime | None = None) -> tzinfo | None:
    """
    Return the zone that *text* names, or None where nobody knows it.

    `-06`, `+0000`, `UTC-6`, `CST`, `Central Daylight Time` are one distance from UTC; `CT`, `Eastern`, `Pacific Time`,
    `America/Chicago` a zone, whose distance is that of the day. Where both stand there (`GMT-0600 (Central Standard
    Time)`) they must agree at the wall time *at*, as far as the name is known.
    """
    words = text.casefold().strip()
    if match := _OFFSET.fullmatch(words):
        return _offset(match, at)
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1]
    if words in _FIXED:
        return _fixed(_FIXED[words])
    if match := _IN_WORDS.fullmatch(words):
        abbreviation = f"{_LETTER[match['zone']]}{match['kind'][0]}t"
        return _fixed(_FIXED[abbreviation])
    plain = words.removesuffix(" (us & canada)").removesuffix(" time")
    if plain in _SEASONAL:
        return ZoneInfo(_SEASONAL[plain])
    name = _iana().get(words)
    return ZoneInfo(name) if name else None


def _offset(match: re.Match[str], at: datetime | None) -> tzinfo | None:
    written = match["hours"] or match["h"] or match["short"]
    if match["short"] and not match["utc"]:
        return None
    size = timedelta(hours=int(written[1:]), minutes=int(match["minutes"] or match["m"] or 0))
    distance = -size if written[0] == "-" else size
    if not _FURTHEST_WEST <= distance <= _FURTHEST_EAST:
        return None
    if name := match["name"] or match["iana"] or match["comment"]:
        beside = zone_named(name)
        # What JavaScript adds in brackets is in the browser's language: it explains, and need not be known.
        if beside is None and not (match["utc"] and match["comment"]):
            return None
        if beside is not None and not _agrees(beside, distance, at):
            return None
    return timezone(distance)


def _agrees(zone: tzinfo, distance: timedelta, at: datetime | None) -> bool:
    if at is None:
        return zone.utcoffset(None) in (None, distance)
    return any(zone.utcoffset(at.replace(fold=fold)) == distance for fold in (0, 1))


def _fixed(hours: int) -> tzinfo:
    return timezone(timedelta(hours=hours)) if hours else UTC


@lru_cache(maxsize=1)
def _iana() -> dict[str, str]:
    """Return the IANA names that name a place, and the four of the mainland, by themselves in small letters."""
    places = {name for name in available_timezones() if "/" in name}
    return {name.casefold(): name for name in places | {"EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"}}
