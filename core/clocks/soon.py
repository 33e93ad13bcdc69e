"""How little time left is soon: one rule for the list, its figures, and the claim's own page."""

from datetime import timedelta

SOON = timedelta(hours=4)
"""Less than this left is soon."""

SHARE = 4
"""Of a short promise soon is what is left of its last part in so many, where that is less than SOON."""


def soon_below(wall: timedelta) -> timedelta:
    """Return how little time left is soon of a promise that takes *wall* from the report to its due time."""
    return min(SOON, wall / SHARE)
