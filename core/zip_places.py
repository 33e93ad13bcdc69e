"""Where a ZIP code is on the map: the middle of its area, offline."""

import re
from functools import lru_cache
from typing import NamedTuple

_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?", re.ASCII)


class Spot(NamedTuple):
    """A point on earth, in degrees."""

    latitude: float
    longitude: float


@lru_cache(maxsize=4096)
def spot(postal_code: str) -> Spot | None:
    """Return the middle of the area of a ZIP code; None of what is none, or of no place."""
    import zipcodes  # a few megabytes that nobody needs before the first ZIP is asked for

    written = _ZIP.fullmatch(postal_code.strip())
    found = zipcodes.matching(written[1]) if written else []
    return Spot(float(found[0]["lat"]), float(found[0]["long"])) if found else None
