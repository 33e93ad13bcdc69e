"""
Letters on paper: what each says comes from one frozen value, already in the words of its language.

A template, or the words that go into it, that are changed are another version of the letter: its number stands in the
footer, and beside the letter in the database.
"""

from dataclasses import asdict, dataclass

from core.typeset.claim_summary import Fact
from core.typeset.typesetting import pdf


@dataclass(frozen=True)
class Letter:
    """What every letter has: `language` as 'en', who sends it, to whom, its day, and what it is about."""

    language: str
    title: str
    reference: str
    sender: str
    addressee: tuple[str, ...]
    date: str
    footer: str
    opening: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class DeterminationLetter(Letter):
    """
    How a request was determined.

    `lines` are treatment, how much was asked for, what was decided; `lapse` what its law gives because nobody decided,
    and `rights` how to disagree, each empty where there is nothing to say.
    """

    headings: tuple[str, ...]
    decided_heading: str
    decision: str
    lines: tuple[tuple[str, str, str], ...]
    lapse: tuple[str, ...]
    quoted: tuple[str, ...]
    reason_heading: str
    reason: tuple[str, ...]
    reviewer: tuple[Fact, ...]
    rights_heading: str
    rights: tuple[str, ...]


@dataclass(frozen=True)
class ReturnLetter(Letter):
    """What a request that is not complete lacks. `lines` are treatment and how much was asked for."""

    headings: tuple[str, ...]
    asked_heading: str
    lines: tuple[tuple[str, str], ...]
    missing_heading: str
    missing: tuple[str, ...]
    next_heading: str
    next: tuple[str, ...]


@dataclass(frozen=True)
class DeferralLetter(Letter):
    """That review waits while liability is disputed, and what is. `lines` are treatment and how much was asked for."""

    headings: tuple[str, ...]
    asked_heading: str
    lines: tuple[tuple[str, str], ...]
    disputed_heading: str
    disputed: tuple[str, ...]
    next_heading: str
    next: tuple[str, ...]


@dataclass(frozen=True)
class AppointmentLetter(Letter):
    """An appointment as the worker is told of it: when, and who pays under which claim."""

    when: str
    client: str
    number: str


TEMPLATES = {
    DeterminationLetter: "determination_letter", ReturnLetter: "return_letter", DeferralLetter: "deferral_letter",
    AppointmentLetter: "appointment_letter",
}  # fmt: skip

VERSIONS = {"determination_letter": 2, "return_letter": 1, "deferral_letter": 1, "appointment_letter": 1}
"""The version of each template with its words."""


def letter(told: Letter) -> bytes:
    """
    Return the letter as a PDF.

    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    return pdf(TEMPLATES[type(told)], asdict(told))
