"""What the access log tells of an event, in plain words: to what it was done, and what else is known of it."""

import re
from datetime import date, datetime
from typing import Any

from core import words
from core.access import ROLE_NAMES, Role
from core.audit import Event, Log
from core.contact import WORDS, Method, Outcome, Party
from core.intake import ELEMENTS
from pages.parts.tables import TAKEN_BACK

NOUNS = {
    "injured_worker": "worker",
    "staff": "person",
    "act": "not told",
    "audit_log": "access log",
    "feed_mapping": "column mapping",
    "import_refusals": "refused rows of import",
    "first_contact": "first contact measures",
    "sign_in": "sign-in",
}

WHYS = {
    "NotAllowed": "not part of the role",
    "NoSuchClaim": "no such claim among those served",
    "NoSuchClient": "no such client among those served",
    "locked": "locked after too many tries",
    **TAKEN_BACK,
}

LABELS = {
    "added": "clients added",
    "removed": "clients removed",
    "assignees": "claims of",
    "channel": "by",
    "form": "as",
    "address": "from",
    "reported_at": "report's time",
    "due_at": "due",
    "starts_at": "from",
    "asked": "still to ask",
}

_UNSAID = {"attempt", "cover"}
"""Numbers that tell a reader nothing."""

_HANDED = ("assigned", "assignment_undone", "taken_back")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


def subject(event: Event, log: Log) -> str:
    """Return to what it was done: 'claim C-1042', 'worker of claim C-1042', 'person Ana Ruiz', 'import 7'."""
    noun = NOUNS.get(event.noun, event.noun.replace("_", " "))
    if event.noun == "injured_worker":
        return f"{noun} of claim {event.claim_number or (event.detail or {}).get('claim', '')}"
    if event.noun == "claim" and event.claim_number:
        return f"{noun} {event.claim_number}"
    if event.noun == "staff":
        return f"{noun} {log.people.get(event.noun_id, event.noun_id or '')}".strip()
    if event.noun in ("client", "feed_mapping"):
        return noun  # which one stands in a column of its own, or with what was tried
    return f"{noun} {event.noun_id or ''}".strip()


def more(event: Event, log: Log, timezone: str) -> str:
    """Return what else is known of it; instants as clocks in *timezone* (an IANA name) show them."""
    told = (_told(event, log, timezone, key, value) for key, value in (event.detail or {}).items())
    return "; ".join(said for said in told if said)


def _told(event: Event, log: Log, timezone: str, key: str, value: Any) -> str:
    match key:
        case _ if key in _UNSAID:
            return ""
        case "why":
            return WHYS.get(value) or _as_words(value)
        case "action":
            return f"tried to {' '.join(reversed(value.split('.'))).replace('_', ' ')}"
        case "client" if event.verb == "refused":
            return "" if event.client else f"client {value}"
        case "claim" if event.noun == "injured_worker":
            return ""
    return f"{LABELS.get(key, key.replace('_', ' '))} {_value(event, log, timezone, key, value)}".strip()


def _value(event: Event, log: Log, timezone: str, key: str, value: Any) -> str:
    match key, value:
        case (("from" | "to"), _) if event.verb in _HANDED:
            return "nobody" if value is None else log.people.get(value, str(value))
        case "from", None:
            return "nothing"
        case (("from" | "to" | "role"), str()) if value in set(Role):
            return ROLE_NAMES[Role(value)]
        case (("reported_at" | "due_at"), [before, after]):
            return f"from {_plain(before, timezone)} to {_plain(after, timezone)}"
        case (("clients" | "added" | "removed"), list()):
            return _listed([log.clients.get(each, str(each)) for each in value])
        case "claims", list():
            return _listed([str(each) for each in value])
        case "assignees", list():
            return _listed([log.people.get(each, str(each)) for each in value])
        case "asked", list():
            return _listed([ELEMENTS.get(each, each) for each in value])
        case "element", str():
            return ELEMENTS.get(value, value)
        case "reason", str() if event.verb.startswith("question_"):
            return value.replace("_", " ")
        case (("party" | "method" | "outcome"), str()):
            kind = {"party": Party, "method": Method, "outcome": Outcome}[key]
            return WORDS[kind(value)].lower()
    return _plain(value, timezone)


def _plain(value: Any, timezone: str) -> str:
    match value:
        case None:
            return "all"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case list():
            return _listed([_plain(each, timezone) for each in value])
        case str() if _INSTANT.fullmatch(value):
            return _when(value, timezone)
    return str(value)


def _when(value: str, timezone: str) -> str:
    if "T" in value:
        return words.instant(datetime.fromisoformat(value), timezone)
    day = date.fromisoformat(value)
    return f"{day.day} {day:%b} {day.year}"


def _listed(each: list[str]) -> str:
    return ", ".join(each) or "none"


def _as_words(why: str) -> str:
    """Return the name of a refusal as words; what is words already stays."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", why).lower() if why.isidentifier() else why
