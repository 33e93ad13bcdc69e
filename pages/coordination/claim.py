"""A claim: whose it is, how its promise stands and why, what is still to ask, and what was done."""

from functools import partial

import streamlit as st

from core import contact, intake
from core.access import Action
from pages.parts import desk, forms, queue, tables

actor = desk.open_page("Claim", Action.CLAIM_READ)

now = desk.now()
asked_for = desk.claim_asked()
if asked_for is None:
    st.info("No claim is chosen. Open one from the list of claims.")
    st.stop()

page = following = None
with desk.refusals_shown(), desk.looking(actor) as tx:
    page = intake.open_claim(actor, tx, *asked_for)
    deadline = contact.explain(actor, tx, *asked_for, now=now)
    following = intake.next_waiting(actor, tx, page.header) if actor.may(Action.QUEUE_WATCH) else None
if page is None:
    st.stop()
desk.as_of(now, page.header.client_timezone)

tables.header(page)
with st.container(horizontal=True, vertical_alignment="center"):
    tables.clock(page.header, deadline, paused=page.paused, now=now)
    if following and st.button("Next", icon=":material/skip_next:", shortcut="N", help="The claim due after this one"):
        queue.open_claim(*following)
tables.closed(page)
tables.reach(page)

work, told = st.columns([3, 2], gap="large")
with work:
    asked = answer = None
    for form in (forms.attempt, forms.questions, forms.supervision, forms.closing, partial(forms.death, now=now)):
        act, below = form(actor, page), st.container()
        if act:
            asked, answer = act, below
with told:
    tables.facts(page)
    tables.doubts(page)
    tables.timeline(page)

if asked and answer:
    said = None
    with answer, desk.refusals_shown(), desk.acting(actor) as tx:
        said = asked(actor, tx, now)
    if said:
        forms.renew(forms.name_of(page))
        desk.done(said)
