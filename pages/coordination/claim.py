"""A claim: whose it is, how its promise stands and why, what is still to ask, and what was done."""

from functools import partial

import streamlit as st

from core import contact, intake
from core.access import Action
from pages.parts import claim_file, desk, forms, onlookers, queue, tables

actor = desk.open_page("Claim", Action.CLAIM_READ)

now = desk.now()
key = desk.claim_asked()
if key is None:
    st.info("No claim is chosen. Open one from the list of claims.")
    st.stop()

page = deadline = None
with desk.refusals_shown(), desk.looking(actor) as tx:
    page = intake.open_claim(actor, tx, *key)
    deadline = contact.explain(actor, tx, *key, now=now)
if page is None or deadline is None:
    st.stop()
desk.as_of(now, page.header.client_timezone)

tables.header(page)
with st.container(horizontal=True, vertical_alignment="center"):
    tables.clock(page.header, deadline, paused=page.paused, now=now)
    if actor.may(Action.QUEUE_WATCH):
        queue.next_button(actor, page.header)
    onlookers.others(*key)
    onlookers.news(page.header, len(page.timeline))
tables.closed(page)
tables.reach(page)

work, known = st.columns([3, 2], gap="large")
with work:
    act = answer = None
    calls = (forms.first_contact, forms.attempt)
    for form in (*calls, forms.questions, forms.supervision, forms.closing, partial(forms.death, now=now)):
        sent, below = form(actor, page), st.container()
        if sent:
            act, answer = sent, below
with known:
    tables.facts(page)
    tables.doubts(page)
    tables.timeline(page)
if st.toggle("Documents, conditions and summary", key=f"claim.file.{key}"):
    documents, conditions = st.columns([3, 2], gap="large")
    with documents:
        claim_file.documents(actor, page)
        claim_file.summary(actor, page)
    with conditions:
        claim_file.conditions(actor, page)

if act and answer:
    done = None
    with answer, desk.refusals_shown(), desk.acting(actor) as tx:
        done = act.do(actor, tx, now)
    if done:
        act.renew()
        desk.done(done)
