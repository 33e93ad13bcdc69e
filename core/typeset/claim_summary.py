"""The summary of a claim on paper: everything on it comes from one frozen value, already in words."""

from dataclasses import asdict, dataclass

from core.typeset.typesetting import pdf

Fact = tuple[str, str]
"""What something is called, and what it is."""


@dataclass(frozen=True)
class ClaimSummary:
    """
    A claim as its summary tells it.

    `contacts` are when, whom and how, outcome, by whom; `intake` what was asked and how that stands; `conditions` code,
    words, status, since when.
    """

    number: str
    client: str
    as_of: str
    worker: tuple[Fact, ...]
    claim: tuple[Fact, ...]
    clock: tuple[Fact, ...]
    why: str
    contacts: tuple[tuple[str, str, str, str], ...]
    intake: tuple[Fact, ...]
    conditions: tuple[tuple[str, str, str, str], ...]
    network: str


def claim_summary(told: ClaimSummary) -> bytes:
    """
    Return the summary as a PDF.

    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    return pdf("claim_summary", asdict(told))
