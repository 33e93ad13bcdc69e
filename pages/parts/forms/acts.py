"""What every form shares: the act it returns, and the key that lets it be done once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import streamlit as st

from core.access import Actor
from core.intake import ClaimPage
from core.transactions import Connection

Act = Callable[[Actor, Connection, datetime], str]
"""Does one thing in an open transaction, and says in one sentence what was done."""


def request_key(form: str) -> UUID:
    """Return the key of the form as it is drawn now; the fields carry it too, so a new key is an empty form."""
    return st.session_state.setdefault(f"{form}.request", uuid4())


def renew(form: str) -> None:
    """
    Give the form a new key and forget, now, what was typed in it: what it asked for is done.

    Left to itself Streamlit keeps the fields of a form that is no longer drawn for one more turn of the page.
    """
    done = st.session_state.get(f"{form}.request")
    for key in [key for key in st.session_state if str(key).endswith(f".{done}")]:
        del st.session_state[key]
    st.session_state[f"{form}.request"] = uuid4()


def name_of(page: ClaimPage) -> str:
    """Return the name under which this claim's forms keep their key: what is typed never moves to another claim."""
    return f"claim.{page.header.client_id}.{page.header.claim_id}"
