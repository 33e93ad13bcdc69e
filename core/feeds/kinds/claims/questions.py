"""How a question about a claim's row is asked: besides what is asked already."""

from core.intake.elements import Question

HALF_READ = "partly_unreadable"
"""Reason of a question about a date whose time cannot be read."""


def ask(wrong: list[Question], element: str, reason: str, why: str) -> None:
    """Ask about *element* for *reason*, besides what is asked already; nothing where there is no *why*."""
    if why:
        wrong.append(Question(element, reason, why))
