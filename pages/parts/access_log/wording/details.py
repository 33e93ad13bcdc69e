"""What else is known of a line of the access log, each detail in words; as it stands where no service wrote it."""

import json
import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core import drafts, words
from core.access import ROLE_NAMES, Action, Role
from core.access_log import Choices, Line
from core.authorizations import PARTIES, REPLIES, STEPS, Reply, Step, outcome_words
from core.authorizations import Party as AuthorizationParty
from core.claim_file import STATUSES, Status
from core.contact import CHANNEL_WORDS, WORDS, Channel, Method, Outcome, Party
from core.intake import ELEMENTS, FIELDS
from core.intake.requirements import CONDITIONS, SAYS
from core.statutes import kind_words
from pages.parts.access_log.wording.names import (
    COUNTS,
    DOCUMENTS,
    FORMS,
    KIND_WORDS,
    LABELS,
    SHOWN,
    TRIED,
    WHYS,
    WORK,
    plain,
)

_AFTER = {"to": 1, "why": 2}
"""Details that come last, in this order: the database keeps a detail's values by the length of their names."""

_UNSAID = {"attempt", "call", "consent", "cover", "referral"}
"""Numbers that tell a reader nothing."""

_HANDED = ("assigned", "assignment_undone", "taken_back")
_ASKED = ("call_request_made", "call_request_declined", "call_request_withdrawn")
_AUTHORIZED = ("authorization_followed_up", "determined", "determination_corrected", "determination_told")
_CONDITIONS = ("condition_added", "condition_changed")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")

_FEW = 3
"""Claims that are named where it is to be brief."""


def more(line: Line, names: Choices, timezone: str, *, brief: bool = False) -> str:
    """Return what else is known of it, as `rows` does."""
    if line.detail is not None and not isinstance(line.detail, dict):
        return _as_it_stands(line.detail)
    known = dict(line.detail or {})
    if brief and isinstance(claims := known.get("claims"), list) and len(claims) > _FEW + 1:
        known["claims"] = [*claims[:_FEW], f"{len(claims) - _FEW:,} more"]
    in_order = sorted(known.items(), key=lambda item: _AFTER.get(item[0], 0))
    details = [_said(line, names, timezone, key, value) for key, value in in_order]
    if "since" in known and "until" in known:
        try:
            details.append(_between(known["since"], known["until"], line.at, timezone))
        except (TypeError, ValueError):
            details.append(_as_it_stands([known["since"], known["until"]]))
    if line.times > 1:
        details.append(_between(line.first_at.isoformat(), line.at.isoformat(), line.at, timezone))
    return "; ".join(detail for detail in details if detail)


def _said(line: Line, names: Choices, timezone: str, key: str, value: Any) -> str:
    """Say a detail in words; as it stands where it is none that the desk's services write."""
    try:
        return _detail(line, names, timezone, key, value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return f"{plain(key)} {_as_it_stands(value)}"


def _as_it_stands(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _detail(line: Line, names: Choices, timezone: str, key: str, value: Any) -> str:
    match key:
        case _ if key in _UNSAID:
            return ""
        case "tries" | "since" | "until" if line.noun == "sign_in":
            return ""  # with the subject, and together
        case "form" if line.verb == "draft_kept":
            return FORMS.get(drafts.named(value), plain(value))
        case "document" if value in SHOWN:
            return SHOWN[value]
        case "document" if line.document_kind and line.verb != "document_added":  # which says its kind by itself
            return f"{DOCUMENTS[line.document_kind]} {value}"
        case "permitted":
            return "permitted by the representative"
        case "against":
            return "not as the worker wishes, for a reason"
        case "starts_at" if line.verb.startswith("appointment_"):
            return f"for {_in_words(value, timezone)}"
        case "channel" if line.verb.startswith("consent_"):
            return f"to {CHANNEL_WORDS[Channel(value)].lower()}"
        case "why":
            return WHYS.get(value) or _as_words(value)
        case _ if key in COUNTS and isinstance(value, int):
            return words.counted(value, *COUNTS[key])
        case "client" if line.verb == "refused":
            return "" if line.client else f"client {value}"
        case "claim" if line.noun == "injured_worker":
            return ""
    return f"{LABELS.get(key, plain(key))} {_value(line, names, timezone, key, value)}".strip()


def _value(line: Line, names: Choices, timezone: str, key: str, value: Any) -> str:
    match key, value:
        case (("from" | "to"), _) if line.verb in _HANDED:
            return "nobody" if value is None else names.people.get(value, f"person {value}")
        case "to", int() if line.verb in _ASKED:
            return names.people.get(value, f"person {value}")
        case "from", None:
            return "nothing"
        case (("from" | "to"), str()) if line.verb == "timezone_changed":
            return words.zone(value)
        case "timezone", str():
            return words.zone(value)
        case (("from" | "to" | "role"), str()) if value in set(Role):
            return ROLE_NAMES[Role(value)]
        case (("reported_at" | "due_at"), [before, after]):
            return f"from {_in_words(before, timezone)} to {_in_words(after, timezone)}"
        case (("clients" | "added" | "removed"), list()):
            return _listed([names.clients.get(each, f"client {each}") for each in value])
        case "claims", list():
            return _listed([str(each) for each in value])
        case (("assignees" | "people"), list()):
            return _listed([names.people.get(each, f"person {each}") for each in value])
        case "action", str():
            return TRIED[Action(value)] if value in set(Action) else plain(value)
        case "kind", str() if line.noun == "statutory_clock":
            return kind_words(value)
        case "kind", str():
            return KIND_WORDS[line.noun][value]
        case (("from" | "to" | "status"), str()) if line.verb in _CONDITIONS:
            return STATUSES[Status(value)].lower()
        case "shown", str():
            return SHOWN.get(value, plain(value))
        case "work", str():
            return WORK.get(value, plain(value))
        case (("asked" | "dropped"), list()):
            return _listed([ELEMENTS.get(each, each) for each in value])
        case "rule", str():
            return SAYS[value]
        case "only_if", str():
            return CONDITIONS[value]
        case "element", str():
            return ELEMENTS.get(value, value)
        case "fields", list() if line.verb == "fields_corrected":
            return _listed([FIELDS[each].words if each in FIELDS else str(each) for each in value])
        case "reason", str() if line.verb.startswith("question_"):
            return plain(value)
        case "step", str():
            return STEPS[Step(value)].lower()
        case "party", str() if line.verb in _AUTHORIZED or line.noun == "cadence":
            return PARTIES[AuthorizationParty(value)].lower()
        case "outcome", str() if line.verb in _AUTHORIZED:
            return _became(line.verb, value)
        case (("party" | "method" | "outcome"), str()):
            kind = {"party": Party, "method": Method, "outcome": Outcome}[key]
            return WORDS[kind(value)].lower()
    return _in_words(value, timezone)


def _became(verb: str, outcome: str) -> str:
    """Return what became of a follow-up, or how a request was decided; the record knows of no state's own word."""
    followed_up = verb == "authorization_followed_up"
    return (REPLIES[Reply(outcome)] if followed_up else outcome_words(outcome, "")).lower()


def _in_words(value: Any, timezone: str) -> str:
    match value:
        case None:
            return "all"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case list():
            return _listed([_in_words(each, timezone) for each in value])
        case str() if _INSTANT.fullmatch(value):
            return _when(value, timezone)
    return str(value)


def _between(since: str, until: str, at: datetime, timezone: str) -> str:
    """Return the time from *since* to *until*; the day only where it is not that of *at*, which stands beside it."""
    zone = ZoneInfo(timezone)
    first, last = (datetime.fromisoformat(each).astimezone(zone) for each in (since, until))
    if not first.date() == last.date() == at.astimezone(zone).date() or first.utcoffset() != last.utcoffset():
        return words.span(first, last, timezone)
    starts, ends = words.clock(first), words.zoned(last)
    return ends if ends.startswith(starts) else f"{starts} to {ends}"


def _when(value: str, timezone: str) -> str:
    if "T" in value:
        return words.instant(datetime.fromisoformat(value), timezone)
    return words.brief_day(date.fromisoformat(value))


def _listed(each: list[str]) -> str:
    return ", ".join(each) or "none"


def _as_words(why: str) -> str:
    """Return the name of a refusal as words; what is words already stays."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(why)).lower() if why.isidentifier() else why
