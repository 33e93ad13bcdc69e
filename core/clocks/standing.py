"""How a promise of first contact stands, as a state and in words: one rule for every screen; words.js says the same."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from core.clocks.soon import soon_below
from core.words import brief


class State(StrEnum):
    """What of a claim's clock is shown by an icon and a colour."""

    OVERDUE = "overdue"
    SOON = "soon"
    RUNNING = "running"
    PAUSED = "paused"
    REACHED = "reached"
    LATE = "late"
    """Reached, and not in time."""
    ENDED = "ended"
    """Nobody is to be reached any more."""


class Standing(NamedTuple):
    """The state of a claim's clock, and the same in words."""

    state: State
    words: str


def standing(
    *, reported_at: datetime, due_at: datetime, first_contact_at: datetime | None, paused: bool, at: datetime,
    paused_since: str = "", closed: bool = False, died: bool = False,
) -> Standing:  # fmt: skip
    """
    Return how a promise stands at *at*.

    At its due time it can still be kept, so it is overdue only after that. What was reached stays reached, and what is
    closed has no clock any more.

    :param paused: whether the clock stands still; a pause that began when it was overdue is none.
    :param paused_since: since when it does, in words, where that is to be said.
    :param died: whether the worker has died.
    """
    if first_contact_at is not None:
        took = brief(first_contact_at - reported_at)
        if first_contact_at <= due_at:
            return Standing(State.REACHED, f"Reached in {took}")
        return Standing(State.LATE, f"Reached after {took}")
    if closed:
        return Standing(State.ENDED, "Closed")
    if died:
        return Standing(State.ENDED, "No first contact: the worker has died")
    if paused:
        return Standing(State.PAUSED, f"Paused since {paused_since}" if paused_since else "Clock paused")
    return until_due(due_at, at=at, soon=soon_below(due_at - reported_at))


def until_due(due_at: datetime, *, at: datetime, soon: timedelta) -> Standing:
    """Return how what is due stands at *at*, whatever it is; less than *soon* left is soon."""
    if due_at < at:
        return Standing(State.OVERDUE, f"Overdue by {brief(at - due_at)}")
    left = due_at - at
    return Standing(State.SOON if left < soon else State.RUNNING, f"Due in {brief(left)}")
