"""Live intake: every claim that waits for first contact, the most urgent first, as it changes."""

import streamlit as st
from desk_board import Act

from core.access import Action
from core.queue import LIVE_INTAKE
from pages.parts import desk, live_lists, notices
from pages.parts.live_intake import early_calls

actor = desk.open_page("Live intake", Action.LIVE_WATCH)

ASSIGN = Act("assign", "Assign", "a", button=False)


@st.dialog("Assign")
def assign(claims: live_lists.Claims) -> None:
    """Hand out by keyboard: the dialog takes the focus and gives it back."""
    live_lists.assign_form(live_lists.person(Action.CLAIM_ASSIGN), claims, key="live_intake.dialog")


@st.fragment
def watch() -> None:
    """Draw the list and what to do with its selection; a selection redraws only this."""
    person = live_lists.person(Action.LIVE_WATCH)
    answer = live_lists.draw(person, LIVE_INTAKE, acts=[ASSIGN])
    with live_lists.foot():
        if answer.selected:
            live_lists.assign_form(person, live_lists.claims(answer.selected), key="live_intake.panel")
        elif not live_lists.undo_line(person):
            st.caption("Select claims to assign them.")
    if answer.act == ASSIGN.name:
        assign(live_lists.claims(answer.keys))


@st.fragment(run_every=60)
def noticed() -> None:
    """Draw what waits for a supervisor, and the calls that could not wait, as they come."""
    person = live_lists.person(Action.LIVE_WATCH)
    notices.waiting(person)
    early_calls.told(person)


noticed()
watch()
