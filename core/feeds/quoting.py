"""How it is said what the file says where it cannot be read: nothing that the client sent is dropped in silence."""

from core.feeds.vocabulary import Offer
from core.words import quoted


def unread(cell: str, words: str) -> str:
    """Say what the file holds instead of *words*."""
    return f"The file says {quoted(cell)}; that is no {words}."


def half_read(cell: str, behind: str) -> str:
    """Say that only the day of *cell* was read, and which part of it, *behind* the day, is no time."""
    rest = behind.lstrip("T:-,;@ ") or behind
    return f"The file says {quoted(cell)}; only the day of it can be read: {quoted(rest)} is no time."


def perhaps(offer: Offer, words: str) -> str:
    """Say that the column of *offer* may hold *words*: what is there is never called missing."""
    what = words if words.startswith(("the ", "a ")) else f"the {words}"
    return f"The column {offer.heading!r} may hold {what}, which nobody has confirmed."
