"""Is everything well; if not, what to do."""

import streamlit as st

from core import readiness
from core.access import Action
from pages.door.streams import open_streams
from pages.parts import desk

actor = desk.open_page("Status", Action.STATUS_READ)

trouble = readiness.trouble()
if trouble:
    st.error(trouble, icon=":material/priority_high:")
else:
    st.write("Everything is well: the database answers and has the tables this version expects.")

signed_in = sum(1 for stream in open_streams if stream.session_id is not None)
database, pages, nobody = st.columns(3)
database.metric("PostgreSQL", "no answer" if trouble else readiness.server_version())
pages.metric("Pages open, signed in", signed_in)
nobody.metric("Pages open at the sign-in form", len(open_streams) - signed_in)
st.caption("Pages are those of this process. Figures for a monitoring system are at /metrics.")
