"""Where a worker is, as far as clocks go; what time it is there, and when somebody there is called."""

import csv
import re
from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core import words

CALLED_FROM, CALLED_UNTIL = time(8), time(21)
"""Between these times people are called, where they are."""

_EASTERN, _CENTRAL, _MOUNTAIN = "America/New_York", "America/Chicago", "America/Denver"
_PACIFIC, _ALASKA, _ALEUTIAN = "America/Los_Angeles", "America/Anchorage", "America/Adak"
_ATLANTIC = "America/Puerto_Rico"

_ONE_ZONE: Mapping[str, str] = {
    _EASTERN: "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    _CENTRAL: "AL AR IA IL LA MN MO MS OK WI",
    _MOUNTAIN: "CO MT NM UT WY",
    _PACIFIC: "CA WA",
    _ATLANTIC: "PR VI",
    "America/Phoenix": "AZ",
    "Pacific/Guam": "GU",
    "Pacific/Honolulu": "HI",
}

ZONES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {state: (zone,) for zone, states in _ONE_ZONE.items() for state in states.split()}
    | {
        "AK": (_ALASKA, _ALEUTIAN),
        "FL": (_EASTERN, _CENTRAL),
        "ID": (_MOUNTAIN, _PACIFIC),
        "IN": (_EASTERN, _CENTRAL),
        "KS": (_CENTRAL, _MOUNTAIN),
        "KY": (_EASTERN, _CENTRAL),
        "MI": (_EASTERN, _CENTRAL),
        "ND": (_CENTRAL, _MOUNTAIN),
        "NE": (_CENTRAL, _MOUNTAIN),
        "NV": (_PACIFIC, _MOUNTAIN),
        "OR": (_PACIFIC, _MOUNTAIN),
        "SD": (_CENTRAL, _MOUNTAIN),
        "TN": (_CENTRAL, _EASTERN),
        "TX": (_CENTRAL, _MOUNTAIN),
    }
)
"""The zones (IANA names) of each state, the one in which most people live first."""


def minutes(clock: time) -> int:
    """Return how many minutes of the day have passed at *clock*, as words.js compares them."""
    return clock.hour * 60 + clock.minute


_OF_ZIP = Path(__file__).with_name("zip_zones.csv")
_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")


class Place(NamedTuple):
    """
    Where somebody is: the `zones` (IANA names) that it may be in, that of most people first, and in words where that
    is known from. `state` is the state where no more than that is known, else empty.
    """

    zones: tuple[str, ...]
    source: str
    state: str = ""


class There(NamedTuple):
    """What time it is somewhere, in words, and whether people are called there now, in all of its zones."""

    words: str
    rings: bool


def place(state: str | None, *, postal_code: str | None = None, timezone: str | None = None) -> Place | None:
    """
    Return where a worker is: in the *timezone* (an IANA name) that somebody set, else where the ZIP is, else in the
    *state*; None where nothing of it is known.
    """
    if timezone:
        return Place((timezone,), "set by hand")
    if postal_code and (zone := zip_zone(postal_code)):
        return Place((zone,), f"from ZIP {postal_code.strip()[:5]}")
    if state and (zones := ZONES.get(state)):
        return Place(zones, "from the state", state)
    return None


def zip_zone(postal_code: str) -> str | None:
    """Return the zone (an IANA name) of the place of a ZIP code; None of what is none, or of no place."""
    written = _ZIP.fullmatch(postal_code.strip())
    if written is None:
        return None
    digits, zones = written[1], _zip_zones()
    return next((zones[digits[:many]] for many in (5, 4, 3) if digits[:many] in zones), None)


def there(where: Place, at: datetime) -> There:
    """Return what clocks show there at *at* (aware), most people's first."""
    local = [at.astimezone(ZoneInfo(zone)) for zone in where.zones]
    times = " or ".join({each.utcoffset(): words.zoned(each) for each in local}.values())
    rings = all(CALLED_FROM <= each.time() < CALLED_UNTIL for each in local)
    outside = "" if rings else f": outside of {words.clock(CALLED_FROM)} to {words.clock(CALLED_UNTIL)}"
    return There(f"{times}{f' in {where.state}' if where.state else ''}{outside}", rings)


@lru_cache(maxsize=1)
def _zip_zones() -> Mapping[str, str]:
    """Read, when the first ZIP is asked for, the zone of each beginning of ZIP codes that decides one."""
    with _OF_ZIP.open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["zone"] for row in csv.DictReader(line for line in file if line[0] != "#")}
