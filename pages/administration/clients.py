"""Whom we work for and what was promised to them: add a client, change a promise from a day on."""

import streamlit as st

from core import clients
from core.access import Action
from pages.parts import clients as parts
from pages.parts import desk

actor = desk.open_page("Clients", Action.CLIENTS_MANAGE)

with desk.looking(actor) as tx:
    everyone = clients.listed(actor, tx, at=desk.now())

parts.table(everyone)
if everyone:
    changing, adding = st.tabs(["Change a promise", "Add a client"])
    with changing:
        change = parts.promise_form(everyone, now=desk.now())
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
