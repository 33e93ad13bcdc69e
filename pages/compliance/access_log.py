"""Who did what, and when: the audit events, newest first."""

from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from core import audit
from core.access import Action
from pages.parts import desk, record

actor = desk.open_page("Access log", Action.AUDIT_READ)

with desk.looking(actor) as tx:
    log = audit.recent(actor, tx, most=200)

events = log.events
zone = ZoneInfo(actor.timezone)
st.caption(f"The last {len(events)} events, newest first; times in {actor.timezone}. Opening this page is one of them.")
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
    key="access_log.events",
    hide_index=True,
    height=640,
    alt="Audit events, newest first",
)
