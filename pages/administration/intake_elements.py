"""What intake asks for, by client and state: see what a change would ask of waiting claims, put it in force or plan."""

import streamlit as st

from core import scope
from core.access import Action
from core.intake import ruling
from core.refusal import Refusal
from pages.parts import desk, forms
from pages.parts import intake_elements as parts
from pages.parts.markdown import verbatim

actor = desk.open_page("Intake elements", Action.RULES_MANAGE)

now = desk.now()
with desk.looking(actor) as tx:
    elements = ruling.listed(actor, tx, at=now)

listing, beside = st.columns([2, 1], gap="medium")
with listing:
    element = parts.table(elements)

with beside:
    if element is None:
        st.caption("Choose a row to see who is asked for it and since when, or to ask otherwise from a day on.")
        st.stop()
    parts.told(element)
    if not element.ruled:
        st.caption(ruling.NotForRules.text)
        st.stop()
    with desk.looking(actor) as tx:
        clients = scope.clients_in_zones(actor, tx, Action.RULES_MANAGE, at=now)
    asking, preview, button = parts.asking_form(element, clients, timezone=actor.timezone, now=now)
    moved = None
    if asking is not None:
        try:
            with desk.looking(actor) as tx:
                moved = ruling.preview(actor, tx, asking, at=now)
        except Refusal:  # told when it is sent
            moved = None
    if moved is not None:
        preview.info(verbatim(parts.would_move(moved, element)))
    sent = button() or parts.withdrawing(element)
if sent is None:
    st.stop()

done = None
with sent.refusals, desk.refusals_shown():
    with desk.acting(actor) as tx:
        done = sent.act(actor, tx, desk.now())
    ruling.begin(at=desk.now())
if done:
    forms.renew(sent.form)
    desk.done(done)
