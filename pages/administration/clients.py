"""Whom we work for and what was promised to them: add a client, change its promise, closed days, name or time zone."""

import streamlit as st

from core import clients, closed_days
from core.access import Action
from pages.parts import clients as parts
from pages.parts import desk, side
from pages.parts.markdown import verbatim

actor = desk.open_page("Clients", Action.CLIENTS_MANAGE)

now = desk.now()
with desk.looking(actor) as tx:
    everyone = clients.listed(actor, tx, at=now)

client = None
if everyone:
    listing, beside = side.panes(parts.NAME, add="Add a client")
    with listing:
        client = parts.table(everyone)
else:
    beside = st.container(width=560)
    beside.info("There is no client yet. Add the first one; then give it to people on the page People.")

with beside:
    if side.adding(parts.NAME) or not everyone:
        sent = parts.client_form(now=now)
    elif client is None:
        st.caption("Choose a row to change what is promised, the closed days, the name or the time zone.")
        st.stop()
    else:
        st.subheader(verbatim(f"{client.name} ({client.code})"), anchor=False)
        what = parts.part_choice()
        if what == parts.CLOSED_DAYS:
            with desk.looking(actor) as tx:
                days = closed_days.listed(actor, tx, client_id=client.client_id, at=now)
            sent = parts.days_form(client, days, now=now)
        elif what == parts.PROMISE:
            sent = parts.promise_form(actor, client, now=now)
        else:
            sent = parts.name_form(client, now=now)
if sent is None:
    st.stop()

done = None
with sent.refusals, desk.refusals_shown(), desk.acting(actor) as tx:
    done = sent.act(actor, tx, desk.now())
if done:
    parts.start_anew(sent)
    side.close_adding(parts.NAME)
    desk.done(done)
