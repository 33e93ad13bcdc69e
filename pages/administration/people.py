"""Who works here: let people in, shut them out, say what they do and for whom."""

import streamlit as st

from core import staff
from core.access import Action
from pages.parts import desk, people

actor = desk.open_page("People", Action.PEOPLE_MANAGE)

with desk.looking(actor) as tx:
    everybody = staff.people(actor, tx, since=people.seen_since())
    clients = staff.clients(actor, tx)

person = people.pick(everybody)
if person is None:
    st.caption("Choose a person to change the role or the clients, to disable, or to end sessions.")
    st.stop()

act = people.acts(person, clients)
if act is None:
    st.stop()
with desk.refusals_shown():
    with desk.acting(actor) as tx:
        said = act(actor, tx, desk.now())
    desk.done(said)
