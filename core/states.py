"""The states, the district and the territories that have a compensation law of their own: their codes and names."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
        "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
        "GU": "Guam", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
        "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
        "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
        "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
        "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
        "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
        "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "VI": "Virgin Islands", "WA": "Washington",
        "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    }
)  # fmt: skip
"""Each by its postal code."""

JURISDICTIONS = tuple(NAMES)
"""Their postal codes."""

_OTHER_NAMES = {
    "washingtondc": "DC", "usvirginislands": "VI", "ill": "IL", "calif": "CA", "penn": "PA", "penna": "PA",
    "mass": "MA", "mich": "MI", "minn": "MN", "wis": "WI", "wash": "WA", "tex": "TX", "tenn": "TN", "ariz": "AZ",
    "colo": "CO", "conn": "CT", "fla": "FL", "ind": "IN", "kans": "KS", "miss": "MS", "neb": "NE", "nebr": "NE",
    "nev": "NV", "okla": "OK", "ore": "OR",
}  # fmt: skip
_CODES = {re.sub("[^a-z]", "", name.casefold()): code for code, name in NAMES.items()} | _OTHER_NAMES


@lru_cache(maxsize=2_000)
def code(text: str) -> str | None:
    """Return the postal code of the state in *text* (code, name, common short form, `US-IL`), or None."""
    letters = re.sub(r"[^a-z]", "", text.casefold().strip().removeprefix("us-"))
    return letters.upper() if letters.upper() in NAMES else _CODES.get(letters)


def label(postal_code: str) -> str:
    """Return a state as it is chosen from a list, found by its code as well as by its name: 'IL, Illinois'."""
    return f"{postal_code}, {NAMES[postal_code]}"
