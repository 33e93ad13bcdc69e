"""The list of people, and what an administrator can do to one of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import pyarrow as pa
import streamlit as st

from core import staff
from core.access import ROLE_NAMES, Actor, Role
from core.settings import settings
from core.transactions import Connection
from pages.parts import desk

Act = Callable[[Actor, Connection, datetime], str]
"""Does one thing in an open transaction, and says in one sentence what was done."""


def seen_since() -> datetime:
    """Return the instant after which a session must have been seen to count as open."""
    return desk.now() - timedelta(minutes=settings().idle_minutes)


def pick(everybody: Sequence[staff.Person]) -> staff.Person | None:
    """Draw the list and return the selected person."""
    st.dataframe(
        pa.table(
            {
                "Name": [p.full_name for p in everybody],
                "Signs in as": [p.sign_in_name for p in everybody],
                "Role": [ROLE_NAMES[p.role] for p in everybody],
                "Clients": [", ".join(p.clients) for p in everybody],
                "May sign in": ["yes" if p.active else "disabled" for p in everybody],
                "Open sessions": [p.sessions for p in everybody],
            }
        ),
        key="people.list",
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        alt="Everybody who works here",
    )
    rows = st.session_state["people.list"]["selection"]["rows"]
    return everybody[rows[0]] if rows and rows[0] < len(everybody) else None


def acts(person: staff.Person, clients: Sequence[staff.Client]) -> Act | None:
    """Draw what can be done to *person* and return the one that was asked for."""
    st.subheader(person.full_name, anchor=False)
    ids = {client.code: client.client_id for client in clients}
    with st.form(f"people.change.{person.staff_id}"):
        role = st.selectbox("Role", list(Role), index=list(Role).index(person.role), format_func=ROLE_NAMES.__getitem__)
        served = st.multiselect("Clients served", list(ids), default=[c for c in person.clients if c in ids])
        if st.form_submit_button("Save role and clients", type="primary"):
            return partial(_change, person, role, frozenset(ids[code] for code in served))
    end, shut, clear = st.columns(3)
    if end.button(f"End {person.sessions} sessions", disabled=not person.sessions, key="people.end"):
        return partial(_end, person)
    if person.active and shut.button(
        f"Disable {person.full_name}, end {person.sessions} sessions", key="people.disable"
    ):
        return partial(_disable, person)
    if not person.active and shut.button(f"Let {person.full_name} sign in again", key="people.enable"):
        return partial(_enable, person)
    if clear.button("Clear failed sign-ins", key="people.clear"):
        return partial(_clear, person)
    return None


def _change(
    person: staff.Person, role: Role, client_ids: frozenset[int], actor: Actor, tx: Connection, at: datetime
) -> str:
    if role is not person.role:
        staff.change_role(actor, tx, staff_id=person.staff_id, role=role, at=at)
    staff.set_clients(actor, tx, staff_id=person.staff_id, client_ids=client_ids, at=at)
    return f"{person.full_name}: {ROLE_NAMES[role]}, {len(client_ids)} clients."


def _end(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    return f"{staff.end_sessions(actor, tx, staff_id=person.staff_id, at=at)} sessions ended."


def _disable(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    ended = staff.disable(actor, tx, staff_id=person.staff_id, at=at)
    return f"{person.full_name} can no longer sign in; {ended} sessions ended."


def _enable(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    staff.enable(actor, tx, staff_id=person.staff_id, at=at)
    return f"{person.full_name} can sign in again."


def _clear(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    staff.clear_lockout(actor, tx, staff_id=person.staff_id, at=at)
    return f"Failed sign-ins of {person.full_name} are forgotten."
