"""A claim: whose it is, how its promise stands and why, whom to call, and what is done next; the rest by tabs."""

import streamlit as st

from core import intake
from core.access import Action
from pages.parts import claim_clock, claim_pieces, desk, forms, live_lists, onlookers
from pages.parts.claim_tabs import TABS

actor = desk.open_page("Claim", Action.CLAIM_READ, headed=False)

now = desk.now()
key = desk.claim_asked()
if key is None:
    desk.heading("Claim")
    st.info("No claim is chosen. Open one from the list of claims.")
    st.stop()

page = None
with desk.refusals_shown(), desk.by_key(actor) as tx:
    page = intake.open_claim(actor, tx, *key)
if page is None:
    st.stop()
desk.heading(claim_pieces.title(page))
desk.as_of(now, page.header.client_timezone)

claim_pieces.header(page)
with st.container(horizontal=True, vertical_alignment="center", key="claim.line"):
    claim_clock.clock(page, now=now)
    claim_pieces.more(page, now=now)
    if actor.may(Action.QUEUE_WATCH):
        live_lists.next_button(actor, page.header)
    desk.way_back()
    onlookers.others(page.header.client_id, page.header.claim_id)
    onlookers.news(page.header, len(page.timeline))
claim_pieces.merged(page)
claim_pieces.closed(page)
claim_pieces.reach(page, now=now)

name, tab = desk.open_tab(list(TABS))
with tab:
    sent = TABS[name](actor, page, now)

if sent:
    with sent.beside:
        done = forms.perform(actor, sent, now)
    if done:
        desk.done(done)
