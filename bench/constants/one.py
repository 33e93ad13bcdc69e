"""A page of constants."""

import streamlit as st

from core.access import Action
from pages.parts import desk

desk.open_page("One", Action.LIVE_WATCH)
st.write("This page says the same to everybody.")
