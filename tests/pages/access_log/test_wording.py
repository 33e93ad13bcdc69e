"""Everything that the services put on the record is read in the access log in people's words."""

import re
from datetime import timedelta
from typing import Any, get_args

import pytest

from core import audit, claims
from core.access import Action, Role
from core.access_log import Choices, Kind, Line
from core.authorizations import FOLLOWED_UP, REPLIES, TOLD, Step
from core.authorizations import Outcome as Decided
from core.claim_file import DOCUMENT_KINDS, STATUSES
from core.drafts import FORMS
from core.files import FileKind
from core.intake import ELEMENTS, FIELDS
from core.intake.requirements import SAYS
from core.worklist import KINDS as KINDS_OF_WORK
from pages.parts.access_log import wording
from tests.factories import NOW

WHEN, LATER = NOW.isoformat(), (NOW + timedelta(days=2)).isoformat()
PROMISE = "24 true hours"

Example = tuple[str, str, dict[str, Any]]

ON_A_CLAIM: dict[str, list[dict[str, Any]]] = {
    "asked_by_rule": [{"asked": ["occupation"], "dropped": ["language"]}],
    "assigned": [{"from": None, "to": 3}, {"from": 99, "to": 3}],
    "assignment_undone": [{"from": 3, "to": None}],
    "attempt_logged": [
        {"attempt": 9, "party": "worker", "method": "in_person", "outcome": "wrong_number", "made_at": WHEN},
        {"attempt": 9, "party": "worker", "method": "phone", "outcome": "no_answer", "permitted": True},
        {"attempt": 9, "party": "worker", "method": "text", "outcome": "sent", "against": True},
    ],
    "clock_paused": [{}],
    "clock_resumed": [{}],
    "closed": [{}],
    "authorization_logged": [{"authorization": 12}],
    "authorization_changed": [{"authorization": 12, "step": step.value} for step in Step],
    "authorization_followed_up": [
        {"authorization": 12, "outcome": reply.value, "party": party.value}
        for reply in REPLIES
        for party in FOLLOWED_UP
    ],
    "determined": [{"authorization": 12, "outcome": outcome.value} for outcome in Decided],
    "determination_corrected": [{"authorization": 12, "outcome": "denied"}],
    "determination_told": [{"authorization": 12, "party": party.value} for party in TOLD],
    "calendar_address_made": [{}],
    "calendar_address_withdrawn": [{}],
    "calendar_set": [{}],
    **{f"call_{what}": [{"call": 5}] for what in ("booked", "moved", "done", "missed", "cancelled")},
    **{f"call_request_{what}": [{"to": 3}, {}] for what in ("made", "declined", "withdrawn")},
    "referral_confirmed": [{"referral": 6, "party": party} for party in ("provider", "worker")],
    **{f"referral_{what}": [{"referral": 6}] for what in ("made", "reported", "withdrawn")},
    **{
        f"appointment_{what}": [{"referral": 6, "starts_at": "2026-11-25T15:00:00+00:00"}]
        for what in ("booked", "moved", "kept", "missed", "cancelled")
    },
    "time_off_added": [{"starts_at": "2026-11-25T15:00:00+00:00", "until": "2026-11-25T18:00:00+00:00"}],
    "time_off_withdrawn": [{"starts_at": "2026-11-25T15:00:00+00:00", "until": "2026-11-25T18:00:00+00:00"}],
    "condition_added": [{"condition": 5, "status": status} for status in STATUSES],
    "condition_changed": [{"condition": 5, "from": "alleged", "to": "allowed"}, {"condition": 5, "status": "denied"}],
    "consent_given": [{"consent": 4, "channel": "text"}],
    "consent_refused": [{"consent": 4, "channel": "voicemail"}],
    "consent_revoked": [{"consent": 4, "channel": "text"}],
    "death_acknowledged": [{}],
    "death_corrected": [{}],
    "death_reported": [{}],
    "death_withdrawn": [{}],
    "disclosed": [{"document": "summary"}, {"document": 10}],
    "document_added": [{"document": 10, "kind": kind.value} for kind in DOCUMENT_KINDS],
    "draft_kept": [{"form": form} for form in FORMS],
    "fields_corrected": [{"fields": list(FIELDS)}],
    "first_contact_recorded": [{"attempt": 9, "party": "worker", "method": "phone", "outcome": "reached"}],
    "first_contact_struck": [{"attempt": 9}],
    "network_set": [{"network": "in no certified network"}],
    "pause_ended": [{}],
    "question_answered": [{"element": element, "reason": "time_unreadable"} for element in ELEMENTS],
    "question_unobtainable": [
        {"element": "language", "reason": "missing"},
        {"element": "language", "reason": "missing", "ask_again_at": LATER},
    ],
    "read": [{"shown": shown} for shown in ("file", "documents", "conditions", "disclosures", "summary", "letter")],
    "refused": [
        *({"why": "NotAllowed", "action": action.value, "client": "7"} for action in Action),
        {"why": "no_such_thing", "action": "gone_by_now", "number": "99999999999999999999", "claims": [12, 13]},
        {"why": "NoSuchDocument", "action": "file.read", "document": 10},
    ],
    "reopened": [{}],
    "intake_finished": [{}],
    "intake_left": [{}],
    "merge_undone": [{"into": "C-7"}, {"other": "C-9"}],
    "merged": [{"into": "C-7"}, {"other": "C-9"}],
    "report_corrected": [{"reported_at": [WHEN, LATER], "due_at": [WHEN, LATER]}],
    "reported": [{"channel": "form", "asked": list(ELEMENTS)}],
    "skipped": [{"work": kind.code, "until": LATER} for kind in KINDS_OF_WORK],
    "snoozed": [{"work": "first_contact", "until": LATER}],
    "taken_back": [{"from": 3, "to": None, "why": why} for why in ("disabled", "role_changed", "not_served")],
    "taken_up": [{"work": "call_back"}],
}

ELSEWHERE: list[Example] = [
    ("added", "client", {"code": "ACME", "name": "Acme", "timezone": "America/New_York", "promise": PROMISE}),
    ("added", "staff", {"role": Role.CLINICAL.value}),
    ("cancelled", "import", {"kind": "claims", "read": 0, "accepted": 0, "refused": 0, "duplicates": 0}),
    ("clients_set", "staff", {"added": [7, 8], "removed": []}),
    ("closed_day_added", "client", {"day": "2026-12-24", "name": None, "reason": "x", "effective_from": WHEN}),
    ("closed_day_taken_out", "client", {"day": "2026-12-24", "name": "Eve", "reason": "x", "effective_from": WHEN}),
    ("closed_day_withdrawn", "client", {"day": "2026-12-24", "name": "Eve", "reason": "x", "effective_from": WHEN}),
    ("cover_ended", "staff", {"cover": 4}),
    ("cover_over", "staff", {"cover": 4}),
    ("cover_set", "staff", {"cover": 4, "starts_at": WHEN, "until": LATER}),
    ("disabled", "staff", {"sessions_ended": 1, "claims_taken_back": 12}),
    ("enabled", "staff", {}),
    ("exported", "import_refusals", {"rows": 3}),
    (
        "exported",
        "first_contact",
        {
            "form": "csv",
            "from": "2026-11-01",
            "to": "2026-11-24",
            "timezone": "America/New_York",
            "clients": None,
            "jurisdictions": ["IL", "TX"],
            "assignees": [3, 99],
            "rows": 168,
        },
    ),
    ("exported", "audit_log", {"people": [3], "claims": ["C-1"], "kind": Kind.SIGN_INS.value, "clients": [7, 8]}),
    ("founded", "staff", {}),
    ("imported", "import", {"kind": "claims", "read": 10, "accepted": 7, "refused": 2, "duplicates": 1}),
    ("kept", "file", {"kind": FileKind.JPEG.value, "bytes": 30_123}),
    ("lockout_cleared", "staff", {}),
    ("password_set", "staff", {"sessions_ended": 2}),
    ("promise_changed", "client", {"from": None, "to": PROMISE, "effective_from": WHEN, "reason": "x"}),
    (
        "promise_replanned",
        "client",
        {"from": PROMISE, "to": PROMISE, "planned_from": WHEN, "effective_from": LATER, "reason": "x"},
    ),
    ("promise_withdrawn", "client", {"promise": PROMISE, "effective_from": WHEN, "reason": "x"}),
    ("read", "injured_worker", {"claim": 12}),
    ("read", "search", {"hits": 2, "claims": ["C-1", "C-2"]}),
    ("read", "tray", {}),
    ("refused", "client", {"why": "NoSuchClient", "action": "claim.import", "code": "ACME"}),
    ("refused", "sign_in", {"why": "locked", "address": "192.0.2.1", "tries": 3, "since": WHEN, "until": LATER}),
    ("renamed", "client", {"from": "Acme", "to": "Acme Works"}),
    ("role_changed", "staff", {"from": Role.VA.value, "to": Role.COMPLIANCE.value}),
    *(
        (
            verb,
            "requirement",
            {"element": "occupation", "rule": rule, "effective_from": "2026-12-01", "why": "x", "jurisdictions": ["IL"]}
            | ({"only_if": "treated"} if rule == "only_if" else {})
            | more,
        )
        for verb, more in (("rule_proposed", {}), ("rule_withdrawn", {}), ("rule_in_force", {"claims": 12}))
        for rule in SAYS
    ),
    *(
        (
            verb,
            "statutory_clock",
            {"kind": "mtg_variance", "jurisdictions": ["NY"], "effective_from": "2026-12-01", "why": "x"},
        )
        for verb in ("rule_proposed", "rule_withdrawn", "rule_in_force")
    ),
    *(
        (verb, "cadence", {"party": "reviewer", "effective_from": "2026-12-01", "why": "x"})
        for verb in ("rule_proposed", "rule_withdrawn", "rule_in_force")
    ),
    (
        "clock_checked",
        "statutory_clock",
        {"kind": "prospective", "jurisdictions": ["CA"], "source": "the printed code"},
    ),
    *(
        (
            verb,
            "statutory_holiday",
            {"jurisdictions": ["CA"], "day": "2026-12-24", "name": "Eve", "reason": "x", "effective_from": WHEN},
        )
        for verb in ("holiday_added", "holiday_taken_out")
    ),
    ("sample_founded", "staff", {}),
    ("saved", "feed_mapping", {}),
    ("session_ended", "session", {"why": "ended by an administrator"}),
    ("sessions_ended", "staff", {"sessions_ended": 2}),
    ("set_aside", "file", {}),
    ("sign_in_failed", "sign_in", {"address": "192.0.2.1"}),
    ("signed_in", "session", {"address": "192.0.2.1"}),
    ("timezone_changed", "client", {"from": "America/Chicago", "to": "America/New_York", "effective_from": WHEN}),
    ("undone", "import", {"kind": "claims", "rows": 7}),
]

EXAMPLES = [(verb, "claim", detail) for verb, details in ON_A_CLAIM.items() for detail in details] + ELSEWHERE
"""Each verb as the services and the database put it on the record, with every detail that they name."""

NAMES = Choices({7: "Acme"}, {0: "Not signed in", 3: "Ana Ruiz"})


def cells(verb: str, noun: str, detail: dict[str, Any]) -> tuple[str, ...]:
    """What the log says of it: did, to what, and more."""
    line = Line(NOW, 1, NOW, 1, "Ana Ruiz", None, None, noun, 12, verb, detail, None, None)
    return wording.rows([line], NAMES, "America/Chicago")[0][2:]


def test_everything_that_can_stand_on_the_record_has_an_example() -> None:
    assert {verb for verb, _, _ in EXAMPLES} == audit.KNOWN_VERBS
    assert {name for _, _, detail in EXAMPLES for name in detail} == audit.KNOWN_DETAILS
    assert set(get_args(claims.EventKind)) <= audit.KNOWN_VERBS


@pytest.mark.parametrize(("verb", "noun", "detail"), EXAMPLES, ids=lambda each: each if isinstance(each, str) else "")
def test_it_is_told_in_peoples_words(verb: str, noun: str, detail: dict[str, Any]) -> None:
    said = cells(verb, noun, detail)

    assert not [cell for cell in said if "_" in cell or "None" in cell]
    parts = [part for cell in said for part in re.split("; |, ", cell) if part]
    assert not [part for part in parts if re.fullmatch(r"[\d,]+", part) and part not in ("13", "24 Nov 2026")]
    assert not [name for name in ("worker.", "claim.", "file.") if name in said[-1]]


@pytest.mark.parametrize(
    ("verb", "noun", "detail", "more"),
    [
        ("document_added", "claim", {"kind": "work_status", "document": 10}, "work status; document 10"),
        ("attempt_logged", "claim", {"permitted": True}, "permitted by the representative"),
        ("attempt_logged", "claim", {"against": True}, "not as the worker wishes, for a reason"),
        ("consent_revoked", "claim", {"consent": 4, "channel": "text"}, "to text messages"),
        ("kept", "file", {"kind": "jpeg", "bytes": 30_123}, "JPEG picture; 30,123 bytes"),
        ("disclosed", "claim", {"document": "summary"}, "its summary"),
        ("read", "claim", {"shown": "disclosures"}, "what of it went to somebody outside"),
        ("draft_kept", "claim", {"form": "fields_reach"}, "how to reach the worker"),
        ("condition_changed", "claim", {"from": "alleged", "to": "allowed"}, "from alleged; to allowed"),
        ("asked_by_rule", "claim", {"asked": ["language"]}, "still to ask language"),
        ("asked_by_rule", "claim", {"dropped": ["language"]}, "no longer asked language"),
        ("rule_proposed", "requirement", {"rule": "not_asked"}, "not asked"),
        ("rule_proposed", "requirement", {"only_if": "treated"}, "only if the worker was treated"),
        ("undone", "import", {"kind": "claims", "rows": 1}, "claims; 1 row"),
        ("undone", "import", {"claims": 1}, "1 claim"),
        ("disabled", "staff", {"sessions_ended": 1, "claims_taken_back": 0}, "1 session ended; 0 claims taken back"),
        ("assigned", "claim", {"from": None, "to": 99}, "from nobody; to person 99"),
    ],
)
def test_a_detail_names_what_it_is(verb: str, noun: str, detail: dict[str, Any], more: str) -> None:
    assert cells(verb, noun, detail)[-1] == more


@pytest.mark.parametrize(
    ("kind", "document", "said"),
    [
        ("pdf", None, "file 12, PDF"),
        ("jpeg", "work_status", "file 12, JPEG picture, work status of claim C-7"),
        ("pdf", "other", "file 12, PDF, document of claim C-7"),
        (None, None, "file 12"),
    ],
)
def test_a_file_is_named_by_what_it_is_and_by_whose(kind: str | None, document: str | None, said: str) -> None:
    number = "C-7" if document else None
    line = Line(NOW, 1, NOW, 1, "Ana Ruiz", None, None, "file", 12, "read", None, None, number, kind, document)

    assert wording.subject(line, NAMES) == said


@pytest.mark.parametrize("what", [{"verb": "cliked"}, {"verb": "read", "detail": {"stray": 1}}])
def test_nothing_else_gets_onto_the_record(what: dict[str, Any]) -> None:
    unused: Any = None  # it is refused before the database is asked
    with pytest.raises(ValueError, match="not among the record's verbs and details"):
        audit.record(None, unused, noun="claim", noun_id=1, **what)


@pytest.mark.parametrize(
    "detail",
    [
        {"kind": "zzz"},
        {"why": [1]},
        {"since": "x", "until": "y"},
        {"since": 1, "until": None},
        {"x": "2026-99-99"},
        {"party": "zzz"},
        {"claims": "C-1"},
        {"tries": "many"},
        {"claim": "abc"},
        {"fields": 7},
        ["a"],
        "a",
        7,
    ],
    ids=str,
)
@pytest.mark.parametrize("noun", ["claim", "injured_worker", "sign_in", "file", "audit_log", "staff"])
def test_what_no_service_has_written_is_told_as_it_stands(noun: str, detail: Any) -> None:
    for verb in ("read", "kept", "exported", "draft_kept", "condition_changed", "fields_corrected"):
        assert cells(verb, noun, detail)
