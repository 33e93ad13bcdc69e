"""What pages tell of a claim: its clock and why, the worker, what happened, and everything that was done."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from core import telephones, words
from core.clocks import Deadline, Kind, Step, sentence, soon_below
from core.intake import CONTACT_METHODS, DOUBTS, ELEMENTS, SAME_CLAIM_ANSWERS, ClaimPage, Entry, Header
from pages.parts.contacts import attempted
from pages.parts.markdown import verbatim

KINDS = {
    Kind.COUNTED: "Counted",
    Kind.CLOSED: "Skipped, closed",
    Kind.HOLIDAY: "Skipped, holiday",
    Kind.PAUSED: "Paused",
}

HAPPENED = {
    "reported": "Report taken in",
    "clock_resumed": "Clock runs again",
    "pause_ended": "Pause ended by the first contact",
    "first_contact_struck": "First contact struck: the clock goes on",
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


def clock(header: Header, deadline: Deadline, *, paused: bool, now: datetime) -> None:
    """
    Draw how the claim's promise stands, and behind one click every interval that led to the due time.

    It is three pieces for a row that the caller has opened.
    """
    zone = header.client_timezone
    if header.date_of_death and not header.first_contact_at:
        st.markdown("**:gray[:material/block: No first contact: the worker has died]**", width="content")
        return
    if header.closed_at and not header.first_contact_at:
        st.markdown("**:gray[:material/block: Closed]**", width="content")
        st.markdown(f"on {words.instant(header.closed_at, zone)}", width="content")
        return
    st.markdown(f"**{_clock_state(header, deadline, paused=paused, now=now)}**", width="content")
    st.markdown(f"due {words.instant(deadline.due_at, zone)}", width="content")
    with st.popover("Why this time", icon=":material/help:", type="tertiary"), st.container(key="why"):
        st.write(verbatim(sentence(deadline, zone)))
        st.table(_steps(deadline, zone), hide_index=True, alt="Every interval from the report to the due time")


def _clock_state(header: Header, deadline: Deadline, *, paused: bool, now: datetime) -> str:
    took = header.first_contact_at and words.brief(header.first_contact_at - header.reported_at)
    left = deadline.due_at - now
    match header:
        case Header(first_contact_at=datetime() as reached) if reached <= header.due_at:
            return f":green[:material/check: Reached in {took}]"
        case Header(first_contact_at=datetime()):
            return f":material/history: Reached after {took}"
    if paused and deadline.lasting_pause:
        since = words.instant(deadline.lasting_pause.starts_at, header.client_timezone)
        return f":blue[:material/hourglass_top: Paused since {since}]"
    return time_left(left, soon_below(deadline.wall))


def time_left(left: timedelta, soon: timedelta) -> str:
    """Return in markdown how much time is *left*, or over, until something is due; less than *soon* is soon."""
    if left < timedelta(0):
        return f":red[:material/priority_high: Overdue by {words.brief(-left)}]"
    if left < soon:
        return f":orange[:material/schedule: Due in {words.brief(left)}]"
    return f"Due in {words.brief(left)}"


def _steps(deadline: Deadline, zone: str) -> dict[str, list[str]]:
    """Return the steps as columns of words, with their sum as the last row."""

    def row(step: Step) -> tuple[str, ...]:
        counted = words.duration(step.counted) if step.counted else "—"
        span = words.span(step.starts, step.ends, zone)
        return span, KINDS[step.kind], counted, words.duration(step.wall), step.rule, step.by or ""

    total = ("Sum", "", words.duration(deadline.counted), words.duration(deadline.wall), "", "")
    names = ("From and to", "What", "Working time", "Wall time", "Rule", "Who")
    rows = [*map(row, deadline.steps), total]
    return {name: [verbatim(cells[column]) for cells in rows] for column, name in enumerate(names)}


def header(page: ClaimPage) -> None:
    """Draw whose claim it is and its frame, in two lines."""
    frame, zone = page.header, page.header.client_timezone
    name = " ".join(page.worker.name.splitlines())  # a heading has one line
    st.subheader(f"{verbatim(frame.claim_number)} · {verbatim(name)}", anchor=False)
    facts = [
        verbatim(frame.client_name),
        frame.jurisdiction or "state not known",
        f"injured {_day(frame.date_of_injury)}" + (f", {frame.injured_time:%H:%M}" if frame.injured_time else ""),
        f"reported {words.instant(frame.reported_at, zone)}" + (" (day only)" if frame.reported_to == "day" else ""),
        f"with {verbatim(frame.assignee)}" if frame.assignee else "with nobody yet",
    ]
    if frame.client_claim_number:
        facts.insert(1, f"client's number {verbatim(frame.client_claim_number)}")
    st.caption(" · ".join(facts))
    if frame.date_of_death:
        seen = f" {verbatim(frame.death_seen_by)} has acknowledged this." if frame.death_seen_by else ""
        st.error(
            f"The worker died on {_day(frame.date_of_death)}. Nobody calls the worker; the employer and the provider"
            f" can be contacted.{seen}",
            icon=":material/do_not_disturb_on:",
        )
    if frame.emergency:
        st.warning("Emergency: the worker was sent to emergency care at intake.", icon=":material/emergency:")


def closed(page: ClaimPage) -> None:
    """Draw, on a closed claim, since when it is closed and why, and what waits for its reopening."""
    frame = page.header
    if frame.closed_at is None:
        return
    left = len(page.open_questions)
    questions = f" {words.counted(left, 'open question')} would be asked again." if left else ""
    since = words.instant(frame.closed_at, frame.client_timezone)
    why = verbatim((frame.closed_why or "").rstrip("."))
    st.info(f"Closed since {since}: {why}. Nothing is due or asked.{questions}", icon=":material/block:")


def reach(page: ClaimPage) -> None:
    """
    Draw in one line what a call needs: to the worker where, how and in which language; else whom at the employer.

    Of a worker who has died only the latter.
    """
    worker = page.worker
    preferred = CONTACT_METHODS.get(worker.preferred_contact or "", worker.preferred_contact)
    ways = {
        "Telephone": _telephone(worker.phone),
        "E-mail": worker.email,
        "Prefers": preferred,
        "Language": worker.language,
    }
    known = _labelled(ways) or [":gray[Nothing is known yet of how to reach the worker.]"]
    if page.header.date_of_death:
        known = []
    by, back = page.narrative.reporter, _telephone(page.narrative.reporter_phone)
    other = _labelled({"Reported by": by, "call back at" if by else "Reporter, call back at": back})
    st.markdown(" · ".join([*known, ", ".join(other)] if other else known))


def facts(page: ClaimPage) -> None:
    """Draw what is known of the worker and of what happened."""
    worker, story = page.worker, page.narrative
    known = _labelled(
        {
            "Born": _day(worker.birth_date) if worker.birth_date else None,
            "Address": ", ".join(part for part in (worker.address, worker.postal_code) if part),
            "Part of body": story.body_part,
            "Nature": story.nature,
            "Cause": story.cause,
            "Place of injury": story.injury_place,
            "What happened": story.narrative,
        }
    )
    st.markdown("**What is known**")
    st.markdown("  \n".join(known) or "Nothing but the name.")


def doubts(page: ClaimPage) -> None:
    """Draw what looked wrong when the report arrived and was not corrected."""
    sentences = [DOUBTS[flag][1] for flag in page.header.flags if flag in DOUBTS]
    if sentences:
        st.caption(":material/flag: " + " ".join(sentences))


def timeline(page: ClaimPage) -> None:
    """Draw everything that happened, latest first; each with when, who and what, and why where a reason was given."""
    st.markdown("**What happened so far**")
    _entries(page, page.timeline)


def attempts(page: ClaimPage, *, most: int) -> None:
    """Draw the last attempts, at most so many, latest first."""
    tried = [entry for entry in page.timeline if entry.kind == "attempt"]
    st.markdown("**Last attempts**" if tried else ":gray[Nobody has tried to reach anybody yet.]")
    _entries(page, tried[:most])


def _entries(page: ClaimPage, entries: Sequence[Entry]) -> None:
    zone = page.header.client_timezone
    for entry in entries:
        what = attempted(entry, zone) if entry.kind == "attempt" else _said(page, entry)
        note = f"  \n{verbatim(entry.note)}" if entry.note else ""
        st.markdown(f":gray[{verbatim(words.instant(entry.at, zone))} · {verbatim(entry.by)}]  \n{what}{note}")


def _said(page: ClaimPage, entry: Entry) -> str:
    """Say what happened; of an entry that was not written by this desk's services no more than its kind."""
    try:
        return _happened(page, entry)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return verbatim(entry.kind.replace("_", " ").capitalize())


def _happened(page: ClaimPage, entry: Entry) -> str:
    kind, detail, zone = entry.kind, entry.detail or {}, page.header.client_timezone
    if kind in ("assigned", "assignment_undone", "taken_back"):
        return _changed_hands(entry, detail)
    if kind == "clock_paused":
        return f"Clock paused. {verbatim(_why_paused(page, entry.at))}".removesuffix(" ")
    if kind == "report_corrected":
        before, after = (words.instant(datetime.fromisoformat(at), zone) for at in detail["reported_at"])
        due = words.instant(datetime.fromisoformat(detail["due_at"][1]), zone)
        return f"Report's time corrected from {before} to {after}; due {due}. {verbatim(detail['why'])}"
    if kind in ("death_corrected", "death_withdrawn"):
        what = "Date of death corrected" if kind == "death_corrected" else "Date of death withdrawn: the clock runs"
        return f"{what}. {verbatim(detail['why'])}"
    if kind in ("question_answered", "question_unobtainable"):
        element = ELEMENTS.get(detail["element"], detail["element"])
        if said := SAME_CLAIM_ANSWERS.get(detail.get("answer", "")):
            return f"Answered: {element}: {said}"
        why = _why_never(page, detail)
        return f"Answered: {element}" if kind == "question_answered" else f"Cannot be had: {element}{why}"
    if kind in ("closed", "reopened"):
        return f"Claim {kind}. {verbatim(detail['why'])}"
    if kind == "condition_changed":
        became = {"alleged": "alleged again", "allowed": "allowed", "denied": "denied"}
        return f"Condition {became[detail['to']]}" if "to" in detail else "Condition corrected"
    if kind == "disclosed":
        what = "The claim's summary" if detail["document"] == "summary" else "A document"
        return f"{what} handed to somebody outside"
    return HAPPENED.get(kind, kind.replace("_", " ").capitalize())


def _changed_hands(entry: Entry, detail: dict[str, Any]) -> str:
    before, after = (verbatim(name) if name else None for name in (entry.whose, entry.to))
    if entry.kind == "assigned" and entry.to == entry.by:
        return f"Taken from {before}" if before else "Taken; nobody had it"
    what = {"assigned": "Handed over", "assignment_undone": "Handing over undone", "taken_back": "Taken back"}
    why = f": {before} {TAKEN_BACK[detail['why']]}" if entry.kind == "taken_back" else ""
    return f"{what[entry.kind]} from {before or 'nobody'} to {after or 'nobody yet'}{why}"


def _why_paused(page: ClaimPage, at: datetime) -> str:
    return next((pause.reason for pause in page.pauses if pause.starts_at == at), "")


def _why_never(page: ClaimPage, detail: dict[str, Any]) -> str:
    """Return, as the end of a sentence, why what was asked cannot be had."""
    which = (detail["element"], detail.get("reason"))
    why = next((each.unobtainable_why for each in page.questions if (each.element, each.reason) == which), None)
    return f". {verbatim(why)}" if why else ""


def _telephone(kept: str | None) -> str | None:
    return telephones.grouped(kept) if kept else None


def _labelled(values: dict[str, str | None]) -> list[str]:
    """Return each that has a value, its label in grey before it."""
    return [f":gray[{label}] {verbatim(value)}" for label, value in values.items() if value]


def _day(day: Any) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"
