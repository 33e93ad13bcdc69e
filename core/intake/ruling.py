"""What administrators do about what intake asks for: see what a rule would move, set it, withdraw it before its day."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection

from core import rules, scope, states, walltime
from core.access import Action, Actor, Subject
from core.intake.elements import ELEMENTS
from core.intake.requirements import AS_ELSEWHERE, CONDITIONS, KIND, ONLY_IF, OPENS_A_CLAIM
from core.refusal import Refusal
from core.rules import Draft, Standing, Version

SURENESS: Mapping[str, str] = MappingProxyType({"source_read": "source read", "knowledge": "knowledge of the trade"})
"""How sure it is that the source of a rule says so, in words."""

_FACTS = Path(__file__).with_name("elements.csv")


class NotForRules(Refusal):
    text = "This is asked of every claim: without it no claim can be opened. Choose another element."


class OnlyIfWhat(Refusal):
    text = "Say on what it depends whether this is asked."


class NoElsewhere(Refusal):
    text = "A rule of every client and every state has none beside it to follow. Choose a client or a state."


class Fact(NamedTuple):
    """What is known of an element from outside: its number and name in a first report, a proposal, and from where."""

    dn: str
    name: str
    proposal: str
    sureness: str
    source: str


class Ruled(NamedTuple):
    """A version of what is asked of an element: whose claims, and how it stands there today."""

    version: Version
    client: str
    standing: Standing


class Element(NamedTuple):
    """An element of intake, in words, with its versions, the latest first; `ruled`: whether it is up to rules."""

    element: str
    words: str
    fact: Fact
    ruled: bool
    versions: tuple[Ruled, ...]


class Asking(NamedTuple):
    """What a new version says: whether an element is asked for, of whose claims, in which state, from which day on."""

    element: str
    client_id: int | None
    jurisdiction: str | None
    asked: str
    only_if: str | None
    since: date
    why: str
    sureness: str


class Moved(NamedTuple):
    """Of how many waiting claims of a client more would be asked, and of how many less; None is one to four."""

    client: str
    asks: int | None
    drops: int | None


def listed(actor: Actor, tx: Connection, *, at: datetime) -> list[Element]:
    """
    Return every element that can be asked for, in the order of a conversation, with its versions.

    How one stands is told by its client's day, of any client by that of *actor*.

    :raises NotAllowed: if the actor does not set rules.
    """
    versions = rules.versions(KIND, actor, tx)
    zones = {c.client_id: c for c in scope.clients_in_zones(actor, tx, Action.RULES_MANAGE, at=at)}
    here = walltime.today(actor.timezone, at)
    by_element: dict[str, list[Version]] = {}
    for version in versions:
        by_element.setdefault(version.about, []).append(version)
    elements = []
    for element, fact in facts().items():
        own = by_element.get(element, [])
        ruled = []
        for version in reversed(own):
            client = zones.get(version.place[0])
            day = walltime.today(client.timezone, at) if client else here
            ruled.append(Ruled(version, client.name if client else "", rules.standing(version, own, day)))
        elements.append(Element(element, ELEMENTS[element], fact, element not in OPENS_A_CLAIM, tuple(ruled)))
    return elements


def preview(actor: Actor, tx: Connection, asking: Asking, *, at: datetime) -> list[Moved]:
    """
    Return what *asking* would move of the claims that wait for first contact now, by client's name; nothing is kept.

    :raises NotAllowed: if the actor does not set rules.
    :raises NotForRules, OnlyIfWhat, NoElsewhere:
    """
    moved = rules.moves(KIND, actor, tx, _draft(asking), at=at)
    names = {c.client_id: c.name for c in scope.clients(actor, tx, Action.RULES_MANAGE)} if moved else {}
    moves = (Moved(names[each.client_id], each.asks, each.drops) for each in moved)
    return sorted(moves, key=lambda each: each.client)


def propose(actor: Actor, tx: Connection, asking: Asking, *, at: datetime) -> int:
    """
    Set what is asked from a day on, today or later; return the rule's number. Waiting claims are asked once it begins.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoSuchClient: if there is no such client.
    :raises NotForRules, OnlyIfWhat, NoElsewhere:
    :raises BeginsBeforeToday, SaysTheSame, NoReason, TooLong: as `rules.propose`.
    """
    draft = _draft(asking)
    if asking.client_id is not None:
        scope.require_client(actor, tx, Action.RULES_MANAGE, asking.client_id, Subject(KIND.noun, 0, asking.client_id))
    return rules.propose(KIND, actor, tx, draft, at=at)


def withdraw(actor: Actor, tx: Connection, *, number: int, why: str, at: datetime) -> None:
    """
    Take back what was planned: what is asked before goes on.

    :raises NotAllowed: if the actor does not set rules.
    :raises HasBegun, NoReason, TooLong: as `rules.withdraw`.
    """
    rules.withdraw(KIND, actor, tx, number=number, why=why, at=at)


def begin(*, at: datetime) -> int:
    """Put in force what is due, each rule once for each client, on the client's own day; return how many there were."""
    return rules.begin(KIND, at=at)


@lru_cache
def facts() -> Mapping[str, Fact]:
    """Return what is known from outside of each element that can be asked for, in the order of ELEMENTS."""
    with _FACTS.open(encoding="utf-8", newline="") as file:
        read = {row.pop("element"): Fact(**row) for row in csv.DictReader(file)}
    return MappingProxyType({element: read[element] for element in ELEMENTS if element in read})


def _draft(asking: Asking) -> Draft:
    if asking.element not in facts() or asking.element in OPENS_A_CLAIM:
        raise NotForRules
    if asking.asked == ONLY_IF and asking.only_if not in CONDITIONS:
        raise OnlyIfWhat
    if asking.asked == AS_ELSEWHERE and asking.client_id is None and asking.jurisdiction is None:
        raise NoElsewhere
    state = states.code(asking.jurisdiction) if asking.jurisdiction else None
    says = (asking.asked, asking.only_if if asking.asked == ONLY_IF else None)
    return Draft(asking.element, (asking.client_id, state), says, asking.since, asking.why, (asking.sureness,))
