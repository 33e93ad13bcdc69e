"""Who works here: add people, shut them out, say what they do and for whom."""

import streamlit as st

from core import assignment, scope, staff
from core.access import Action
from pages.parts import desk, joining, people, side

actor = desk.open_page("People", Action.PEOPLE_MANAGE)

with desk.looking(actor) as tx:
    everybody = staff.people(actor, tx, since=people.seen_since())
    clients = scope.clients(actor, tx, Action.PEOPLE_MANAGE)

listing, beside = side.panes(people.NAME, add="Add a person")
with listing:
    person = people.table(everybody)

with beside:
    if side.adding(people.NAME):
        act = joining.form(clients, timezone=actor.timezone)
        sent = people.SentForm(joining.NAME, act) if act else None
    elif person is None:
        st.caption("Choose a row to change the role or the clients, to set a password, to disable, or to end sessions.")
        st.stop()
    else:
        with desk.looking(actor) as tx:
            held = assignment.held(actor, tx, person.staff_id, at=desk.now())
        sent = people.acts(actor, person, clients, held)
    if sent is not None:
        people.carry_out(actor, sent.act, form=sent.form)
