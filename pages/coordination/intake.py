"""Intake: the claims of the clients one serves that wait for first contact, the most urgent first."""

import streamlit as st
from desk_board import Act

from core.access import Action
from core.queue import INTAKE
from pages.parts import desk, queue

actor = desk.open_page("Intake", Action.QUEUE_WATCH)

TAKE = Act("take", "Take", "t")


@st.fragment
def work() -> None:
    """Draw the list; take from it what nobody has yet."""
    person = queue.person(Action.QUEUE_WATCH)
    answer = queue.draw(person, INTAKE, acts=[TAKE])
    with queue.foot(), desk.refusals_shown():
        if not answer.selected:
            queue.undo_line(person)
        if answer.act == TAKE.name:
            queue.give(person, queue.claims(answer.keys), to=person.staff_id, whom="you")


work()
