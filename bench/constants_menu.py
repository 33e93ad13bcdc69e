"""What Streamlit runs for the pages of constants: sign-in and menu as for the desk's own."""

import streamlit as st
from desk_board import keys

from core.access import Action
from pages import menu
from pages.parts import desk


def one() -> None:
    """Draw constants."""
    desk.open_page("One", Action.LIVE_WATCH)
    st.write("This page says the same to everybody.")


def two() -> None:
    """Draw other constants."""
    desk.open_page("Two", Action.LIVE_WATCH)
    st.write("This page says the same to everybody, too.")


st.set_page_config(page_title="Constants", layout="wide")
st.html(menu._STYLE)
person = desk.actor()
chosen = st.navigation([st.Page(one, title="One"), st.Page(two, title="Two")])
menu._person(person)
with st.container(key="menu.keys"):
    keys("menu.keys.go", [])
with desk.known(person):
    desk.watch()
    chosen.run()
