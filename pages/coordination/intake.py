"""Intake: the claims of the clients one serves that wait for first contact, the most urgent first."""

import streamlit as st
from desk_board import Act

from core.access import Action
from core.queue import INTAKE
from pages.parts import desk, live_lists

actor = desk.open_page("Intake", Action.QUEUE_WATCH)

TAKE = Act("take", "Take", "t")


@st.fragment
def work() -> None:
    """Draw the list; take from it what nobody has yet."""
    person = live_lists.person(Action.QUEUE_WATCH)
    answer = live_lists.draw(person, INTAKE, acts=[TAKE])
    with live_lists.foot(), desk.refusals_shown():
        if not answer.selected:
            live_lists.undo_line(person)
        if answer.act == TAKE.name:
            live_lists.give(person, live_lists.claims(answer.keys), to=person.staff_id, whom="you")


work()
