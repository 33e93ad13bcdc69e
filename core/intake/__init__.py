"""Intake: from an employer's report to a claim in which everything required is there, or known to be unobtainable."""

from core.intake.elements import (
    CONTACT_METHODS,
    DOUBTS,
    ELEMENTS,
    JURISDICTIONS,
    Report,
    flags,
    folded,
    missing,
    questions,
)

__all__ = [
    "CONTACT_METHODS",
    "DOUBTS",
    "ELEMENTS",
    "JURISDICTIONS",
    "Report",
    "flags",
    "folded",
    "missing",
    "questions",
]
