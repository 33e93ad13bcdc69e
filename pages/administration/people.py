"""Who works here: add people, shut them out, say what they do and for whom."""

import streamlit as st

from core import assignment, staff
from core.access import Action
from pages.parts import desk, passwords, people

actor = desk.open_page("People", Action.PEOPLE_MANAGE)

with desk.looking(actor) as tx:
    everybody = staff.people(actor, tx, since=people.seen_since())
    clients = staff.clients(actor, tx)

people.add(actor, clients)
person = people.pick(everybody)
if person is None:
    st.caption("Choose a person to change the role or the clients, to set a password, to disable, or to end sessions.")
    st.stop()

with desk.looking(actor) as tx:
    held = assignment.held(actor, tx, person.staff_id, at=desk.now())

act = people.acts(actor, person, clients, held)
if act is not None:
    people.carry_out(actor, act, form=passwords.GIVEN)
