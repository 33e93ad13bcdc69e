"""In which states a clinician may call: those of the licences, and with a multistate one those of the compact."""

from collections.abc import Container

_EAST = "CT DE FL GA MD ME NC NH NJ OH PA RI SC TN VA VT WV"
_WEST = "AL AR AZ CO IA ID IN KS KY LA MO MS MT ND NE NM OK SD TX UT WA WI WY"

COMPACT = frozenset(f"{_EAST} {_WEST}".split())
"""
States where a multistate licence of the Nurse Licensure Compact holds: members that had put it in force by the end of
2025, as its own list of members has them. From memory, and to be checked before it is relied on.
"""


def licensed(state: str | None, licences: Container[str], *, compact: bool) -> bool:
    """Tell whether somebody with *licences*, one of them multistate where *compact*, may call a worker in *state*."""
    return state is None or state in licences or (compact and state in COMPACT)
