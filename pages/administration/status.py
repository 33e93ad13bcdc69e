"""Is all well; if not, what to do."""

import platform

import streamlit as st

from core import status
from core.access import Action
from pages.door.streams import open_streams
from pages.parts import desk

actor = desk.open_page("Status", Action.STATUS_READ)

with desk.looking(actor) as tx:
    now = status.look(actor, tx)
desk.as_of(desk.now(), actor.timezone)

for finding in now.findings:
    st.error(f"**{finding.what}** {finding.to_do}", icon=":material/priority_high:")
if not now.findings:
    st.success(
        "All is well: the database answers and has the tables this version expects, and background work is running.",
        icon=":material/check:",
    )

signed_in = sum(1 for stream in open_streams if stream.session_id is not None)
with st.container(horizontal=True):
    st.metric("Pages open, signed in", signed_in, width=220)
    st.metric("Pages open at the sign-in form", len(open_streams) - signed_in, width=220)
st.caption("Pages are those of this process. Figures for a monitoring system are at /metrics.")
st.caption(f"PostgreSQL {now.server_version} · Streamlit {st.__version__} · Python {platform.python_version()}")
