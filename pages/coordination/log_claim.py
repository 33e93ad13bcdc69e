"""Log a claim while the caller is on the phone: what is known now; the rest becomes open questions."""

import streamlit as st

from core import scope
from core.access import Action
from pages.parts import desk, log_claim

actor = desk.open_page("Log a claim", Action.CLAIM_REPORT)

with desk.looking(actor) as tx:
    clients = scope.clients_in_zones(actor, tx, Action.CLAIM_REPORT, at=desk.now())
if not clients:
    st.info("No client is given to you yet. An administrator gives clients to people.")
    st.stop()

log_claim.draw(actor, clients, desk.now())
