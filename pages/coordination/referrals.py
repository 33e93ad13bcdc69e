"""Referrals: those that are open, what is due first before the others; a line opens beside the list."""

import streamlit as st
from desk_board import Act

from core.access import Action
from pages.parts import desk, live_lists, referrals

actor = desk.open_page("Referrals", Action.REFERRAL_MAKE)

TAKE = Act("take", "Take", "t")


@st.fragment
def draw() -> None:
    """Draw the list and, beside it, the referral that is open, with what it still needs."""
    person = live_lists.person(Action.REFERRAL_MAKE)
    listing, beside = st.columns([6, 5], gap="medium")
    with listing:
        answer = referrals.listed(person, acts=[TAKE])
        with live_lists.foot(), desk.refusals_shown():
            if not answer.selected:
                live_lists.undo_line(person)
            if answer.act == TAKE.name:
                live_lists.give(person, live_lists.claims(answer.keys), to=person.staff_id, whom="you")
    with beside, st.container(key="referrals.beside"):
        referrals.opened(person)


draw()
