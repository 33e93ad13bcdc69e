"""What things are called in the access log: nouns, kinds, what was tried and why it was refused, and every detail."""

from collections.abc import Mapping

from core.access import Action
from core.access_log import Kind
from core.claim_file import DOCUMENT_KINDS, DocumentKind
from core.feeds import KINDS as KINDS_OF_FEEDS
from core.files import KIND_NAMES
from core.worklist import KINDS as KINDS_OF_WORK
from pages.parts.fields import GROUPS
from pages.parts.timeline import TAKEN_BACK

NOUNS = {
    "injured_worker": "worker",
    "staff": "person",
    "act": "not told",
    "aging": "authorization aging",
    "authorization_aging": "authorization aging",
    "audit": "access log",
    "cadence": "cadence of follow-ups",
    "audit_log": "access log",
    "queue": "intake list",
    "measures": "first contact measures",
    "feed_mapping": "column mapping",
    "import_refusals": "refused rows of import",
    "first_contact": "first contact measures",
    "requirement": "rule of intake",
    "sign_in": "sign-in",
    "statutory_clock": "statutory clock",
    "statutory_holiday": "statutory holiday",
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
    Action.CALL_BOOK: "book a triage call",
    Action.CALL_END: "say what became of a triage call",
    Action.CALL_OVERRIDE: "book a call against a calendar",
    Action.CALENDAR_SET: "set a clinician's calendar",
    Action.CLAIM_TAKE: "take a claim",
    Action.CLAIM_HAND_OVER: "hand a claim over with a note",
    Action.CLAIM_ASSIGN: "hand over claims",
    Action.CLAIM_CLOSE: "close or reopen a claim",
    Action.CLAIM_MERGE: "merge claims or undo that",
    Action.FILE_READ: "read a document",
    Action.FILE_KEEP: "keep a document",
    Action.CONDITION_SET: "set a condition",
    Action.CLAIM_DISCLOSE: "hand out something of a claim",
    Action.AUTHORIZATION_WORK: "work on a request for authorization",
    Action.AUTHORIZATION_IMPORT: "import requests for authorization",
    Action.AUTHORIZATION_DETERMINE: "determine a request for authorization",
    Action.REFERRAL_MAKE: "refer a worker",
    Action.COVER_SET: "arrange cover",
    Action.AGING_READ: "see the aging of authorizations",
    Action.AGING_DRILL: "see the requests behind their aging",
    Action.MEASURES_READ: "see the first contact measures",
    Action.MEASURES_DRILL: "see the claims behind a measure",
    Action.MEASURES_EXPORT: "export measures",
    Action.AUDIT_READ: "read the access log",
    Action.PEOPLE_MANAGE: "manage people",
    Action.CLIENTS_MANAGE: "manage clients",
    Action.RULES_MANAGE: "set what intake asks for, or a statutory clock",
    Action.STATUS_READ: "see the status",
}
"""What was tried, for a refusal of it."""

WHYS = {
    "NotAllowed": "not part of the role",
    "NoSuchClaim": "no such claim among those served",
    "NoSuchClient": "no such client among those served",
    "NoSuchFile": "no such file among those of clients served",
    "NoSuchDocument": "no such document on this claim",
    "NoSuchReferral": "no such referral among those of clients served",
    "locked": "locked after too many tries",
    **{why: f"who had it {words}" for why, words in TAKEN_BACK.items()},
}

LABELS = {
    "action": "tried to",
    "added": "clients added",
    "address": "from",
    "ask_again_at": "ask again",
    "asked": "still to ask",
    "authorization": "request",
    "assignees": "claims of",
    "channel": "by",
    "dropped": "no longer asked",
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
    "only_if": "only if",
    "other": "with",
    "outcome": "",
    "party": "",
    "people": "done by",
    "planned_from": "was to begin on",
    "removed": "clients removed",
    "reported_at": "report's time",
    "rule": "",
    "shown": "",
    "source": "against",
    "starts_at": "from",
    "status": "",
    "step": "",
    "work": "work item",
}
"""What stands before a detail's value; before those not named here, the detail's own name."""

COUNTS = {
    "accepted": ("row taken in", "rows taken in"),
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
    "figures": "its figures",
    "file": "its file",
    "letter": "a letter as it would be made",
    "requests": "its requests",
    "summary": "its summary",
}
"""Which part of a claim's file was looked into."""

FORMS = {
    "attempt": "a contact attempt",
    "authorization": "a request for authorization",
    "changing": "a change of a request",
    "closing": "closing or reopening",
    "correction": "the report's time",
    "death_correction": "a corrected date of death",
    "determination": "a determination",
    "first_contact": "a first contact",
    "follow_up": "a follow-up",
    "hand_over": "a note to a colleague",
    "pause": "a pause of the clock",
    "questions": "the open questions",
    "report": "a report of injury",
    "skip": "why a work item is skipped",
    "strike": "striking a first contact",
    "telling": "who was told of a determination",
    **{group.form: group.title.lower() for group in GROUPS},
}
"""What was being typed where words were kept."""

KIND_WORDS: Mapping[str, Mapping[str, str]] = {
    "audit_log": {kind: said.lower() for kind, said in KINDS.items()},
    "file": dict(KIND_NAMES),
    "claim": {kind: said.lower() for kind, said in DOCUMENT_KINDS.items()},
    "import": {kind.code: kind.words.many for kind in KINDS_OF_FEEDS},
}
"""What kinds are called, by the noun of which they are kinds: of a claim those of its documents."""

DOCUMENTS = {**KIND_WORDS["claim"], DocumentKind.OTHER: "document"}
"""What a document is called by its kind."""

WORK = {kind.code: kind.words.lower() for kind in KINDS_OF_WORK}
"""Kinds of work by their codes."""


def plain(name: str) -> str:
    """Return a name of the record as words: its underscores as blanks."""
    return name.replace("_", " ")
