"""Asking for a time where none is free for a claim's call: whom, with a note; what was asked; and saying no to it."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import triage, words
from core.access import Action, Actor
from core.intake import ClaimPage
from core.transactions import Connection
from core.triage import Ask, CallRequest, RequestKind
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.markdown import verbatim


def asked(page: ClaimPage, request: CallRequest) -> str:
    """Return, as markdown, who was asked for a time, when and by whom."""
    whom = verbatim(request.clinician or "")
    what = {
        RequestKind.OVERTIME: f"Asked {whom} for overtime",
        RequestKind.TIME: f"Asked {whom} for time in a full calendar",
        RequestKind.ESCALATION: "Escalated to supervisors",
    }[RequestKind(request.kind)]
    when = words.instant(request.asked_at, page.header.client_timezone)
    note = f": “{verbatim(request.note)}”" if request.note else ""
    return f"{what} at {when}, by {verbatim(request.asked_by)}{note}"


def standing(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw what is asked for, how it is answered, and for whom it is how it is declined or withdrawn."""
    request = page.open_request
    if request is None:
        return None
    answer = "It ends when a call is booked."
    if request.clinician_id == actor.staff_id:
        answer = "To say yes, set these hours on Triage calls, or move a call: the time is offered here then."
    elif actor.may(Action.CALL_OVERRIDE):
        answer = "To say yes, book a call: with a reason also against the calendar."
    st.info(f"**{asked(page, request)}**  \n{answer}", icon=":material/schedule_send:")
    if not triage.may_end(actor, request):
        return None
    form = of(page, "call_request")
    key = request_key(key_of(form))
    own = request.asked_by_id == actor.staff_id
    with st.popover("Withdraw request" if own else "Decline", key=f"time.ending.{key}"):
        why = st.text_input("Reason", key=f"time.why.{key}", help="Shown on the timeline. Name no person.")
        beside = st.container()
        if st.button("Withdraw request" if own else "Decline request", key=f"time.end.{key}"):
            return Sent(form, key, partial(_end, page, request, why), beside)
    return None


def asking(actor: Actor, page: ClaimPage, asks: tuple[Ask, ...]) -> Sent | None:
    """Draw whom one can ask for a time, and the note; return the request where it was sent."""
    able = [ask for ask in asks if ask.clinician_id or not actor.may(Action.CALL_OVERRIDE)]
    if not able or page.open_request:
        return None
    form = of(page, "call_request")
    key = request_key(key_of(form))
    with st.container(border=True):
        chosen = st.radio(
            "Ask for a time", able, index=None, format_func=_label, captions=[verbatim(ask.why) for ask in able],
            key=f"time.whom.{key}",
        )  # fmt: skip
        note = st.text_input(
            "Note, optional", key=f"time.note.{key}", placeholder=f"At most {triage.LONGEST_NOTE} characters",
            help="Shown on the timeline. Name no person.",
        )  # fmt: skip
        beside = st.container()
        pressed = st.button("Send request", key=f"time.send.{key}", disabled=chosen is None)
    return Sent(form, key, partial(_ask, page, chosen, note), beside) if pressed and chosen else None


def _label(ask: Ask) -> str:
    if ask.kind is RequestKind.ESCALATION:
        return "Escalate to supervisors"
    what = "overtime" if ask.kind is RequestKind.OVERTIME else "time in a full calendar"
    return f"Ask {verbatim(ask.clinician)} for {what}"


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}


def _ask(page: ClaimPage, chosen: Ask, note: str, actor: Actor, tx: Connection, at: datetime) -> str:
    triage.ask(actor, tx, **_where(page), kind=chosen.kind, clinician_id=chosen.clinician_id, note=note, at=at)
    whom = f"{verbatim(chosen.clinician)} and supervisors see" if chosen.clinician_id else "Supervisors see"
    return f"{page.header.claim_number}: {whom} it now, in My work"


def _end(page: ClaimPage, request: CallRequest, why: str, actor: Actor, tx: Connection, at: datetime) -> str:
    outcome = triage.end_request(actor, tx, **_where(page), request_id=request.request_id, why=why, at=at)
    return f"{page.header.claim_number}: request {outcome}; ask somebody else, or escalate"
