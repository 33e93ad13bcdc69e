"""My work: everything that is one's own or nobody's yet to do next, worked beside the list."""

import streamlit as st
from desk_board import Act

from core.access import Action
from core.worklist import MY_WORK
from pages.parts import desk, live_lists, my_work

actor = desk.open_page("My work", Action.QUEUE_WATCH)

TAKE = Act("take", "Take", "t")


@st.fragment
def draw() -> None:
    """Draw the list and, beside it, the item that is open; what is done there opens the next."""
    person = live_lists.person(Action.QUEUE_WATCH)
    whose = my_work.whose(person)
    listing, beside = st.columns([6, 5], gap="medium")
    with listing:
        answer = my_work.listed(person, MY_WORK, whose=whose, acts=[TAKE])
        with live_lists.foot(), desk.refusals_shown():
            if not answer.selected:
                live_lists.undo_line(person)
            if answer.act == TAKE.name:
                live_lists.give(person, live_lists.claims(answer.keys), to=person.staff_id, whom="you")
    with beside, st.container(key="work.beside"):
        my_work.item(person)


my_work.begun_report(actor)
draw()
