"""The item of My work that is open beside the list: whose claim it is, how its clock stands, and what is to do."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import intake, words, worklist
from core.access import Actor
from core.clocks import until_due
from core.worklist import (
    APPOINTMENT,
    ASK_AGAIN,
    BOOK_CALL,
    CALL_BACK,
    CONFIRM_REFERRAL,
    DETERMINE,
    ESCALATED,
    FIND_TIME,
    FINISH_INTAKE,
    FIRST_CONTACT,
    FOLLOW_UP,
    INTAKE,
    MAKE_CALL,
    REFERRAL_REPORT,
    RUNNING_OUT,
    TELL,
    TELL_CORRECTION,
    TO_SUPERVISOR,
)
from pages.parts import (
    authorizations,
    claim_clock,
    claim_pieces,
    desk,
    forms,
    live_lists,
    onlookers,
    referrals,
    timeline,
)
from pages.parts.my_work import handing
from pages.parts.my_work.aside import aside
from pages.parts.my_work.opened import OPEN, OVER, WITHIN, Key, go_on

_OWN_TIME = {
    INTAKE: "intake due",
    CALL_BACK: "call promised for",
    BOOK_CALL: "call to be booked by",
    MAKE_CALL: "triage call at",
    ASK_AGAIN: "to ask again",
    FINISH_INTAKE: "intake to be finished by",
    FIND_TIME: "time to be found by",
    FOLLOW_UP: "to follow up by",
    DETERMINE: "to be determined by",
    TELL: "to be told by",
    TELL_CORRECTION: "correction to be told by",
    CONFIRM_REFERRAL: "referral to be confirmed by",
    APPOINTMENT: "appointment or its booking due",
    REFERRAL_REPORT: "report due",
    RUNNING_OUT: "to be renewed by",
    ESCALATED: "goes to supervisors by",
    TO_SUPERVISOR: "to be determined by",
}
"""The kinds of work that are not due when first contact is, and what their own time is called."""

_REFERRED = {
    each.arm.number: each.code
    for each in worklist.KINDS
    if each.arm.number in (CONFIRM_REFERRAL, APPOINTMENT, REFERRAL_REPORT)
}
"""The codes of the work that referrals are, by their numbers."""


def item(person: Actor) -> None:
    """Draw the item that is open: whose claim, how its clock stands, how to reach, what is to do; and do it."""
    key: Key | None = st.session_state.get(OPEN)
    onlookers.leave(person, but=key and key[:2])
    if key is None:
        over = (
            "Nothing else waits on this list."
            if st.session_state.get(OVER)
            else "Choose a line, or press N for the most urgent."
        )
        st.info(over, icon=":material/task_alt:")
        return
    client_id, claim_id, kind = key
    page = found = None
    now = desk.now()
    with desk.refusals_shown(), desk.by_key(person) as tx:
        page = intake.open_claim(person, tx, client_id, claim_id)
        found = worklist.item(person, tx, client_id=client_id, claim_id=claim_id, kind=kind, at=now)
    if page is None:
        return
    calls = kind in (FIRST_CONTACT, CALL_BACK, MAKE_CALL)
    # All that names the worker in one go: the one before must not stand beside it while the rest is on its way.
    st.subheader(claim_pieces.title(page), anchor=False)
    claim_pieces.header(page)
    claim_pieces.reach(page, now=now)
    with st.container(horizontal=True, vertical_alignment="center"):
        if found is None or kind not in _OWN_TIME:
            claim_clock.clock(page, now=now)
        else:
            _own_clock(found, page.header.client_timezone, now)
    claim_pieces.closed(page)
    if calls and (page.open_questions or page.to_ask_again):
        claim_pieces.missing(page)
    _zones(person, page, now)
    handing.note(page)
    aside(person, page, found.due_at if found else None, key)
    sent = done = None
    for form in _forms(kind, now):
        sent = form(person, page) or sent
    if sent:
        with sent.beside:
            done = forms.perform(person, sent, now)
    if done:
        left = {INTAKE: page.open_questions, ASK_AGAIN: page.to_ask_again}.get(kind, ())
        go_on(done, stays=len(left) > 1)
    timeline.attempts(page, most=3)
    onlookers.others(client_id, claim_id)
    if st.button(
        "Open the claim's page", icon=":material/open_in_full:", type="tertiary", shortcut="O", key="work.page"
    ):
        live_lists.open_claim(client_id, claim_id, st.session_state.get(WITHIN, {}))


def _forms(kind: int, now: datetime) -> Sequence[Callable[[Actor, intake.ClaimPage], forms.Sent | None]]:
    """Return the forms by which work of this kind is done."""
    triage_call = partial(forms.triage_call, now=now)
    if kind in (INTAKE, ASK_AGAIN):
        return (forms.questions,)
    if kind in (BOOK_CALL, FIND_TIME):
        return (triage_call,)
    if kind in (FOLLOW_UP, DETERMINE, TELL, TELL_CORRECTION, RUNNING_OUT, ESCALATED, TO_SUPERVISOR):
        return (partial(authorizations.of_work, kind=kind, now=now),)
    if kind == FINISH_INTAKE:
        return (forms.unfinished,)
    if kind in _REFERRED:
        return (partial(referrals.of_work, kind=_REFERRED[kind], now=now),)
    called = (forms.first_contact, forms.attempt)
    return (triage_call, *called) if kind == MAKE_CALL else called


def _own_clock(found: worklist.Item, timezone: str, now: datetime) -> None:
    """Draw until when the questions are to be asked or the call is promised: as in the list, and no other time."""
    soon = worklist.soon_by(found)
    claim_clock.chip(until_due(found.due_at, at=now, soon=soon), due_at=found.due_at, soon=soon, now=now)
    st.markdown(f"{_OWN_TIME[found.kind]} {words.instant(found.due_at, timezone)}", width="content")


def _zones(person: Actor, page: intake.ClaimPage, now: datetime) -> None:
    """Say that the item's times are the client's, where clocks show others in the list beside it."""
    own, clients = (now.astimezone(ZoneInfo(zone)) for zone in (person.timezone, page.header.client_timezone))
    if (own.utcoffset(), own.tzname()) != (clients.utcoffset(), clients.tzname()):
        theirs, yours = (words.zone(zone, now) for zone in (page.header.client_timezone, person.timezone))
        st.caption(f"Times here are the client's, {theirs}; those of the list are yours, {yours}.")
