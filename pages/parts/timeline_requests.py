"""What became of a request for authorization, as a claim's timeline says it."""

from datetime import datetime
from typing import Any

from core import authorizations, local_time, words
from core.intake import Entry
from pages.parts.markdown import verbatim

_STEPS = {
    "completed": "Request completed",
    "returned": "Request not complete, missing",
    "sent_back": "Request sent back to the provider as not complete",
    "extended": "Information asked for",
    "informed": "What was asked for has come",
    "tolled": "Examination ordered",
    "resumed": "Report of the examination received",
    "deferred": "Review deferred while liability is disputed",
    "taken_up": "Review taken up: liability is settled",
    "due_set": "Due date set by hand",
    "due_moved": "Due date moved with the rule that counts it",
}
"""What a step of a request did; behind it why, and where its date moved from when to when."""

_ASKED_THEN = {
    "answered": "answered",
    "promised": "promised to answer",
    "message": "a message was left",
    "no_answer": "no answer",
}


def happened(entry: Entry, detail: dict[str, Any], zone: str) -> str:
    """
    Say what became of a request by an entry that tells of one; times as clocks in *zone* show them, dates that are due
    as those of the state whose law counts them.

    :raises KeyError, ValueError: if the entry tells of none as this desk does.
    """
    method = {
        **{way.value: f"by {said.lower()}" for way, said in authorizations.CHANNELS.items()},
        "person": "in person",
    }.get(detail.get("method", ""), "")
    whom = authorizations.PARTIES[authorizations.Party(detail["party"])].lower() if "party" in detail else ""
    match entry.kind:
        case "authorization_logged":
            law = _law(detail, zone)
            what = "Appeal" if "about" in detail else "Request for authorization"
            due = f", due {_at(detail['due_at'], law)}" if "due_at" in detail else ", with no date that is due"
            return f"{what} logged: {verbatim(authorizations.kind_words(detail['kind']).lower())}{due}"
        case "authorization_followed_up":
            note = f". {verbatim(detail['note'])}" if "note" in detail else ""
            return f"{whom.capitalize()} asked {method} how the request stands: {_ASKED_THEN[detail['outcome']]}{note}"
        case "determination_told":
            return f"{whom.capitalize()} told of the determination {method}, {_at(detail['told_at'], zone)}"
        case "determined" | "determination_corrected":
            said = authorizations.outcome_words(detail["outcome"], detail.get("jurisdiction", "")).lower()
            if detail["outcome"] in authorizations.PUT_OFF:
                return f"Determination put off: {said}"
            return f"Determin{'ed' if entry.kind == 'determined' else 'ation corrected'}: {verbatim(said)}"
    if detail["step"] == "deferral_told":
        return f"{whom.capitalize()} told {method} that review is deferred"
    return _step(entry, detail, zone)


def _step(entry: Entry, detail: dict[str, Any], zone: str) -> str:
    if detail["step"] == "assigned":
        return f"Request given to {verbatim(entry.to)}" if entry.to else "Request given to nobody yet"
    if detail["step"] == "reminded":
        return f"To be followed up {_at(detail['follow_up_at'], zone)}"
    if detail["step"] == "used":
        before, after = detail["used"]
        return f"Treatment {detail['line']}: {words.counted(after, 'unit')} used, {before:,} before"
    why = f": {verbatim(detail['why'])}" if "why" in detail else ""
    if detail["step"] == "follow_up_moved":
        was, then = (_at(at, zone) if at else "none" for at in detail["follow_up_at"])
        return f"Next follow-up moved{why.removesuffix('.')}; {was} → {then}"
    moved = ""
    if "due_at" in detail:
        was, due = (_at(at, _law(detail, zone)) if at else None for at in detail["due_at"])
        moved = f"due {was} → {due}" if was and due else f"due {due}" if due else "no date is due"
    said = f"{_STEPS[detail['step']]}{why}"
    return f"{said.removesuffix('.')}; {moved}" if moved else said


def _law(detail: dict[str, Any], zone: str) -> str:
    """Return the zone of the state whose law counts the request, in which its dates are meant; *zone* where none is."""
    place = local_time.place(detail.get("jurisdiction"))
    return place.zones[0] if place else zone


def _at(at: str, zone: str) -> str:
    return words.instant(datetime.fromisoformat(at), zone)
