"""What the access log tells in plain words: what was done, to what, and what else is known; on screen and in a file."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from core import words
from core.access import ROLE_NAMES, Action, Role
from core.access_log import Choices, Kind, Line
from core.claim_file import DOCUMENT_KINDS, STATUSES, Status
from core.contact import WORDS, Method, Outcome, Party
from core.files import KIND_NAMES
from core.intake import ELEMENTS, FIELDS
from core.worklist import KINDS as KINDS_OF_WORK
from pages.parts.fields import GROUPS
from pages.parts.timeline import TAKEN_BACK

NOUNS = {
    "injured_worker": "worker",
    "staff": "person",
    "act": "not told",
    "audit": "access log",
    "audit_log": "access log",
    "queue": "intake list",
    "measures": "first contact measures",
    "feed_mapping": "column mapping",
    "import_refusals": "refused rows of import",
    "first_contact": "first contact measures",
    "sign_in": "sign-in",
    "opened_last": "claims opened last",
    "tray": "inbound tray",
}

KINDS = {
    Kind.LOOKS: "Looks",
    Kind.EXPORTS: "Exports",
    Kind.CHANGES: "Changes",
    Kind.REFUSALS: "Refusals",
    Kind.SIGN_INS: "Sign-ins",
}

TRIED = {
    Action.QUEUE_WATCH: "see the intake list",
    Action.LIVE_WATCH: "see live intake",
    Action.CLAIM_READ: "read a claim",
    Action.IDENTITY_READ: "read a worker's identity",
    Action.CLAIM_REPORT: "log a claim",
    Action.CLAIM_IMPORT: "import claims",
    Action.INTAKE_WORK: "work on an intake",
    Action.REPORT_CORRECT: "correct a report's time",
    Action.DEATH_SETTLE: "acknowledge or correct a death",
    Action.CLOCK_PAUSE: "pause or resume a clock",
    Action.ATTEMPT_LOG: "log an attempt",
    Action.FIRST_CONTACT_RECORD: "record a first contact",
    Action.FIRST_CONTACT_STRIKE: "strike a first contact",
    Action.CLAIM_TAKE: "take a claim",
    Action.CLAIM_HAND_OVER: "hand a claim over with a note",
    Action.CLAIM_ASSIGN: "hand over claims",
    Action.CLAIM_CLOSE: "close or reopen a claim",
    Action.FILE_READ: "read a document",
    Action.FILE_KEEP: "keep a document",
    Action.CONDITION_SET: "set a condition",
    Action.CLAIM_DISCLOSE: "hand out something of a claim",
    Action.COVER_SET: "arrange cover",
    Action.MEASURES_READ: "see the first contact measures",
    Action.MEASURES_DRILL: "see the claims behind a measure",
    Action.MEASURES_EXPORT: "export the first contact measures",
    Action.AUDIT_READ: "read the access log",
    Action.PEOPLE_MANAGE: "manage people",
    Action.CLIENTS_MANAGE: "manage clients",
    Action.STATUS_READ: "see the status",
}
"""What was tried, for a refusal of it."""

WHYS = {
    "NotAllowed": "not part of the role",
    "NoSuchClaim": "no such claim among those served",
    "NoSuchClient": "no such client among those served",
    "FilesOfNoClient": "no such client among those served",
    "NoSuchFile": "no such file among those of clients served",
    "NoSuchDocument": "no such document on this claim",
    "locked": "locked after too many tries",
    **{why: f"who had it {words}" for why, words in TAKEN_BACK.items()},
}

LABELS = {
    "action": "tried to",
    "added": "clients added",
    "address": "from",
    "asked": "still to ask",
    "assignees": "claims of",
    "channel": "by",
    "due_at": "due",
    "effective_from": "in force from",
    "element": "about",
    "form": "as",
    "hits": "",
    "jurisdictions": "states",
    "kind": "",
    "made_at": "made",
    "method": "",
    "network": "",
    "outcome": "",
    "party": "",
    "people": "done by",
    "planned_from": "was to begin on",
    "removed": "clients removed",
    "reported_at": "report's time",
    "shown": "",
    "starts_at": "from",
    "status": "",
    "work": "work item",
}
"""What stands before a detail's value; before those not named here, the detail's own name."""

COUNTS = {
    "accepted": ("new claim", "new claims"),
    "bytes": ("byte", "bytes"),
    "claims": ("claim", "claims"),
    "claims_taken_back": ("claim taken back", "claims taken back"),
    "duplicates": ("row reported before", "rows reported before"),
    "hits": ("claim found", "claims found"),
    "read": ("row read", "rows read"),
    "refused": ("row refused", "rows refused"),
    "rows": ("row", "rows"),
    "sessions_ended": ("session ended", "sessions ended"),
}
"""What a detail that is a number counts."""

SHOWN = {
    "conditions": "its conditions",
    "disclosures": "what of it went to somebody outside",
    "documents": "its documents",
    "file": "its file",
    "summary": "its summary",
}
"""Which part of a claim's file was looked into."""

FORMS = {
    "attempt": "a contact attempt",
    "closing": "closing or reopening",
    "correction": "the report's time",
    "death_correction": "a corrected date of death",
    "first_contact": "a first contact",
    "hand_over": "a note to a colleague",
    "pause": "a pause of the clock",
    "questions": "the open questions",
    "report": "a report of injury",
    "skip": "why a work item is skipped",
    "strike": "striking a first contact",
    **{group.form: group.title.lower() for group in GROUPS},
}
"""What was being typed where words were kept."""

_AFTER = {"to": 1, "why": 2}
"""Details that come last, in this order: the database keeps a detail's values by the length of their names."""

_UNSAID = {"attempt", "cover"}
"""Numbers that tell a reader nothing."""

_KIND_WORDS: Mapping[str, Mapping[str, str]] = {
    "audit_log": {kind: said.lower() for kind, said in KINDS.items()},
    "file": dict(KIND_NAMES),
    "claim": {kind: said.lower() for kind, said in DOCUMENT_KINDS.items()},
}
"""What kinds are called, by the noun of which they are kinds: of a claim those of its documents."""

_WORK = {kind.code: kind.words.lower() for kind in KINDS_OF_WORK}

_HANDED = ("assigned", "assignment_undone", "taken_back")
_CONDITIONS = ("condition_added", "condition_changed")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


HEADINGS = ("When", "Who", "Did", "To what", "Client", "More")
"""Headings of what `rows` returns, on screen and in files."""

_FEW = 3
"""Claims that are named where it is to be brief."""


def rows(lines: Sequence[Line], names: Choices, timezone: str, *, brief: bool = False) -> list[tuple[str, ...]]:
    """
    Return each line as cells of text under HEADINGS; instants as clocks in *timezone* (an IANA name) show them.

    Where it is to be *brief*, of many claims the first few are named, and how many more.
    """
    zone = ZoneInfo(timezone)
    return [
        (
            f"{line.at.astimezone(zone):%a %d %b %Y, %H:%M:%S}",
            line.actor,
            did(line),
            subject(line, names),
            line.client or "",
            more(line, names, timezone, brief=brief),
        )
        for line in lines
    ]


def did(line: Line) -> str:
    """Return what was done: 'read', 'read 3 times', 'first contact recorded'."""
    verb = _plain(line.verb)
    return f"{verb} {line.times:,} times" if line.times > 1 else verb


def subject(line: Line, names: Choices) -> str:
    """Return to what it was done: 'claim C-1042', 'worker of claim C-1042', 'person Ana Ruiz', 'import 7'."""
    noun = NOUNS.get(line.noun, _plain(line.noun))
    match line.noun:
        case "injured_worker":
            return f"{noun} of claim {line.claim_number or (line.detail or {}).get('claim', '')}"
        case "claim" if line.claim_number:
            return f"{noun} {line.claim_number}"
        case "staff":
            return f"{noun} {names.people.get(line.noun_id, line.noun_id or '')}".strip()
        case "client" | "feed_mapping":
            return noun  # which one stands in a column of its own, or with what was tried
        case "sign_in" if line.detail and isinstance(line.detail.get("tries"), int):
            return f"{words.counted(line.detail['tries'], 'try', 'tries')} to sign in"
    return f"{noun} {line.noun_id or ''}".strip()


def more(line: Line, names: Choices, timezone: str, *, brief: bool = False) -> str:
    """Return what else is known of it, as `rows` does."""
    known = dict(line.detail or {})
    if brief and isinstance(claims := known.get("claims"), list) and len(claims) > _FEW + 1:
        known["claims"] = [*claims[:_FEW], f"{len(claims) - _FEW:,} more"]
    in_order = sorted(known.items(), key=lambda item: _AFTER.get(item[0], 0))
    details = [
        _or_as_it_stands(partial(_detail, line, names, timezone, key, value), key, value) for key, value in in_order
    ]
    if "since" in known and "until" in known:
        since, until = known["since"], known["until"]
        details.append(_or_as_it_stands(partial(_between, since, until, line.at, timezone), "since", [since, until]))
    if line.times > 1:
        details.append(_between(line.first_at.isoformat(), line.at.isoformat(), line.at, timezone))
    return "; ".join(detail for detail in details if detail)


def _or_as_it_stands(told: Callable[[], str], key: str, value: Any) -> str:
    """Return what *told* does; *value* as it stands where it is none of the desk's: no such line hides the others."""
    try:
        return told()
    except (AttributeError, LookupError, TypeError, ValueError):
        return f"{LABELS.get(key, _plain(key))} {value}"


def _detail(line: Line, names: Choices, timezone: str, key: str, value: Any) -> str:
    match key:
        case _ if key in _UNSAID:
            return ""
        case "tries" | "since" | "until" if line.noun == "sign_in":
            return ""  # with the subject, and together
        case "form" if line.verb == "draft_kept":
            return FORMS.get(value, _plain(value))
        case "document" if value in SHOWN:
            return SHOWN[value]
        case "permitted":
            return "permitted by the representative"
        case "why":
            return WHYS.get(value) or _as_words(value)
        case _ if key in COUNTS and isinstance(value, int):
            return words.counted(value, *COUNTS[key])
        case "client" if line.verb == "refused":
            return "" if line.client else f"client {value}"
        case "claim" if line.noun == "injured_worker":
            return ""
    return f"{LABELS.get(key, _plain(key))} {_value(line, names, timezone, key, value)}".strip()


def _value(line: Line, names: Choices, timezone: str, key: str, value: Any) -> str:
    match key, value:
        case (("from" | "to"), _) if line.verb in _HANDED:
            return "nobody" if value is None else names.people.get(value, f"person {value}")
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
            return TRIED[Action(value)] if value in set(Action) else _plain(value)
        case "kind", str():
            return _KIND_WORDS[line.noun][value]
        case (("from" | "to" | "status"), str()) if line.verb in _CONDITIONS:
            return STATUSES[Status(value)].lower()
        case "shown", str():
            return SHOWN.get(value, _plain(value))
        case "work", str():
            return _WORK.get(value, _plain(value))
        case "asked", list():
            return _listed([ELEMENTS.get(each, each) for each in value])
        case "element", str():
            return ELEMENTS.get(value, value)
        case "fields", list() if line.verb == "fields_corrected":
            return _listed([FIELDS[each].words if each in FIELDS else str(each) for each in value])
        case "reason", str() if line.verb.startswith("question_"):
            return _plain(value)
        case (("party" | "method" | "outcome"), str()):
            kind = {"party": Party, "method": Method, "outcome": Outcome}[key]
            return WORDS[kind(value)].lower()
    return _in_words(value, timezone)


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
    starts, ends = f"{first:%H:%M}", f"{last:%H:%M} {last.tzname()}"
    return ends if ends.startswith(starts) else f"{starts} to {ends}"


def _when(value: str, timezone: str) -> str:
    if "T" in value:
        return words.instant(datetime.fromisoformat(value), timezone)
    day = date.fromisoformat(value)
    return f"{day.day} {day:%b} {day.year}"


def _listed(each: list[str]) -> str:
    return ", ".join(each) or "none"


def _as_words(why: str) -> str:
    """Return the name of a refusal as words; what is words already stays."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _plain(why)).lower() if why.isidentifier() else why


def _plain(name: str) -> str:
    """Return a name of the record as words: its underscores as blanks."""
    return name.replace("_", " ")
