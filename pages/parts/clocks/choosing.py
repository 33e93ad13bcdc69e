"""What the page shows, and what one does about the clock that is open."""

import streamlit as st

CLOCKS, DAYS_OFF, FOLLOW_UPS, TRY = "Clocks", "Days off", "Follow-ups", "Try it"
CHECK, VERSION = "Mark as checked", "New version"


def view_choice() -> str:
    """Draw the choice of what the page shows and return it."""
    chosen: str = st.segmented_control(
        "What to look at", [CLOCKS, DAYS_OFF, FOLLOW_UPS, TRY], default=CLOCKS, required=True, key="clocks.view",
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def act_choice() -> str | None:
    """Draw the choice of what to do about the clock that is open and return it; None where nothing is chosen."""
    chosen: str | None = st.segmented_control(
        "What to do", [CHECK, VERSION], key="clocks.what", label_visibility="collapsed"
    )
    return chosen
