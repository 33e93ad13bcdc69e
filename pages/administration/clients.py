"""Whom we work for and what was promised to them: add a client, change a promise or its closed days from a day on."""

import streamlit as st

from core import clients, closed_days
from core.access import Action
from pages.parts import clients as parts
from pages.parts import desk

actor = desk.open_page("Clients", Action.CLIENTS_MANAGE)

with desk.looking(actor) as tx:
    everyone = clients.listed(actor, tx, at=desk.now())

parts.table(everyone)
if everyone:
    changing, closing, adding = st.tabs(["Change a promise", "Closed days", "Add a client"])
    with changing:
        change = parts.promise_form(everyone, now=desk.now())
    with closing:
        if client := parts.day_choice(everyone):
            with desk.looking(actor) as tx:
                days = closed_days.listed(actor, tx, client_id=client.client_id, at=desk.now())
            change = parts.days_form(client, days, now=desk.now()) or change
    with adding:
        asked = parts.client_form() or change
else:
    asked = parts.client_form()
if asked is None:
    st.stop()

said = None
with asked.place, desk.refusals_shown(), desk.acting(actor) as tx:
    said = asked.act(actor, tx, desk.now())
if said:
    parts.start_anew(asked)
    desk.done(said)
