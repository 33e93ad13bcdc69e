"""The list of people, and what an administrator can do to one of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import pyarrow as pa
import streamlit as st

from core import assignment, staff, words
from core.access import ROLE_NAMES, Actor, Role
from core.settings import settings
from core.transactions import Connection
from pages.parts import desk, forms, joining, passwords
from pages.parts import held as where
from pages.parts.forms import Act
from pages.parts.markdown import verbatim


def seen_since() -> datetime:
    """Return the instant after which a session must have been seen to count as open."""
    return desk.now() - timedelta(minutes=settings().idle_minutes)


def pick(everybody: Sequence[staff.Person]) -> staff.Person | None:
    """Draw the list and, under it, the choice of a person: by who it is, since rows move when somebody is disabled."""
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
        hide_index=True,
        column_config={
            heading: st.column_config.Column(width=width)
            for heading, width in {"Role": 150, "Clients": 440, "May sign in": 100, "Open sessions": 115}.items()
        },
        alt="Everybody who works here",
    )
    known = {p.staff_id: p for p in everybody}
    chosen = st.selectbox(
        "Person",
        list(known),
        index=None,
        format_func=lambda staff_id: f"{known[staff_id].full_name} ({known[staff_id].sign_in_name})",
        placeholder="Choose whom to change",
        key="people.person",
    )
    return known.get(chosen) if chosen is not None else None


def add(actor: Actor, clients: Sequence[staff.Client]) -> None:
    """Draw, behind one line, the form that adds a person, and add that one."""
    key = f"{joining.NAME}.{forms.request_key(joining.NAME)}"
    with st.expander("Add a person", icon=":material/person_add:", key=key, on_change="rerun") as box:
        act = joining.form(clients, timezone=actor.timezone) if box.open else None
        if act is not None:
            carry_out(actor, act, form=joining.NAME)


def carry_out(actor: Actor, act: Act, *, form: str) -> None:
    """Do what was asked, forget what was typed in *form*, and draw the page anew. A refusal leaves it as it is."""
    with desk.refusals_shown():
        with desk.acting(actor) as tx:
            said = act(actor, tx, desk.now())
        forms.renew(form)
        desk.done(said)


def acts(
    actor: Actor, person: staff.Person, clients: Sequence[staff.Client], held: Sequence[assignment.Held]
) -> Act | None:
    """Draw what can be done to *person*, with what becomes of what is *held*, and return the one that was asked for."""
    changed = _rights(actor, person, clients, held)
    if changed is not None:
        return changed
    offered: dict[str, Act] = {"Clear failed sign-ins": partial(_clear, person)}
    if person.sessions:
        offered[f"End {words.counted(person.sessions, 'session')}"] = partial(_end, person)
    also = f", end {words.counted(person.sessions, 'session')}" if person.sessions else ""
    if person.active:
        to = _if_disabled(actor, person, held)
        offered[f"Disable {person.full_name}{also}"] = partial(_disable, person, to)
    else:
        offered[f"Let {person.full_name} sign in again"] = partial(_enable, person)
    with st.container(horizontal=True):
        for label, act in offered.items():
            if st.button(verbatim(label), key=f"people.{act.func.__name__}.{person.staff_id}"):
                return act
    if person.staff_id == actor.staff_id:
        st.caption(str(staff.OwnPassword()))
        return None
    return passwords.given(person, ends=also)


def _rights(
    actor: Actor, person: staff.Person, clients: Sequence[staff.Client], held: Sequence[assignment.Held]
) -> Act | None:
    """Draw role and clients; where a choice takes something from the person that is held, where that goes."""
    ids = {client.code: client.client_id for client in clients}
    served = [code for code in person.clients if code in ids]
    stands = f"{person.staff_id}.{person.role}.{'.'.join(served)}"  # what others changed meanwhile is drawn as it is
    with st.container(border=True):
        role = st.selectbox(
            "Role", list(Role), index=list(Role).index(person.role), format_func=ROLE_NAMES.__getitem__,
            key=f"people.role.{stands}",
        )  # fmt: skip
        chosen = st.multiselect("Clients served", list(ids), default=served, key=f"people.served.{stands}")
        client_ids = frozenset(ids[code] for code in chosen)
        to = None
        if lost := assignment.lost(held, role, client_ids):
            to = where.destination(
                actor, lost, whose=person.staff_id, label="They go to", key=f"people.lost.{stands}",
                sentence=f"This takes from {person.full_name} {where.in_words(lost)}.",
            )  # fmt: skip
        if st.button("Save role and clients", type="primary", key=f"people.change.{person.staff_id}"):
            return partial(_change, person, role, client_ids, to)
    return None


def _if_disabled(actor: Actor, person: staff.Person, held: Sequence[assignment.Held]) -> assignment.Receiver | None:
    if not held or person.staff_id == actor.staff_id:
        return None
    return where.destination(
        actor, held, whose=person.staff_id, label="If disabled, they go to", key=f"people.held.{person.staff_id}",
        sentence=f"{person.full_name} holds {where.in_words(held)}.",
    )  # fmt: skip


def _change(
    person: staff.Person, role: Role, client_ids: frozenset[int], to: assignment.Receiver | None, actor: Actor,
    tx: Connection, at: datetime,
) -> str:  # fmt: skip
    moved = staff.set_role_and_clients(
        actor, tx, staff_id=person.staff_id, role=role, client_ids=client_ids, to=to and to.staff_id, at=at
    )
    clients = words.counted(len(client_ids), "client")
    return f"{person.full_name}: {ROLE_NAMES[role]}, {clients}{where.gone(moved, to)}."


def _end(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    ended = staff.end_sessions(actor, tx, staff_id=person.staff_id, at=at)
    return f"{words.counted(ended, 'session')} of {person.full_name} ended."


def _disable(person: staff.Person, to: assignment.Receiver | None, actor: Actor, tx: Connection, at: datetime) -> str:
    ended = staff.disable(actor, tx, staff_id=person.staff_id, to=to and to.staff_id, at=at)
    went = where.gone(ended.claims, to)
    sessions = words.counted(ended.sessions, "session")
    return f"{person.full_name} can no longer sign in; {sessions} ended{went}."


def _enable(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    staff.enable(actor, tx, staff_id=person.staff_id, at=at)
    return f"{person.full_name} can sign in again."


def _clear(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    staff.clear_lockout(actor, tx, staff_id=person.staff_id, at=at)
    return f"Failed sign-ins of {person.full_name} are forgotten."
