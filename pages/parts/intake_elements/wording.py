"""What rules of intake are in words: of whose claims, what they say, and what one would move."""

from collections.abc import Sequence

from core import states, words
from core.intake.requirements import CONDITIONS, NOT_ASKED, ONLY_IF, REQUIRED, SAYS
from core.intake.ruling import Element, Moved, Ruled
from core.rules import Standing

EVERY_CLAIM = "every claim"

ASKED = {each: said.capitalize() for each, said in SAYS.items()}
"""What a rule can say."""

_FEW = 2
"""As many clients and states are named in the list; beside it they all are."""

PROPOSALS = {
    "required": "required",
    "required_or_unknown": "required, or why it is not known",
    "conditional": "required where it applies",
}
"""What the trade proposes for an element."""


def of_whom(client: str, state: str | None) -> str:
    """Return whose claims a rule is of: 'every claim', 'IL', 'Harbor Line', 'Harbor Line in IL'."""
    if client and state:
        return f"{client} in {state}"
    return client or state or EVERY_CLAIM


def of_whose(ruled: Ruled) -> str:
    """Return whose claims a version is of."""
    return of_whom(ruled.client, ruled.version.place[1])


def says(asked: str, only_if: str | None) -> str:
    """Return what a rule says: 'Asked', 'Asked only if the worker was treated', 'Not asked'."""
    return f"{ASKED[asked]} {CONDITIONS[only_if]}" if only_if else ASKED[asked]


def holds(element: Element) -> str:
    """Return of whose claims an element is asked now, briefly: 'Every claim; not OH'."""
    if not element.ruled:
        return "Every claim, always"
    here = [each for each in element.versions if each.standing is Standing.IN_FORCE]
    parts = [_places(here, REQUIRED)]
    for condition in dict.fromkeys(each.version.says[1] for each in here if each.version.says[0] == ONLY_IF):
        parts.append(f"{_places(here, ONLY_IF, condition)} if {CONDITIONS[condition]}")
    if (no := _places(here, NOT_ASKED)) and any(parts):
        parts.append(f"not {no}")
    said = "; ".join(filter(None, parts))
    if said.startswith(EVERY_CLAIM):
        return f"{EVERY_CLAIM.capitalize()}{said.removeprefix(EVERY_CLAIM)}"
    return said or "Nowhere"


def would_move(moved: Sequence[Moved], element: Element) -> str:
    """Return in sentences what a rule would move, of the claims that wait now."""
    sentences = []
    for count, verb in (
        ({each.client: each.asks for each in moved if each.asks != 0}, "would be asked"),
        ({each.client: each.drops for each in moved if each.drops != 0}, "would no longer be asked"),
    ):
        if count:
            told = [number for number in count.values() if number is not None]
            claims = words.counted(sum(told), "claim") if told else "Fewer than 5 claims"
            if told and len(told) < len(count):
                claims += ", and fewer than 5 each where it says so,"
            of = words.counted(len(count), "client") if len(count) > 1 else next(iter(count))
            numbers = {client: "fewer than 5" if number is None else f"{number:,}" for client, number in count.items()}
            each = ", ".join(f"{client} {number}" for client, number in numbers.items())
            sentences.append(f"{claims} of {of} {verb}: {element.words}{f' ({each})' if len(count) > 1 else ''}.")
    return " ".join(sentences) or "Of the claims that wait for first contact now, none would be asked more or less."


def state_label(state: str | None) -> str:
    """Return a state as it is chosen."""
    return states.label(state) if state else "Every state"


def _places(here: Sequence[Ruled], asked: str, only_if: str | None = None) -> str:
    """Return whose claims are asked so, by name where they are few."""
    places = sorted(of_whose(each) for each in here if each.version.says == (asked, only_if))
    return ", ".join(places) if len(places) <= _FEW else f"{len(places)} clients and states"
