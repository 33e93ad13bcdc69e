"""Who has which claim: how it is handed, who can have it, and what is let go where a right ends."""

from core.assignment.handing import (
    LONGEST_NOTE,
    AlreadyTaken,
    Assigned,
    ChangedSince,
    ClaimOver,
    HeldAlready,
    Move,
    NobodyChosen,
    NotHeld,
    NothingChosen,
    assign,
    hand_over,
    undo,
)
from core.assignment.letting_go import held, let_go, lost, successors
from core.assignment.takers import TAKING, CannotTakeClaims, Colleague, DoesNotServe, PersonDisabled, colleagues
from db.queries.assignment import Held

__all__ = [
    "LONGEST_NOTE",
    "TAKING",
    "AlreadyTaken",
    "Assigned",
    "CannotTakeClaims",
    "ChangedSince",
    "ClaimOver",
    "Colleague",
    "DoesNotServe",
    "Held",
    "HeldAlready",
    "Move",
    "NobodyChosen",
    "NotHeld",
    "NothingChosen",
    "PersonDisabled",
    "assign",
    "colleagues",
    "hand_over",
    "held",
    "let_go",
    "lost",
    "successors",
    "undo",
]
