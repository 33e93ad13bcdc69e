"""The form with which an administrator lets somebody new work here."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from core import staff, words
from core.access import ROLE_NAMES, SEES_ALL_CLIENTS, WORKS_FOR_CLIENTS, Actor, Role
from core.calendars import zones
from core.scope import ClientInScope
from core.transactions import Connection
from pages.parts import forms, passwords

NAME = "people.add"

NO_CLIENTS = "There is no client yet. Add one on the page Clients, then come back and say who serves it."
SEE_ALL = " and ".join(sorted(ROLE_NAMES[role].lower() for role in SEES_ALL_CLIENTS))
NOTHING_SEEN = "sees nothing until a client is given"
FOR_WHOM = f"Not needed for {SEE_ALL}, who see every client. Whoever works for clients {NOTHING_SEEN}."


def form(clients: Sequence[ClientInScope], *, timezone: str) -> forms.Act | None:
    """Draw the form and return the joining as an act once it is sent; *timezone* is offered first."""
    request = forms.request_key(NAME)
    with st.form(f"add.{request}", border=False, enter_to_submit=False):
        person = _fields(str(request), clients, timezone)
        pressed = st.form_submit_button("Add person", type="primary", key=f"add.go.{request}")
    return partial(_add, person) if pressed else None


def _fields(key: str, clients: Sequence[ClientInScope], timezone: str) -> dict[str, Any]:
    """Draw the fields and return what `staff.add` takes."""
    ids = by_code(clients)
    person: dict[str, Any] = {
        "full_name": st.text_input("Full name", key=f"full_name.{key}"),
        "sign_in_name": st.text_input("Signs in as", autocomplete="off", key=f"sign_in_name.{key}"),
        "role": st.selectbox("Role", list(Role), format_func=ROLE_NAMES.__getitem__, key=f"role.{key}"),
        # All places on earth: an assistant who works at a distance can be anywhere.
        "timezone": st.selectbox(
            "Time zone", list(dict.fromkeys((timezone, *zones()))), format_func=words.zone, key=f"zone.{key}"
        ),
    }
    codes = st.multiselect("Clients served, optional", list(ids), key=f"clients.{key}") if ids else []
    st.caption(FOR_WHOM if ids else NO_CLIENTS)
    person["client_ids"] = frozenset(ids[code] for code in codes)
    person["password"] = passwords.new("First password", f"first.{key}")
    st.caption(f"{passwords.HOW_LONG} {passwords.TO_BE_CHANGED}")
    return person


def by_code(clients: Sequence[ClientInScope]) -> dict[str, int]:
    """Return the clients' ids by their codes, in the order of the codes: as they are chosen for a person."""
    return {client.code: client.client_id for client in sorted(clients, key=lambda client: client.code)}


def _add(person: dict[str, Any], actor: Actor, tx: Connection, at: datetime) -> str:
    staff.add(actor, tx, **person, at=at)
    blind = f", and {NOTHING_SEEN}" if person["role"] in WORKS_FOR_CLIENTS and not person["client_ids"] else ""
    return f"{person['full_name'].strip()} can sign in as {person['sign_in_name'].strip().lower()}{blind}."
