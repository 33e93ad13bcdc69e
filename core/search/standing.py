"""How a claim that was found stands, at a glance."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core.clocks import soon_below
from core.words import brief
from db.queries.search import Found


class State(StrEnum):
    """What of a claim's clock is shown by an icon and a colour."""

    OVERDUE = "overdue"
    SOON = "soon"
    RUNNING = "running"
    PAUSED = "paused"
    REACHED = "reached"
    OVER = "over"


class Standing(NamedTuple):
    """The state of a claim's clock, and the same in words."""

    state: State
    words: str


def standing(claim: Found, at: datetime) -> Standing:
    """Return how the promise of first contact on *claim* stands at *at*."""
    if claim.first_contact_at is not None:
        took = brief(claim.first_contact_at - claim.reported_at)
        if claim.first_contact_at <= claim.due_at:
            return Standing(State.REACHED, f"Reached in {took}")
        return Standing(State.OVER, f"Reached after {took}")
    if claim.closed_at is not None:
        return Standing(State.OVER, "Closed")
    if claim.date_of_death is not None:
        return Standing(State.OVER, "No first contact: the worker has died")
    if claim.paused_at is not None:
        return Standing(State.PAUSED, "Clock paused")
    left = claim.due_at - at
    if claim.due_at <= at:
        return Standing(State.OVERDUE, f"Overdue by {brief(-left)}")
    soon = left < soon_below(claim.due_at - claim.reported_at)
    return Standing(State.SOON if soon else State.RUNNING, f"Due in {brief(left)}")
