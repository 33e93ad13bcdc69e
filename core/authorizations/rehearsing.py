"""
The requests of the last 90 days under a statutory clock that is proposed, or under another list of days off.

A request is counted by the rule that its clock was counted by; of one that none counted, a proposed clock may know a
date for once. A date that was set by hand moves with no rule.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.access import Action, Actor, Subject, require
from core.calendars import DayChange
from core.refusal import Refusal
from core.rules import Case, Rehearsal, Rehearsed, rehearse
from core.statutes import Events, Rule, UnknownJurisdiction, due, holiday_list, kept, rule_of, setting
from core.statutes.events import of_request

_REQUESTS = text("select * from desk_rehearsed_requests(:jurisdiction, :since, :until)")
_ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)


class Received(NamedTuple):
    """What a request's date asks beside its receipt: the number of its rule, its kind, whether it was set by hand."""

    rule: int | None
    kind: str
    in_network: bool | None
    by_hand: bool
    events: Events


class Law(NamedTuple):
    """What clocks of a jurisdiction are counted by; `new` takes the place of all versions of its clock."""

    jurisdiction: str
    rules: tuple[Rule, ...]
    changes: tuple[DayChange, ...]
    new: Rule | None = None

    def governing(self, of: Received) -> Rule | None:
        """Return the rule that counts a request; None where none does."""
        rule = next((each for each in self.rules if each.number == of.rule), None)
        if self.new is None:
            return rule
        if rule is None:
            return self.new if _is_for(self.new, of) else None
        return self.new if _clock(rule) == _clock(self.new) else rule


def of_version(actor: Actor, tx: Connection, *, rule: Rule, at: datetime) -> Rehearsal:
    """
    Return how the requests of this clock would have been if it had said what *rule* says all the time.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoSuchClock, AmountNotSensible:
    """
    require(actor, KIND.action, Subject(KIND.noun))
    setting.sensible(rule)
    law = _law(tx, rule.jurisdiction)
    if all(_clock(each) != _clock(rule) for each in law.rules):
        raise setting.NoSuchClock
    new = replace(rule, effective_from=None, effective_to=None, number=None)
    return rehearse(KIND, actor, tx, (law, new), as_is=law, changed=law._replace(new=new), at=at)


def of_day_off(actor: Actor, tx: Connection, *, jurisdiction: str, day: date, off: bool, at: datetime) -> Rehearsal:
    """
    Return how a jurisdiction's requests would have been if *day* had been off, or had not, all the time.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoDaysOff: if no clock of the jurisdiction is kept.
    """
    require(actor, KIND.action, Subject(KIND.noun))
    holiday_list.today(jurisdiction, at)
    law = _law(tx, jurisdiction)
    others = tuple(each for each in law.changes if each.day != day)
    changed = law._replace(changes=(*others, DayChange(day, "", off, _ALWAYS, "", "")))
    return rehearse(KIND, actor, tx, (law, None), as_is=law, changed=changed, at=at)


def _law(tx: Connection, jurisdiction: str) -> Law:
    rules = kept.rules(tx, jurisdiction)
    if not rules:
        raise UnknownJurisdiction
    return Law(jurisdiction, rules, kept.changes(tx, jurisdiction))


def _cases(
    tx: Connection, which: tuple[Law, Rule | None], since: datetime, until: datetime
) -> Iterator[Case[Received]]:
    """Yield the requests of a jurisdiction, or of one of its clocks alone."""
    law, clock = which
    zone = law.rules[0].zone  # of a jurisdiction all have one
    asked = {"jurisdiction": law.jurisdiction, "since": since, "until": until}
    for row in tx.execute(_REQUESTS, asked).mappings():
        of = Received(row["rule"], row["kind"], row["in_network"], row["by_hand"], of_request(dict(row), zone))
        if clock is None or _is_of(clock, law, of):
            yield Case(row["client_id"], row["received_at"], row["communicated_at"], row["due_at"], of)


def _due(case: Case[Received], law: Law) -> datetime | None:
    rule = None if case.of.by_hand else law.governing(case.of)
    if rule is None:
        return case.due_at
    return due(rule, case.of.events, law.changes).due_at


def _is_of(clock: Rule, law: Law, of: Received) -> bool:
    rule = law.governing(of)
    return _is_for(clock, of) if rule is None else _clock(rule) == _clock(clock)


def _is_for(clock: Rule, of: Received) -> bool:
    """Tell whether a clock, which always holds, would count a request that no rule has counted."""
    try:
        rule_of((clock,), clock.jurisdiction, of.kind, of.events, in_network=of.in_network)
    except Refusal:
        return False
    return True


def _clock(rule: Rule) -> tuple[str, str, bool | None]:
    return rule.jurisdiction, rule.kind, rule.network


KIND: Rehearsed[tuple[Law, Rule | None], Received, Law] = Rehearsed(
    noun=setting.KIND.noun, action=Action.RULES_MANAGE, cases=_cases, due=_due
)
"""Requests for authorization as cases of their clocks."""
