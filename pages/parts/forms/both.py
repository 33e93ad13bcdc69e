"""Two versions of the same, somebody else's and one's own: shown field by field, and decided with one press."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from core import words
from core.intake import Both
from pages.parts import fields
from pages.parts.forms.acts import both_key
from pages.parts.markdown import verbatim

KEEP_THEIRS = "Keep theirs"
PUT_MINE = "Put mine"


def versions(request: UUID, timezone: str) -> tuple[tuple[Both, ...], bool | None]:
    """
    Draw both versions of what the form *request* has said and somebody else meanwhile, where there are two.

    Return them, and whether one's own are to stand; None while that is not decided.
    """
    both: tuple[Both, ...] = st.session_state.get(both_key(request), ())
    if not both:
        return (), None
    with st.container(border=True, key=f"versions.{request}"):
        st.markdown(":orange[:material/call_split: **Somebody else changed this while you typed.** Nothing is lost.]")
        for each in both:
            who = verbatim(each.by) if each.by else "Somebody else"
            when = f" on {words.instant(each.at, timezone)}" if each.at else ""
            st.markdown(
                f"**{fields.label(each.field)}**  \n"
                f":gray[{who}{when}:] {_shown(each.field, each.theirs, timezone)}  \n"
                f":gray[You:] {_shown(each.field, each.mine, timezone)}"
            )
        with st.container(horizontal=True):
            theirs = st.button(KEEP_THEIRS, key=f"versions.theirs.{request}")
            mine = st.button(PUT_MINE, key=f"versions.mine.{request}")
    return both, (True if mine else False if theirs else None)


def _shown(field: str, written: str, timezone: str) -> str:
    if field == "reported_at":
        return words.instant(datetime.fromisoformat(written), timezone)
    return fields.shown(field, written)
