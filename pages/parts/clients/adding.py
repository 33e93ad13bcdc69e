"""The form that adds a client."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import clients
from core.access import Actor
from core.calendars import zones
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clients.asked import Asked
from pages.parts.clients.terms import USUAL, Terms, clock_field, term_fields

ADDING = "clients.add"
GIVE_NEXT = "Next, give it to people on People."


def client_form() -> Asked | None:
    """Draw the form of a new client and return the adding, once it is sent."""
    request = forms.request_key(ADDING)
    with st.container(width=720):
        clock = clock_field(USUAL.clock, request)
        with st.form(f"client.{request}", enter_to_submit=False):
            short, whole = st.columns([1, 2])
            code = short.text_input("Code", key=f"code.{request}", help="Short, for files and commands: as in ACME-2.")
            name = whole.text_input("Name", key=f"name.{request}")
            timezone = st.selectbox(
                "Time zone", zones(), index=None, placeholder="Choose where the client reads the clock",
                key=f"zone.{request}",
            )  # fmt: skip
            terms = term_fields(USUAL._replace(clock=clock), request)
            place = st.container()
            sent = st.form_submit_button("Add client", type="primary", key=f"add.{request}")
    if not sent or terms is None:
        return None
    return Asked(ADDING, place, partial(_add, code.upper(), name, timezone or "", terms))


def _add(code: str, name: str, timezone: str, terms: Terms, actor: Actor, tx: Connection, at: datetime) -> str:
    clients.add(actor, tx, code=code, name=name, timezone=timezone, **terms.kept_in(timezone), at=at)
    return f"{name} added. {GIVE_NEXT}"
