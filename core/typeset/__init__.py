"""Documents that the desk makes: PDF, set by Typst from the templates beside this; the same data, the same bytes."""

from core.typeset.claim_summary import ClaimSummary, Fact, claim_summary
from core.typeset.letters import (
    TEMPLATES,
    VERSIONS,
    AppointmentLetter,
    DeferralLetter,
    DeterminationLetter,
    Letter,
    ReturnLetter,
    letter,
)
from core.typeset.typesetting import Unprintable, pdf

__all__ = [
    "TEMPLATES",
    "VERSIONS",
    "AppointmentLetter",
    "ClaimSummary",
    "DeferralLetter",
    "DeterminationLetter",
    "Fact",
    "Letter",
    "ReturnLetter",
    "Unprintable",
    "claim_summary",
    "letter",
    "pdf",
]
