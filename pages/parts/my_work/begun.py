"""A report that somebody has begun on the telephone, of which there is no claim yet: it waits above the list."""

import streamlit as st

from core import drafts, words
from core.access import Actor
from pages.parts import desk

PAGE = "coordination/log_claim.py"


def begun_report(actor: Actor) -> None:
    """Draw the way back to the report that *actor* has begun, where one waits that has begun no claim yet."""
    with desk.looking(actor) as tx:
        since = drafts.report_waits(actor, tx, at=desk.now())
    if since is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="work.begun"):
        st.markdown(
            ":orange[:material/phone_in_talk: A report that you began waits since"
            f" {words.instant(since, actor.timezone)}: no claim is begun from it yet.]",
            width="content",
        )
        st.page_link(PAGE, label="Go on with the report", icon=":material/arrow_forward:", width="content")
