"""Which elements intake asks for of a claim: what its client and its state require on a day, by what is known of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core import rules, scope, typed, walltime
from core.access import Action, Actor
from core.intake.elements import ELEMENTS
from core.rules import Draft, Kind, Place, Said

OPENS_A_CLAIM = ("name", "reach", "jurisdiction", "narrative")
"""What is asked of every claim, and is not for rules to say: who it is, how to get there, whose law, what happened."""

REQUIRED, ONLY_IF, NOT_ASKED, AS_ELSEWHERE = "required", "only_if", "not_asked", "as_elsewhere"
"""What a rule says of an element; the last leaves it to the rules of wider places."""

SAYS: Mapping[str, str] = MappingProxyType(
    {REQUIRED: "asked", ONLY_IF: "asked only if", NOT_ASKED: "not asked", AS_ELSEWHERE: "as elsewhere"}
)
"""The same in words."""

CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "lost_time": "time is or will be lost",
        "treated": "the worker was treated",
        "not_english": "the worker's language is not English",
    }
)
"""What must be known of a claim for an element to be asked that is asked only if, in words."""

DECIDING = ("jurisdiction", "lost_time", "initial_treatment", "language")
"""The fields of a claim by which it is decided what else is asked."""

EVERYWHERE = "Asked of every claim."
"""Of what is asked though no rule needs to say so."""

_ENGLISH = frozenset({"", "english", "en", "eng"})
_HOLDS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = MappingProxyType(
    {
        "lost_time": lambda known: known.get("lost_time") in ("expected", "yes"),
        "treated": lambda known: known.get("initial_treatment") not in (None, "", "none"),
        "not_english": lambda known: (known.get("language") or "").strip().lower() not in _ENGLISH,
    }
)

_FIRST_DAY = text(
    "select min((cast(:at as timestamptz) at time zone coalesce("
    " (select p.timezone from sla_policy p where p.client_id = c.client_id and p.effective_from <= :at"
    "   order by p.effective_from desc limit 1), c.timezone))::date) from client c"
    " where cast(:client_id as int) is null or c.client_id = :client_id"
)
_PREVIEW = text(
    "select client_id, asks, drops from desk_requirement_preview("
    ":element, :client_id, :jurisdiction, :asked, :only_if, :since, :at)"
)
_BEGIN = text("select desk_requirements_begin(:at)")
_OF_CLAIM = text("select desk_ask_of_claim(:client_id, :claim_id, :at)")


class Moves(NamedTuple):
    """
    Of how many claims of a client that wait for first contact more would be asked, and of how many less; None is one to
    four, where a number would tell of a worker that a condition holds.
    """

    client_id: int
    asks: int | None
    drops: int | None


def _today(tx: Connection, place: Place, at: datetime) -> date:
    """Return which day it is for the client or, of any client, for the one where it is earliest."""
    first: date | None = tx.execute(_FIRST_DAY, {"client_id": place[0], "at": at}).scalar()
    return first if first is not None else at.date()


def _moves(tx: Connection, draft: Draft, at: datetime) -> list[Moves]:
    (client_id, jurisdiction), (asked, only_if) = draft.place, draft.says
    said = {
        "element": draft.about, "client_id": client_id, "jurisdiction": jurisdiction, "asked": asked,
        "only_if": only_if, "since": draft.since, "at": at,
    }  # fmt: skip
    return [Moves._make(row) for row in tx.execute(_PREVIEW, said)]


def _begin(tx: Connection, at: datetime) -> int:
    begun: int = tx.execute(_BEGIN, {"at": at}).scalar_one()
    return begun


KIND: Kind[list[Moves]] = Kind(
    noun="requirement",
    action=Action.RULES_MANAGE,
    table="intake_requirement",
    key="requirement_id",
    about="element",
    places=("client_id", "jurisdiction"),
    says=("asked", "only_if"),
    more=("sureness",),
    ends=(AS_ELSEWHERE, None),
    today=_today,
    moves=_moves,
    begin=_begin,
)
"""The elements of intake as rules: about an element, for a client and a state."""


class Required(NamedTuple):
    """An element that is asked for: what it is called, and whose rule asks for it, in a sentence."""

    element: str
    words: str
    why: str


@dataclass(frozen=True)
class Requirements:
    """What is said of a client's claims on a day: by it a report is judged, a row of a file, and what is corrected."""

    said: tuple[Said, ...]
    client_id: int
    on: date = field(compare=False)
    _kept: dict[str | None, "_InState"] = field(default_factory=dict, compare=False, repr=False)

    def of(self, jurisdiction: str | None, known: Mapping[str, Any]) -> Mapping[str, Said | None]:
        """
        Return the elements that are asked for in a state, in the order of ELEMENTS, each with the rule that asks; None
        where no rule needs to. *known* is what is known of the claim, by the names of a report.
        """
        here = self._kept.get(jurisdiction)
        if here is None:
            here = self._kept[jurisdiction] = self._in_state(jurisdiction)
        if not here.only_if:
            return here.always
        holding = tuple(rule for rule in here.only_if if _HOLDS[rule.says[1]](known))
        asked = here.by_holding.get(holding)
        if asked is None:
            asked = here.by_holding[holding] = _in_order(here.always | {rule.about: rule for rule in holding})
        return asked

    def _in_state(self, jurisdiction: str | None) -> "_InState":
        always: dict[str, Said | None] = dict.fromkeys(OPENS_A_CLAIM)
        only_if = []
        for element in dict.fromkeys(each.about for each in self.said):
            rule = rules.holding(KIND, self.said, element, (self.client_id, jurisdiction), self.on)
            if rule is not None and rule.says[0] == REQUIRED:
                always[element] = rule
            elif rule is not None and rule.says[0] == ONLY_IF:
                only_if.append(rule)
        return _InState(_in_order(always), tuple(only_if), {})


class _InState(NamedTuple):
    """What is asked in a state: always, and only if; a file has thousands of rows, so what holds together is kept."""

    always: dict[str, Said | None]
    only_if: tuple[Said, ...]
    by_holding: dict[tuple[Said, ...], dict[str, Said | None]]


def of_client(tx: Connection, client_id: int, *, on: date) -> Requirements:
    """Return what is asked of the client's claims on a day of its own, by rules of its own and those of any."""
    return Requirements(rules.begun(KIND, tx, on=on, only={"client_id": client_id}), client_id, on)


def required(
    tx: Connection, client_id: int, jurisdiction: str | None, *, on: date, known: Mapping[str, Any]
) -> Mapping[str, Said | None]:
    """Return which elements are asked of one claim of the client on a day, as `Requirements.of` does."""
    return of_client(tx, client_id, on=on).of(jurisdiction, known)


def of_form(
    actor: Actor, tx: Connection, *, client_id: int, jurisdiction: str | None, known: Mapping[str, Any], at: datetime
) -> list[Required]:
    """
    Return what is asked for now of a report of the client that is being taken down, in the order of a conversation.

    *known* is what was said so far, by the names of a report and as a claim keeps it; *jurisdiction* the state.

    :raises NotAllowed, NoSuchClient: if the actor takes no reports for that client.
    """
    timezone = scope.timezone(actor, tx, Action.CLAIM_REPORT, client_id, at=at)
    asked = required(tx, client_id, jurisdiction, on=walltime.today(timezone, at), known=known)
    return [Required(element, ELEMENTS[element], asked_by(rule)) for element, rule in asked.items()]


def ask_anew(tx: Connection, client_id: int, claim_id: int, *, changed: Iterable[str] = DECIDING, at: datetime) -> None:
    """
    Ask of a claim that waits for first contact what is to be asked of it now that fields of it have *changed*, and no
    longer what is not. The database does both, and puts them on the timeline.
    """
    if not set(DECIDING).isdisjoint(changed):
        tx.execute(_OF_CLAIM, {"client_id": client_id, "claim_id": claim_id, "at": at})


def asked_by(rule: Said | None) -> str:
    """Return in a sentence whose rule asks for an element, as the database says it where a rule begins."""
    if rule is None:
        return EVERYWHERE
    client_id, jurisdiction = rule.place
    whose = "of this client" if client_id is not None else "of every claim" if jurisdiction is None else ""
    where = f"in {jurisdiction}" if jurisdiction is not None else ""
    return f"Asked {' '.join(filter(None, (whose, where)))} from {rule.since:{typed.DAY}} on."


def _in_order(asked: Mapping[str, Said | None]) -> dict[str, Said | None]:
    return {element: asked[element] for element in ELEMENTS if element in asked}
