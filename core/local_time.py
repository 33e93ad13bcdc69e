"""What time it is where a worker is, as far as a state says that; and when somebody there is called."""

from collections.abc import Mapping
from datetime import datetime, time
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


class There(NamedTuple):
    """What time it is somewhere, in words, and whether people are called there now, in all of its zones."""

    words: str
    rings: bool


def there(state: str, at: datetime) -> There | None:
    """Return what clocks in *state* show at *at* (aware), most people's first; None where its zones are not known."""
    local = [at.astimezone(ZoneInfo(zone)) for zone in ZONES.get(state, ())]
    if not local:
        return None
    times = " or ".join({each.utcoffset(): words.zoned(each) for each in local}.values())
    rings = all(CALLED_FROM <= each.time() < CALLED_UNTIL for each in local)
    outside = f": outside of {words.clock(CALLED_FROM)} to {words.clock(CALLED_UNTIL)}"
    return There(f"{times} in {state}{'' if rings else outside}", rings)
