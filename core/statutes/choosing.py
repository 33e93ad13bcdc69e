"""Which clock governs: the one of the jurisdiction and the kind that was in force when it started."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from core import states, words
from core.calendars import zone
from core.refusal import Refusal
from core.statutes.events import Events
from core.statutes.rule import Rule

NO_NUMBER_READ: tuple[str, ...] = ("IL", "NJ", "WA", "NC", "MA", "MI", "MD", "SC")
"""Where the law was looked at, and nothing was read that gives a number."""

_BY_HAND = "Set the date by hand, with the reason for it."
_NETWORK: Mapping[bool, str] = MappingProxyType(
    {True: "a claim in a certified network", False: "a claim outside of a certified network"}
)


class UnknownJurisdiction(Refusal):
    text = "The law of this jurisdiction was not looked at."


class UnknownKind(Refusal):
    text = "There is no clock of this kind in that jurisdiction."


class NoRule(Refusal):
    text = f"No statutory clock is known here. {_BY_HAND}"


def jurisdictions(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the jurisdictions that have a clock, in order."""
    return tuple(sorted({rule.jurisdiction for rule in rules}))


def kinds(rules: Iterable[Rule], jurisdiction: str) -> tuple[str, ...]:
    """Return what can be decided in a jurisdiction, in the order of its rules."""
    return tuple(dict.fromkeys(rule.kind for rule in rules if rule.jurisdiction == jurisdiction))


def rule_for(
    rules: Iterable[Rule], jurisdiction: str, kind: str, *, at: datetime, in_network: bool | None = None
) -> Rule:
    """
    Return the rule of a jurisdiction and a kind whose text was in force at *at*, when its clock started.

    *in_network* tells whether the claim is in a certified network, None where that is not known: a rule for others
    governs then. Of several in force the latest does.

    :raises UnknownJurisdiction: if its law was not looked at.
    :raises UnknownKind: if no clock there is of that kind.
    :raises NoRule: if no clock is known there, none was in force, or none is for such a claim.
    """
    rules = tuple(rules)
    known = kinds(rules, jurisdiction)
    if not known:
        raise _without_a_clock(rules, jurisdiction)
    if kind not in known:
        name = states.NAMES.get(jurisdiction, jurisdiction)
        raise UnknownKind(f"{words.quoted(kind)} is no kind of clock in {name}. Known are: {', '.join(known)}.")
    own = [rule for rule in rules if (rule.jurisdiction, rule.kind) == (jurisdiction, kind)]
    held = [rule for rule in own if rule.in_force(at.astimezone(zone(rule.zone)).date())]
    if not held:
        raise NoRule(_not_in_force(own, at))
    meant = [rule for rule in held if rule.network is None or rule.network == bool(in_network)]
    if in_network is None and not meant:
        meant = held  # it is asked by its own name, and is for networks alone
    if not meant:
        others = _for_such(rules, jurisdiction, bool(in_network), at)
        raise NoRule(
            f"This clock is not for {_NETWORK[bool(in_network)]}."
            + (f" For such a claim there is: {', '.join(others)}." if others else f" {_BY_HAND}")
        )
    return max(meant, key=lambda rule: (rule.network is not None, rule.effective_from or date.min, rule.number or 0))


def rule_of(
    rules: Iterable[Rule], jurisdiction: str, kind: str, events: Events, *, in_network: bool | None = None
) -> Rule:
    """
    Return the rule that governs what happened: the text in force when the clock starts, which for some laws is when the
    request is complete. While it is not, that of its receipt.

    :raises UnknownJurisdiction, UnknownKind, NoRule: as `rule_for`.
    """
    rules = tuple(rules)

    def at(instant: datetime) -> Rule:
        return rule_for(rules, jurisdiction, kind, at=instant, in_network=in_network)

    try:
        rule = at(events.received_at)
    except NoRule:
        if events.complete_at is None or not (later := at(events.complete_at)).waits:
            raise
        return later
    return at(events.starts_at(rule) or events.received_at)


def _without_a_clock(rules: tuple[Rule, ...], jurisdiction: str) -> Refusal:
    if jurisdiction in NO_NUMBER_READ:
        name = states.NAMES[jurisdiction]
        return NoRule(f"No statutory clock is known for {name}: nothing was read that gives a number. {_BY_HAND}")
    return UnknownJurisdiction(
        f"The law of {words.quoted(jurisdiction)} was not looked at. Clocks are known for:"
        f" {', '.join(jurisdictions(rules))}. Looked at and without a number: {', '.join(sorted(NO_NUMBER_READ))}."
    )


def _not_in_force(own: list[Rule], at: datetime) -> str:
    day = at.astimezone(zone(own[0].zone)).date()
    earlier = [rule.effective_to for rule in own if rule.effective_to is not None and rule.effective_to < day]
    if earlier:
        since = words.brief_day(max(earlier))
        return f"The text of this clock was in force until {since}, and what replaces it is not known. {_BY_HAND}"
    first = min(rule.effective_from for rule in own if rule.effective_from is not None)
    return f"The text of this clock is in force from {words.brief_day(first)} on. {_BY_HAND}"


def _for_such(rules: tuple[Rule, ...], jurisdiction: str, in_network: bool, at: datetime) -> list[str]:
    return [
        rule.kind for rule in rules
        if rule.jurisdiction == jurisdiction and rule.network is in_network
        and rule.in_force(at.astimezone(zone(rule.zone)).date())
    ]  # fmt: skip
