"""What the forms of clients return, and how one is emptied."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.clients import Client
from core.transactions import Connection
from pages.parts import forms

CHOICE = "clients.planned."
"""What the keys begin with under which is kept which planned promise of a client is being changed."""


class Sent(NamedTuple):
    """A form that was sent: its name, where a refusal is shown, and the act, which says in a sentence what was done."""

    form: str
    refusals: DeltaGenerator
    act: Callable[[Actor, Connection, datetime], str]


def start_anew(sent: Sent) -> None:
    """Empty the form: what it asked for is done."""
    forms.renew(sent.form)
    for key in [key for key in st.session_state if str(key).startswith(CHOICE)]:
        del st.session_state[key]


def seen(client: Client, form: str, *, sends: bool) -> int:
    """
    Return the version of the client that the person had before them when filling in *form*.

    Once the form is sent the person is told what changed since, if anything: the next time, that is what was seen.
    """
    key = f"seen.{forms.request_key(form)}"
    version: int = st.session_state.setdefault(key, client.version)
    if sends:
        st.session_state[key] = client.version
    return version
