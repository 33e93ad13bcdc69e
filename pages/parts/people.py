"""The list of people, and what an administrator can do to one of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

import streamlit as st

from core import assignment, staff, words
from core.access import ROLE_NAMES, SEES_ALL_CLIENTS, WORKS_FOR_CLIENTS, Actor, Role
from core.scope import ClientInScope
from core.settings import settings
from core.transactions import Connection
from pages.parts import desk, forms, joining, passwords, side
from pages.parts import held as where
from pages.parts.forms import Act
from pages.parts.markdown import verbatim

NAME = "people"


class SentForm(NamedTuple):
    """What the person sent: the act to carry out, and the key of the form that is emptied once it is done."""

    form: str
    act: Act


def seen_since() -> datetime:
    """Return the instant after which a session must have been seen to count as open."""
    return desk.now() - timedelta(minutes=settings().idle_minutes)


def table(everybody: Sequence[staff.Person]) -> staff.Person | None:
    """Draw the list and return the person that is open, if one is."""
    known = {p.staff_id: p for p in everybody}
    opened = side.rows(
        NAME,
        {
            "Name": [p.full_name for p in everybody],
            "Role": [ROLE_NAMES[p.role] for p in everybody],
            "Clients": [_clients(p) for p in everybody],
            "May sign in": ["yes" if p.active else "disabled" for p in everybody],
            "Sessions": [p.sessions for p in everybody],
            "Signs in as": [p.sign_in_name for p in everybody],
        },
        list(known),
        alt="Everybody who works here",
    )
    return known[opened] if opened is not None else None


def _clients(person: staff.Person) -> str:
    """Return whom the person serves, briefly: which they are stands in full beside the list."""
    if person.role in SEES_ALL_CLIENTS:
        return "all"
    served = person.clients
    if sees_nothing(person):
        return "none: sees nothing"
    return ", ".join(served) if len(served) <= 2 else words.counted(len(served), "client")


def sees_nothing(person: staff.Person) -> bool:
    """Tell whether the person works for clients, and for none yet."""
    return person.role in WORKS_FOR_CLIENTS and not person.clients


def carry_out(actor: Actor, act: Act, *, form: str) -> None:
    """Do what was asked, forget what was typed in *form*, and draw the page anew. A refusal leaves it as it is."""
    with desk.refusals_shown():
        with desk.acting(actor) as tx:
            sentence = act(actor, tx, desk.now())
        forms.renew(form)
        side.close_adding(NAME)
        desk.done(sentence)


def acts(
    actor: Actor, person: staff.Person, clients: Sequence[ClientInScope], held: Sequence[assignment.Held]
) -> SentForm | None:
    """Draw what can be done to *person*, with what becomes of what is *held*, and return the one that was asked for."""
    st.subheader(verbatim(f"{person.full_name} ({person.sign_in_name})"), anchor=False)
    if sees_nothing(person):
        st.warning(verbatim(f"{person.full_name} {joining.NOTHING_SEEN}."), icon=":material/visibility_off:")
    if changed := _rights(actor, person, clients, held):
        return changed
    ends = f", end {words.counted(person.sessions, 'session')}" if person.sessions else ""
    if person.staff_id == actor.staff_id:
        st.caption(str(staff.OwnPassword()))
    elif password := passwords.given(person, ends=ends):
        return SentForm(passwords.GIVEN, password)
    with st.container(horizontal=True):
        if st.button("Clear failed sign-ins", key=f"people.clear.{person.staff_id}"):
            return SentForm(NAME, partial(_clear, person))
        if not person.active and st.button(
            verbatim(f"Let {person.full_name} sign in again"), key=f"people.enable.{person.staff_id}"
        ):
            return SentForm(_rights_form(person), partial(_enable, person))
    return _taking_away(actor, person, held, ends)


def _taking_away(actor: Actor, person: staff.Person, held: Sequence[assignment.Held], ends: str) -> SentForm | None:
    """Draw, apart from the rest, what shuts the person out, each button with all that it will do."""
    if not (person.active or person.sessions):
        return None
    with side.danger(NAME):
        if person.sessions and st.button(
            f"End {words.counted(person.sessions, 'session')}", key=f"people.end.{person.staff_id}"
        ):
            return SentForm(NAME, partial(_end, person))
        if not person.active:
            return None
        to = _if_disabled(actor, person, held)
        claims = sum(each.claims for each in held)
        goes = f", {where.goes(claims, to)}" if claims else ""
        if st.button(f"Disable 1 person{ends}{goes}", key=f"people.disable.{person.staff_id}"):
            return SentForm(_rights_form(person), partial(_disable, person, to))
    return None


def _rights(
    actor: Actor, person: staff.Person, clients: Sequence[ClientInScope], held: Sequence[assignment.Held]
) -> SentForm | None:
    """Draw role and clients; where a choice takes something from the person that is held, where that goes."""
    ids = joining.by_code(clients)
    served = [code for code in person.clients if code in ids]
    form = _rights_form(person)
    request = forms.request_key(form)
    role = st.selectbox(
        "Role", list(Role), index=list(Role).index(person.role), format_func=ROLE_NAMES.__getitem__,
        key=f"people.role.{request}",
    )  # fmt: skip
    chosen = st.multiselect("Clients served", list(ids), default=served, key=f"people.served.{request}")
    client_ids = frozenset(ids[code] for code in chosen)
    to = None
    if lost := assignment.lost(held, role, client_ids):
        to = where.destination(
            actor, lost, whose=person.staff_id, label="They go to", key=f"people.lost.{request}",
            sentence=f"This takes from {person.full_name} {where.in_words(lost)}.",
        )  # fmt: skip
    seen_key = f"people.seen.{request}"
    seen: int = st.session_state.setdefault(seen_key, person.version)
    if seen != person.version:
        codes = ", ".join(served) or "no client"
        st.warning(
            f"Changed by somebody else meanwhile: {ROLE_NAMES[person.role]}, {verbatim(codes)}.", icon=":material/sync:"
        )
    if not st.button("Save role and clients", type="primary", key=f"people.change.{request}"):
        return None
    st.session_state[seen_key] = person.version  # a refusal tells what stands now: the next time that was seen
    return SentForm(form, partial(_change, person, role, client_ids, to, seen))


def _rights_form(person: staff.Person) -> str:
    return f"people.rights.{person.staff_id}"


def _if_disabled(actor: Actor, person: staff.Person, held: Sequence[assignment.Held]) -> assignment.Colleague | None:
    if not held or person.staff_id == actor.staff_id:
        return None
    return where.destination(
        actor, held, whose=person.staff_id, label="If disabled, they go to", key=f"people.held.{person.staff_id}",
        sentence=f"{person.full_name} holds {where.in_words(held)}.",
    )  # fmt: skip


def _change(
    person: staff.Person, role: Role, client_ids: frozenset[int], to: assignment.Colleague | None, seen: int,
    actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    moved = staff.set_role_and_clients(
        actor, tx, staff_id=person.staff_id, role=role, client_ids=client_ids, seen=seen, to=to and to.staff_id, at=at
    )
    clients = words.counted(len(client_ids), "client")
    return f"{person.full_name}: {ROLE_NAMES[role]}, {clients}{where.gone(moved, to)}."


def _end(person: staff.Person, actor: Actor, tx: Connection, at: datetime) -> str:
    ended = staff.end_sessions(actor, tx, staff_id=person.staff_id, at=at)
    if not ended:
        return f"{person.full_name} has no session open."
    return f"{words.counted(ended, 'session')} of {person.full_name} ended."


def _disable(person: staff.Person, to: assignment.Colleague | None, actor: Actor, tx: Connection, at: datetime) -> str:
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
