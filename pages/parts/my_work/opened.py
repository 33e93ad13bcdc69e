"""Which item stands open beside the list of My work, and how the next one follows it."""

from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitInvalidLayoutContextError

OPEN = "work.open"
ONWARD = "work.onward"
OVER = "work.over"
WITHIN = "work.within"
"""The choices to which the list was narrowed when what stands beside it was opened."""

Key = tuple[int, int, int]
"""Client, claim and kind of work."""


def again() -> NoReturn:
    """Draw list and item anew: by themselves, or with the page where all of it is being drawn."""
    try:
        st.rerun(scope="fragment")
    except StreamlitInvalidLayoutContextError:
        st.rerun()


def go_on(said: str, *, stays: bool = False) -> NoReturn:
    """Say what was done, and open what is next, unless more is to do on this one."""
    if not stays:
        st.session_state[ONWARD] = st.session_state.get(ONWARD, 0) + 1
    st.toast(said, icon=":material/check:")
    again()
