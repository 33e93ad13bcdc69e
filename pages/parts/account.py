"""What stands at the menu's foot under a person's name: who it is, changing the password, signing out."""

import streamlit as st

from core.access import ROLE_NAMES, Actor
from core.settings import settings
from pages.parts import desk, onlookers
from pages.parts.markdown import verbatim


def draw(person: Actor) -> bool:
    """Draw at the menu's foot who is signed in, with what that person does about it; whether to change the password."""
    drawn = st.session_state.setdefault("menu.account.drawn", 0)
    with st.sidebar, st.container(key="menu.account"):
        if settings().desk_sample:
            st.caption("Sample data: public reports, invented people.")
        name, icon = verbatim(person.name), ":material/account_circle:"
        with st.popover(name, icon=icon, type="tertiary", key=f"menu.account.{drawn}"):
            st.markdown(f"**{name}**  \n{ROLE_NAMES[person.role]}")
            changing = st.button(
                "Change password", icon=":material/key:", type="tertiary", key="menu.password", on_click=_fold_account
            )
            sign_out(person)
    return changing


def sign_out(person: Actor) -> None:
    """Draw what ends the sign-in of *person*."""
    if st.button("Sign out", icon=":material/logout:", type="tertiary", key="menu.sign_out"):
        onlookers.leave(person)
        desk.leave_for("/session/end")


def _fold_account() -> None:
    """Have the account's menu drawn anew, closed: it would stay open behind what it has opened."""
    st.session_state["menu.account.drawn"] += 1
