"""Everything that happened to a claim, as its page tells it: latest first, by kind, and done together told together."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import streamlit as st

from core import words
from core.contact import CHANNEL_WORDS, Channel
from core.intake import ELEMENTS, SAME_CLAIM_ANSWERS, ClaimPage, Entry
from core.intake.correction import FIRST_ENTRY
from core.intake.telephone import TOLD_LATER
from pages.parts import fields, folding, timeline_requests
from pages.parts.contacts import attempted
from pages.parts.markdown import verbatim
from pages.parts.referrals import telling

HAPPENED = {
    "reported": "Report taken in",
    "intake_finished": "Intake by telephone finished",
    "clock_resumed": "Clock runs again",
    "pause_ended": "Pause ended by the first contact",
    "first_contact_struck": "First contact struck: the clock is as if there had been none",
    "death_reported": "Date of death recorded: nobody calls the worker",
    "death_acknowledged": "Death acknowledged",
    "document_added": "Document added",
    "condition_added": "Condition added",
    "network_set": "Certified network set",
}

TAKEN_BACK = {
    "disabled": "may not sign in any more",
    "role_changed": "has another role",
    "not_served": "no longer works for the client",
}
"""Why a claim was taken from whoever had it, said of that person."""


EVERYTHING = "Everything"

_KINDS = {
    "Contact": ("attempt", "first_contact", "consent_"),
    "Intake": (
        *("reported", "report_corrected", "fields_corrected", "question_", "asked_by_rule", "death_", "merge"),
        "intake_",
    ),
    "Clock": ("clock_", "pause_ended", "report_corrected", "closed", "reopened"),
    "Calls": ("call_",),
    "Referrals": ("referral_", "appointment_"),
    "Who has it": ("assigned", "assignment_undone", "taken_back"),
    "Authorizations": ("authorization_", "determin"),
    "Documents": ("document_", "condition_", "network_set", "disclosed"),
}
"""What the history is narrowed to, by how the names of its kinds begin."""

_ICONS = {
    "Contact": "call",
    "Intake": "edit_note",
    "Clock": "schedule",
    "Calls": "event",
    "Referrals": "move_up",
    "Who has it": "swap_horiz",
    "Authorizations": "fact_check",
    "Documents": "description",
}


Below = Callable[[Entry], None]
"""Draws, below an entry, what can be done about it."""


def history(page: ClaimPage, *, below: Below | None = None) -> None:
    """Draw what happened, or what of it is chosen; each with when, who, what and, where it is said, why."""
    where = f"claim.{page.header.client_id}.{page.header.claim_id}.history"
    there = [kind for kind in _KINDS if any(_is(kind, entry) for entry in page.timeline)]
    chosen = st.segmented_control("Show", [EVERYTHING, *there], default=EVERYTHING, required=True, key=where)
    some = [entry for entry in page.timeline if chosen in (None, EVERYTHING) or _is(chosen, entry)]
    entries(page, some, below=below)


def attempts(page: ClaimPage, *, most: int | None = None, below: Below | None = None) -> None:
    """Draw the attempts, latest first; at most so many."""
    tried = [entry for entry in page.timeline if entry.kind == "attempt"]
    st.markdown("**Last attempts**" if tried else ":gray[Nobody has tried to reach anybody yet.]")
    entries(page, tried[:most], below=below)


def _is(kind: str, entry: Entry) -> bool:
    return entry.kind.startswith(_KINDS[kind])


def _icon(entry: Entry) -> str:
    kind = next((kind for kind in _KINDS if _is(kind, entry)), None)
    return f":material/{_ICONS[kind]}: " if kind else ""


def _done_together(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Go through the entries; answers that one person gave in one go are one."""
    for (*_, answers), together in groupby(entries, lambda e: (e.at, e.by, e.of, e.kind.startswith("question_"))):
        if answers:
            yield tuple(together)
        else:
            yield from ((entry,) for entry in together)


def entries(page: ClaimPage, some: Sequence[Entry], *, below: Below | None = None) -> None:
    """Draw *some* entries of the claim's timeline in their order."""
    zone = page.header.client_timezone
    for number, together in enumerate(_done_together(some)):
        entry = together[0]
        if entry.kind == "attempt":
            what = attempted(entry, zone)
        else:
            what = "  \n".join(_said(page, each) for each in reversed(together))
        of = f" · {verbatim(entry.of)}" if entry.of else ""
        when = f":gray[{_icon(entry)}{verbatim(words.instant(entry.at, zone))} · {verbatim(entry.by)}{of}]"
        st.markdown("  \n".join([f"{when}  \n{what}", *_changes(entry)]))
        if entry.note:
            folding.text(entry.note, key=f"note.{number}.{entry.at:%s}.{page.header.claim_id}")
        if below:
            below(entry)


def _changes(entry: Entry) -> list[str]:
    """Return a line for each field that was corrected, or was answered in the place of what stood there, and why."""
    changes = entry.changes or []
    lines = [
        f":gray[{fields.named(str(each['field']))}] {_brief(each, 'became')}"
        + (f" :gray[· was {_brief(each, 'was')}]" if each["was"] else "")
        for each in changes
        if each["was"] or entry.kind == "fields_corrected"
    ]
    whys = dict.fromkeys(
        each["why"] for each in changes if each["why"] and each["why"] not in (FIRST_ENTRY, TOLD_LATER)
    )
    return [*lines, *map(verbatim, whys)]


def _brief(change: dict[str, str | None], which: str) -> str:
    written = change[which] or ""
    short = fields.cut(written) if change["field"] == "narrative" else None
    return fields.shown(str(change["field"]), short or written)


def _said(page: ClaimPage, entry: Entry) -> str:
    """Say what happened; of an entry that was not written by this desk's services no more than its kind."""
    try:
        return _happened(page, entry)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return verbatim(entry.kind.replace("_", " ").capitalize())


def _happened(page: ClaimPage, entry: Entry) -> str:
    kind, detail, zone = entry.kind, entry.detail or {}, page.header.client_timezone
    if kind == "pause_ended" and any(
        each.kind == "first_contact_struck" and each.at > entry.at for each in page.timeline
    ):
        return f"{HAPPENED[kind]} that was struck"
    if kind in ("assigned", "assignment_undone", "taken_back"):
        return _changed_hands(entry, detail)
    if kind == "clock_paused":
        why = "" if entry.of else _why_paused(page, entry.at)
        return f"Clock paused. {verbatim(why)}".removesuffix(" ")
    if kind == "report_corrected":
        before, after = (words.instant(datetime.fromisoformat(at), zone) for at in detail["reported_at"])
        due = words.instant(datetime.fromisoformat(detail["due_at"][1]), zone)
        return f"Report's time corrected from {before} to {after}; due {due}. {verbatim(detail['why'])}"
    if kind in ("death_corrected", "death_withdrawn"):
        what = "Date of death corrected" if kind == "death_corrected" else "Date of death withdrawn: the clock runs"
        return f"{what}. {verbatim(detail['why'])}"
    if kind.startswith("consent_"):
        said = next((verbatim(each.words) for each in page.consents if each.consent_id == detail["consent"]), "")
        what = f"Consent to {CHANNEL_WORDS[Channel(detail['channel'])].lower()} {kind.removeprefix('consent_')}"
        return f"{what}: “{said}”" if said else what
    if kind.startswith("call_request_"):
        return _asked_for(entry, detail)
    if kind.startswith(_KINDS["Authorizations"]):
        return timeline_requests.happened(entry, detail, zone)
    if kind.startswith("call_"):
        return _called(entry, detail, zone)
    if kind.startswith(("referral_", "appointment_")):
        return telling.happened(kind, detail)
    if kind in ("question_answered", "question_unobtainable"):
        element = ELEMENTS.get(detail["element"], detail["element"])
        if said := SAME_CLAIM_ANSWERS.get(detail.get("answer", "")):
            return f"Answered: {element}: {said}"
        if kind == "question_answered":
            return f"Answered: {element}"
        why = "" if entry.of else _why_never(page, entry, detail)
        if again := detail.get("ask_again_at"):
            when = words.instant(datetime.fromisoformat(again), zone)
            return f"Not known yet: {element}{why.rstrip('.')}. Ask again {when}"
        return f"Cannot be had: {element}{why}"
    if kind == "asked_by_rule":
        return "; ".join(_by_rule(detail)).capitalize()
    if kind == "fields_corrected" and any(each["why"] == FIRST_ENTRY for each in entry.changes or []):
        return "Representative added"
    if kind == "fields_corrected" and any(each["why"] == TOLD_LATER for each in entry.changes or []):
        return f"{words.counted(len(detail['fields']), 'field')} filled in during the call"
    if kind == "fields_corrected":
        return f"{words.counted(len(detail['fields']), 'field')} corrected"
    if kind in ("closed", "reopened"):
        return f"Claim {kind}. {verbatim(detail['why'])}"
    if kind == "intake_left":
        return f"Intake by telephone left unfinished. {verbatim(detail['why'])}"
    if kind == "merged":
        into, other = (verbatim(detail.get(name, "")) for name in ("into", "other"))
        return f"Merged into {into}" if into else f"{other} merged into this claim: its history is told here too"
    if kind == "merge_undone":
        into, other = (verbatim(detail.get(name, "")) for name in ("into", "other"))
        return f"Merge into {into} undone" if into else f"Merge of {other} undone: it is a claim of its own again"
    if kind == "condition_changed":
        became = {"alleged": "alleged again", "allowed": "allowed", "denied": "denied"}
        return f"Condition {became[detail['to']]}" if "to" in detail else "Condition corrected"
    if kind == "disclosed":
        what = "The claim's summary" if detail["document"] == "summary" else "A document"
        return f"{what} handed to somebody outside"
    return HAPPENED.get(kind, kind.replace("_", " ").capitalize())


def _by_rule(detail: dict[str, Any]) -> Iterator[str]:
    """Yield in words what a rule of intake has asked for from then on, and what no longer."""
    for which, said in (("asked", "asked by rule from now on"), ("dropped", "no longer asked by rule")):
        if elements := detail.get(which):
            yield f"{said}: {', '.join(ELEMENTS.get(each, each) for each in elements)}"


def _changed_hands(entry: Entry, detail: dict[str, Any]) -> str:
    before, after = (verbatim(name) if name else None for name in (entry.whose, entry.to))
    if entry.kind == "assigned" and entry.to == entry.by:
        return f"Taken from {before}" if before else "Taken; nobody had it"
    what = {"assigned": "Handed over", "assignment_undone": "Handing over undone", "taken_back": "Taken back"}
    why = f": {before} {TAKEN_BACK[detail['why']]}" if entry.kind == "taken_back" else ""
    return f"{what[entry.kind]} from {before or 'nobody'} to {after or 'nobody yet'}{why}"


_BECAME = {
    "call_booked": "Triage call booked",
    "call_moved": "Triage call moved",
    "call_done": "Triage call made",
    "call_missed": "Triage call missed by the worker",
    "call_cancelled": "Triage call cancelled",
}


def _asked_for(entry: Entry, detail: dict[str, Any]) -> str:
    why = f". {verbatim(detail['why'])}" if "why" in detail else ""
    if entry.kind != "call_request_made":
        became = "withdrawn" if entry.kind == "call_request_withdrawn" else "declined"
        return f"Request for a time {became}{why}"
    whom = f" {verbatim(entry.to or '')}"
    what = {
        "overtime": f"Asked{whom} for overtime",
        "time": f"Asked{whom} for time in a full calendar",
        "escalation": "Escalated to supervisors",
    }
    return f"No time free for the triage call: {what[detail['kind']]}{why}"


def _called(entry: Entry, detail: dict[str, Any], zone: str) -> str:
    times = detail["starts_at"] if isinstance(detail["starts_at"], list) else [detail["starts_at"]]
    said = " to ".join(words.instant(datetime.fromisoformat(at), zone) for at in times)
    before = f"from {verbatim(entry.whose)} to " if entry.whose and entry.whose != entry.to else "with "
    why = f". {verbatim(detail['why'])}" if "why" in detail else ""
    return f"{_BECAME[entry.kind]}: {'from ' if len(times) > 1 else ''}{said}, {before}{verbatim(entry.to or '')}{why}"


def _why_paused(page: ClaimPage, at: datetime) -> str:
    return next((pause.reason for pause in page.pauses if pause.starts_at == at), "")


def _why_never(page: ClaimPage, entry: Entry, detail: dict[str, Any]) -> str:
    """Return, as the end of a sentence, why what was asked cannot be had; said then, for it may be asked again."""
    which = (detail["element"], detail.get("reason"), entry.at)
    why = next(
        (each.unobtainable_why for each in page.questions if (each.element, each.reason, each.answered_at) == which),
        None,
    )
    return f". {verbatim(why)}" if why else ""
