"""What goes on the record: an append-only audit event in the transaction of the act itself."""

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from core.access import Action, Actor, Subject
from db import session

KNOWN_VERBS = frozenset(
    {
        "added", "appointment_booked", "appointment_cancelled", "appointment_kept", "appointment_missed",
        "appointment_moved", "asked_by_rule", "assigned", "assignment_undone", "attempt_logged",
        "authorization_changed", "authorization_followed_up", "authorization_logged",
        "calendar_address_made", "calendar_address_withdrawn", "calendar_set", "call_booked", "call_cancelled",
        "call_done", "call_missed", "call_moved", "call_request_declined", "call_request_made",
        "call_request_withdrawn", "cancelled", "clients_set", "clock_checked", "clock_paused",
        "clock_resumed", "closed", "closed_day_added", "closed_day_taken_out", "closed_day_withdrawn",
        "condition_added", "condition_changed", "consent_given", "consent_refused", "consent_revoked", "cover_ended",
        "cover_over", "cover_set", "death_acknowledged",
        "death_corrected", "death_reported", "death_withdrawn", "determination_corrected", "determination_told",
        "determined", "disabled", "disclosed", "document_added",
        "draft_kept", "enabled", "exported", "fields_corrected", "first_contact_recorded",
        "first_contact_struck", "founded", "holiday_added", "holiday_taken_out", "imported", "intake_finished",
        "intake_left", "kept", "lockout_cleared", "merge_undone", "merged", "network_set", "password_set",
        "pause_ended", "promise_changed", "promise_replanned", "promise_withdrawn", "question_answered",
        "question_unobtainable", "read", "referral_confirmed", "referral_made",
        "referral_reported", "referral_withdrawn", "refused", "renamed", "reopened", "report_corrected", "reported",
        "role_changed", "rule_in_force", "rule_proposed", "rule_withdrawn", "sample_founded", "saved",
        "session_ended", "sessions_ended", "set_aside",
        "sign_in_failed", "signed_in", "skipped", "snoozed", "taken_back", "taken_up",
        "time_off_added", "time_off_withdrawn", "timezone_changed",
        "undone",
    }
)  # fmt: skip
"""Everything that can be done, by its name on the record; the access log reads it with blanks for its underscores."""

KNOWN_DETAILS = frozenset(
    {
        "accepted", "action", "added", "address", "against", "ask_again_at", "asked", "assignees", "attempt",
        "authorization", "bytes", "call", "channel", "claim", "claims", "claims_taken_back", "client", "clients",
        "code", "condition", "consent", "cover", "day", "document", "dropped", "due_at", "duplicates",
        "effective_from", "element", "fields", "form", "from", "hits", "into", "jurisdictions", "kind", "made_at",
        "method", "name", "network", "number", "only_if", "other", "outcome", "party", "people", "permitted",
        "planned_from", "promise", "read", "reason", "referral", "refused", "removed", "reported_at", "role", "rows",
        "rule", "sessions_ended", "shown", "since", "source", "starts_at", "status", "step", "timezone", "to",
        "tries", "until", "why", "work",
    }
)  # fmt: skip
"""Everything that a detail can name; what it is called in the access log: `pages/parts/access_log/wording/names.py`."""

_INSERT = (
    "insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)"
    " values (%(actor_id)s, %(client_id)s, %(noun)s, %(noun_id)s, %(verb)s, %(detail)s)"
)

_MOST_CLIENT, _MOST_NUMBER = 2**31 - 1, 2**63 - 1
"""The highest numbers that the record's columns hold; an address can ask for any."""


def record(
    actor: Actor | None,
    tx: Connection,
    *,
    verb: str,
    noun: str,
    noun_id: int,
    client_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """
    Put on the record that *actor* did *verb* to *noun* number *noun_id*.

    *actor* None is somebody not signed in, recorded as person 0. *detail* names what changed, never protected
    information. A failure to insert undoes the act, because both are one transaction.

    :raises ValueError: if the verb or a detail is none that the access log has words for.
    """
    if unknown := ({verb} - KNOWN_VERBS) | ((detail or {}).keys() - KNOWN_DETAILS):
        raise ValueError(f"not among the record's verbs and details: {', '.join(sorted(unknown))}")
    session.driver(tx).execute(  # every look and act pays for it: nothing is left to be compiled
        _INSERT,
        {
            "actor_id": actor.staff_id if actor else 0,
            "client_id": client_id,
            "noun": noun,
            "noun_id": noun_id,
            "verb": verb,
            "detail": Jsonb(dict(detail)) if detail else None,
        },
    )


def refused(actor: Actor, tx: Connection, *, why: str, action: Action | None, subject: Subject) -> None:
    """
    Put on the record that *actor* was refused to do *action* to *subject*, which is named as it was tried.

    *why* is the kind of refusal. The client stands in the detail as well: it may be one that there is not.
    """
    noun, noun_id, client_id, more = subject
    tried = {"action": action.value} if action else {}
    if client_id is not None:
        tried["client"] = str(client_id)
    if noun_id > _MOST_NUMBER:
        tried["number"] = str(noun_id)
    record(
        actor,
        tx,
        verb="refused",
        noun=noun,
        noun_id=noun_id if noun_id <= _MOST_NUMBER else 0,
        client_id=client_id if client_id is not None and client_id <= _MOST_CLIENT else None,
        detail={"why": why, **tried, **more},
    )
