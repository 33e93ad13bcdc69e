"""The cadence that the desk comes with, for tests."""

from datetime import time, timedelta

from core.authorizations import Party
from core.authorizations.cadence import Cadence, Step

HOUR = timedelta(hours=1)


def usual(party: Party = Party.REVIEWER) -> Cadence:
    """Return the cadence that the desk comes with."""
    steps = tuple(Step(left * HOUR, every * HOUR) for left, every in ((120, 48), (48, 24), (24, 4), (4, 2)))
    return Cadence(party, steps, HOUR, 48 * HOUR, 24 * HOUR, time(8), time(17), 3, 25)
