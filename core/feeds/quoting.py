"""How a question about a row is asked: with what the file says, and besides what is asked already."""

from core.intake.elements import Question
from core.words import quoted

HALF_READ = "partly_unreadable"
"""Reason of a question about a date whose time cannot be read."""


def unread(cell: str, words: str) -> str:
    """Say what the file holds instead of *words*: nothing that the client sent is dropped in silence."""
    return f"The file says {quoted(cell)}; that is no {words}."


def half_read(cell: str, behind: str) -> str:
    """Say that only the day of *cell* was read, and which part of it, *behind* the day, is no time."""
    rest = behind.lstrip("T:-,;@ ") or behind
    return f"The file says {quoted(cell)}; only the day of it can be read: {quoted(rest)} is no time."


def ask(wrong: list[Question], element: str, reason: str, why: str) -> None:
    """Ask about *element* for *reason*, besides what is asked already; nothing where there is no *why*."""
    if why:
        wrong.append(Question(element, reason, why))
