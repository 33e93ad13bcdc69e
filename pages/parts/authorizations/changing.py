"""What happens to a request before it is decided, as forms behind buttons: completed, extended, standing still."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, words
from core.access import Actor
from core.authorizations import Request
from core.transactions import Connection
from pages.parts import desk
from pages.parts.authorizations.doing import form_of, key, sent
from pages.parts.forms.acts import Sent
from pages.parts.forms.moment import moment


class Change(NamedTuple):
    """Something that can be said of a request: its button, what it does, and whether a reason goes with it."""

    name: str
    label: str
    act: Callable[..., None]
    said: str
    when: str
    why: str = ""


def changes(request: Request) -> list[Change]:
    """Return what can be said of the request as it stands, what is mostly next first."""
    frame, can = request.frame, []
    if frame.complete_at is None:
        can.append(Change("complete", "Complete", authorizations.complete, "Request complete", "Complete at"))
    elif frame.information_asked_at is None:
        can.append(
            Change("extend", "Information asked for", authorizations.extend, "Noted that information was asked for",
                   "Asked at", "What was asked for")
        )  # fmt: skip
    if frame.information_asked_at and frame.information_at is None:
        can.append(Change("inform", "Information came", authorizations.inform, "Information noted", "Came at"))
    if frame.tolled_at is None:
        can.append(
            Change("toll", "Examination ordered", authorizations.toll, "Examination noted", "Ordered at",
                   "Which examination, and why")
        )  # fmt: skip
    elif frame.resumed_at is None:
        can.append(Change("resume", "Report came", authorizations.resume, "Report noted", "Came at"))
    if frame.deferred_at is None:
        can.append(
            Change(
                "defer",
                "Liability disputed",
                authorizations.defer,
                "Dispute noted",
                "Since",
                "What is disputed, and why: it stands in the letters",
            )
        )
    elif frame.taken_up_at is None:
        can.append(Change("take_up", "Dispute settled", authorizations.take_up, "Review taken up", "Settled at"))
    return can


def changing(actor: Actor, request: Request, now: datetime) -> Sent | None:
    """Draw what can be said of the request, each behind a button, and who reviews it; return what was sent."""
    sent_now = None
    with st.container(horizontal=True, key="authorization.changes"):
        for change in changes(request):
            with st.popover(change.label, key=f"change.{change.name}.{request.frame.request_id}"):
                sent_now = _form(actor, request, change, now) or sent_now
        if request.frame.complete_at is None:
            with st.popover("Missing", key=f"change.missing.{request.frame.request_id}"):
                sent_now = _missing(actor, request) or sent_now
        with st.popover("Reviewer", key=f"change.reviewer.{request.frame.request_id}"):
            sent_now = _reviewer(actor, request) or sent_now
        with st.popover("Due by hand", key=f"change.due.{request.frame.request_id}"):
            sent_now = _due(actor, request) or sent_now
    return sent_now


def _form(actor: Actor, request: Request, change: Change, now: datetime) -> Sent | None:
    form, drawn = form_of(request, "changing")
    zone = ZoneInfo(request.frame.timezone)
    at_key, why_key = f"{change.name}.at", f"{change.name}.why"
    with st.form(f"{change.name}.{drawn}", border=False, enter_to_submit=False):
        on = moment(
            f"{change.when}, {words.zone(zone.key)}", zone, value=None, key=f"{at_key}.{drawn}", help="Empty for now."
        )
        why = st.text_input(change.why, key=f"{why_key}.{drawn}") if change.why else ""
        beside = st.container()
        pressed = st.form_submit_button(change.label, type="primary", key=f"{change.name}.go.{drawn}")
    if pressed and on.lacking:
        beside.error(on.lacking, icon=desk.ALERT)
    if not pressed or on.lacking:
        return None
    more: dict[str, Any] = {"why": why} if change.why else {}
    return sent(form, drawn, partial(_at, change.act, key(request, drawn), on.at, more), change.said, beside)


def _at(
    act: Callable[..., None], of: authorizations.Key, on: datetime | None, more: dict[str, Any], actor: Actor,
    tx: Connection, *, at: datetime,
) -> None:  # fmt: skip
    act(actor, tx, of, on=on or at, at=at, **more)


def _missing(actor: Actor, request: Request) -> Sent | None:
    form, drawn = form_of(request, "changing")
    with st.form(f"missing.{drawn}", border=False, enter_to_submit=False):
        missing = st.text_area("What is missing", value=request.frame.missing or "", key=f"missing.what.{drawn}")
        beside = st.container()
        pressed = st.form_submit_button("Save what is missing", key=f"missing.go.{drawn}")
    if not pressed:
        return None
    act = partial(authorizations.send_back, key=key(request, drawn), missing=missing)
    return sent(form, drawn, act, "Saved what is missing", beside)


def _reviewer(actor: Actor, request: Request) -> Sent | None:
    form, drawn = form_of(request, "changing")
    with desk.looking(actor) as tx:
        people = authorizations.reviewers(actor, tx, client_id=request.frame.client_id)
    if not people:
        st.caption("Nobody of the clinical staff works for this client. An administrator can give it to somebody.")
        return None
    chosen = st.selectbox(
        "Who reviews it", people, format_func=lambda each: each.full_name, placeholder="Choose a reviewer",
        index=next((n for n, each in enumerate(people) if each.staff_id == request.frame.reviewer_id), None),
        key=f"reviewer.{drawn}",
    )  # fmt: skip
    beside = st.container()
    if not st.button("Set reviewer", key=f"reviewer.go.{drawn}", disabled=chosen is None) or chosen is None:
        return None
    act = partial(authorizations.assign, key=key(request, drawn), reviewer_id=chosen.staff_id)
    return sent(form, drawn, act, "Reviewer set", beside)


def _due(actor: Actor, request: Request) -> Sent | None:
    form, drawn = form_of(request, "changing")
    zone = ZoneInfo(request.frame.timezone)
    set_now = request.frame.due_at if request.frame.due_why else None
    with st.form(f"due.{drawn}", border=False, enter_to_submit=False):
        due = moment(
            f"Due at, {words.zone(zone.key)}", zone, value=set_now, key=f"due.at.{drawn}",
            help="Empty where the law's clock is to count it.",
        )  # fmt: skip
        why = st.text_input("Reason", value=request.frame.due_why or "", key=f"due.why.{drawn}")
        beside = st.container()
        pressed = st.form_submit_button("Set the date", key=f"due.go.{drawn}")
    if pressed and due.lacking:
        beside.error(due.lacking, icon=desk.ALERT)
    if not pressed or due.lacking:
        return None
    act = partial(authorizations.set_due, key=key(request, drawn), due_at=due.at, why=why)
    return sent(form, drawn, act, "Date set by hand" if due.at else "The law's clock counts again", beside)
