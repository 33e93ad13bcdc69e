"""Rules and events as tests of the counting want them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.statutes import Lapse, Limit, Rule, Sureness, Unit, rule_for, shipped

RULE = Rule(
    jurisdiction="CA", kind="prospective", zone="America/Los_Angeles", starts="receipt of the request",
    limit=Limit(5, Unit.WORKING_DAYS), lapse=Lapse.NONE, lapse_words="nothing", owner="payer", citation="made up",
    confidence=Sureness.KNOWLEDGE,
)  # fmt: skip


def rule(amount: int = 5, unit: Unit = Unit.WORKING_DAYS, **fields: Any) -> Rule:
    return replace(RULE, limit=Limit(amount, unit), **fields)


def the(jurisdiction: str, kind: str, at: str = "2026-06-01T10:00-05:00") -> Rule:
    """Return the rule that the desk comes with."""
    return rule_for(shipped(), jurisdiction, kind, at=datetime.fromisoformat(at))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
