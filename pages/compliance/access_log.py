"""Who did what, and when: the audit events, newest first."""

from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from core import audit, words
from core.access import Action
from pages.parts import deaths, desk, record

actor = desk.open_page("Access log", Action.AUDIT_READ)

before: audit.Place | None = st.session_state.get("access_log.before")
with desk.looking(actor) as tx:
    log = audit.recent(actor, tx, most=200, before=before)


def go(to: audit.Place | None) -> None:
    """Read on from *to*; None is the latest event."""
    st.session_state["access_log.before"] = to


deaths.unacknowledged(actor)
events = log.events
zone = ZoneInfo(actor.timezone)
which = (
    f"Events before {words.instant(before.at, actor.timezone)}"
    if before
    else f"The last {words.counted(len(events), 'event')}"
)
own = "" if before else " Opening this page is one of them."
st.caption(f"{which}, newest first; times in {actor.timezone}.{own}")
st.dataframe(
    pa.table(
        {
            "When": [f"{e.at.astimezone(zone):%a %d %b %Y, %H:%M:%S}" for e in events],
            "Who": [e.actor for e in events],
            "Did": [e.verb.replace("_", " ") for e in events],
            "To what": [record.subject(e, log) for e in events],
            "Client": [e.client or "" for e in events],
            "More": [record.more(e, log, actor.timezone) for e in events],
        }
    ),
    key=f"access_log.events.{before.event_id if before else 0}",
    hide_index=True,
    height=640,
    alt="Audit events, newest first",
)
with st.container(horizontal=True):
    if log.earlier:
        st.button("Show earlier events", key="access_log.earlier", on_click=go, args=(log.earlier,))
    if before:
        st.button("Show the latest events", key="access_log.latest", on_click=go, args=(None,))
