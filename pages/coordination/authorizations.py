"""Authorizations: every request that waits for a determination or to be told, the clock that runs out first on top."""

import streamlit as st

from core.access import Action
from pages.parts import authorizations, desk, live_lists

actor = desk.open_page("Authorizations", Action.AUTHORIZATION_WORK)


@st.fragment
def draw() -> None:
    """Draw the list and, beside it, the request that is open; what is done there opens the next."""
    person = live_lists.person(Action.AUTHORIZATION_WORK)
    listing, beside = st.columns([6, 5], gap="medium")
    with listing:
        authorizations.listed(person)
    with beside, st.container(key="authorizations.instead" if authorizations.instead() else "authorizations.beside"):
        authorizations.opened(person)


draw()
