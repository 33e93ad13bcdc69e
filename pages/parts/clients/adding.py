"""The form that adds a client."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import clients, words
from core.access import Actor
from core.calendars import zones
from core.refusal import Refusal
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clients.sending import Sent
from pages.parts.clients.terms import USUAL, Terms, clock_field, term_fields
from pages.parts.clients.wording import show_example

ADDING = "clients.add"
GIVE_NEXT = "Next, give it to people on People."


def client_form(*, now: datetime) -> Sent | None:
    """Draw the form of a new client and return the adding, once it is sent."""
    request = forms.request_key(ADDING)
    code = st.text_input("Code", key=f"code.{request}", help="Short, for files and commands: as in ACME-2.")
    name = st.text_input("Name", key=f"name.{request}")
    timezone = st.selectbox(
        "Time zone", zones(), index=None, format_func=words.zone, placeholder="Choose where the client reads the clock",
        key=f"zone.{request}",
    )  # fmt: skip
    terms = term_fields(USUAL._replace(clock=clock_field(USUAL.clock, request)), request)
    if terms and timezone:
        _example(terms, timezone, now)
    refusals = st.container()
    sent = st.button("Add client", type="primary", key=f"add.{request}")
    if not sent or terms is None:
        return None
    return Sent(ADDING, refusals, partial(_add, code.upper(), name, timezone or "", terms))


def _example(terms: Terms, timezone: str, now: datetime) -> None:
    try:
        show_example(terms.policy_in(timezone, clients.BEGINNING), now)
    except Refusal:  # terms that are none yet: told when they are sent
        return


def _add(code: str, name: str, timezone: str, terms: Terms, actor: Actor, tx: Connection, at: datetime) -> str:
    clients.add(actor, tx, code=code, name=name, timezone=timezone, **terms.kept_in(timezone), at=at)
    return f"{name} added. {GIVE_NEXT}"
