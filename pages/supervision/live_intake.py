"""Live intake: every claim that waits for first contact, the most urgent first, as it changes."""

import streamlit as st
from desk_board import Act

from core.access import Action
from core.queue import LIVE_INTAKE
from pages.parts import deaths, desk, queue

actor = desk.open_page("Live intake", Action.LIVE_WATCH)

ASSIGN = Act("assign", "Assign", "a", button=False)


@st.dialog("Assign")
def assign(claims: queue.Claims) -> None:
    """Hand out by keyboard: the dialog takes the focus and gives it back."""
    queue.assign_form(queue.person(Action.CLAIM_ASSIGN), claims, key="live_intake.dialog")


@st.fragment
def watch() -> None:
    """Draw the list and what to do with its selection; a selection redraws only this."""
    person = queue.person(Action.LIVE_WATCH)
    answer = queue.draw(person, LIVE_INTAKE, acts=[ASSIGN])
    with queue.foot():
        if answer.selected:
            queue.assign_form(person, queue.claims(answer.selected), key="live_intake.panel")
        elif not queue.undo_line(person):
            st.caption("Select claims to assign them.")
    if answer.act == ASSIGN.name:
        assign(queue.claims(answer.keys))


@st.fragment(run_every=60)
def deaths_told() -> None:
    """Draw the deaths that no supervisor has acknowledged, as they come."""
    deaths.unacknowledged(queue.person(Action.LIVE_WATCH))


deaths_told()
watch()
