"""The statutory clock of a request: which rule counts it, how it stands, and when it is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from core import statutes
from core.authorizations.kinds import RETURN
from core.authorizations.rules import Held
from core.authorizations.vocabulary import Clock
from core.statutes import Due, NoRule, State, UnknownJurisdiction, UnknownKind
from core.statutes.events import of_request

_CLOCKS = {
    State.WAITING: Clock.WAITING,
    State.RUNNING: Clock.RUNNING,
    State.EXTENDED: Clock.EXTENDED,
    State.TOLLED: Clock.TOLLED,
    State.DEFERRED: Clock.DEFERRED,
}


class Standing(NamedTuple):
    """
    How the clock of a request stands. `due` is the count behind `due_at`, None where there is no rule; `no_rule` says
    why then. A date that was set by hand stands in `due_at` in place of what is counted.
    """

    clock: Clock
    rule: int | None
    due_at: datetime | None
    ours: bool
    due: Due | None
    no_rule: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What of it is kept with the request."""
        return {"clock": self.clock.value, "rule": self.rule, "due_at": self.due_at, "ours": self.ours}


def standing(held: Held, known: Mapping[str, Any]) -> Standing:
    """
    Count the clock of a request by what is *held*, from what is *known* of it: its columns by their names, and
    `in_network`.

    While a request is not complete and its clock waits for that, the time in which it is to be sent back counts, where
    its law has one; once it was sent back, nothing does.
    """
    by_hand = known["due_at"] if known["due_why"] else None
    try:
        due = _counted(held, known, known["kind"])
    except (NoRule, UnknownJurisdiction, UnknownKind) as none:
        clock = Clock.RUNNING if known["complete_at"] else Clock.WAITING
        return Standing(clock, None, by_hand, ours=True, due=None, no_rule=str(none))
    clock = _CLOCKS[due.state]
    back = known["returned_at"] is not None
    if due.state is State.WAITING and not back and RETURN in statutes.kinds(held.rules, known["jurisdiction"]):
        due = _counted(held, known, RETURN)
    return Standing(clock, due.rule.number, by_hand or due.due_at, ours=due.rule.ours, due=due)


def _counted(held: Held, known: Mapping[str, Any], kind: str) -> Due:
    zone = next((rule.zone for rule in held.rules), "UTC")  # of a jurisdiction all have one
    events = of_request(known, zone)
    rule = statutes.rule_of(held.rules, known["jurisdiction"], kind, events, in_network=known["in_network"])
    return statutes.due(rule, events, held.changes)
