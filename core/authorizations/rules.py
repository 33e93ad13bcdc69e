"""The rules that statutory clocks are counted by, and dates that are set by hand in their place."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from core import typed
from core.authorizations.asked import LONGEST_DUE_WHY
from core.calendars import DayChange
from core.refusal import Refusal
from core.statutes import Rule, kept

__all__ = ["DueWhen", "Held", "by_hand", "held"]


class DueWhen(Refusal):
    text = "Say when it is due, or leave the reason empty where a rule is to count it."


class Held(NamedTuple):
    """The rules of a jurisdiction, and the days off that were added to its list or taken out."""

    rules: tuple[Rule, ...]
    changes: tuple[DayChange, ...]


def held(tx: Connection, jurisdiction: str) -> Held:
    """Return what the clocks of a jurisdiction are counted by; which rule governs is chosen by the start of each."""
    return Held(kept.rules(tx, jurisdiction), kept.changes(tx, jurisdiction))


def by_hand(due_at: datetime | None, why: str) -> dict[str, Any]:
    """
    Return the columns of a date that is set by hand, empty where none is.

    :raises NoReason, TooLong: if it is not said why.
    :raises DueWhen: if there is a reason and no date.
    """
    if due_at is None:
        if typed.one_line(why):
            raise DueWhen
        return {"due_at": None, "due_why": None}
    return {"due_at": due_at, "due_why": typed.reason(typed.one_line(why), LONGEST_DUE_WHY, "The reason for the date")}
