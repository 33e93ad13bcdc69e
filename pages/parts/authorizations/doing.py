"""What the forms of a request share: its key, its form, and an act that is done once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import authorizations
from core.access import Actor
from core.authorizations import Key, Request
from core.drafts import Form
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, request_key

OUTDATED = (authorizations.RequestChanged, authorizations.RequestDecided, authorizations.NotNow)
"""By these what a form offers is out of date: it is drawn anew with the request as it stands."""

_PRESSES = ".go."
"""What the key of a form's button has in it."""


def key(request: Request, drawn: UUID) -> Key:
    """Return the key of a request as its form was drawn when it was sent: what was changed since is told then."""
    frame = request.frame
    return Key(frame.client_id, frame.claim_id, frame.request_id, st.session_state[_seen(drawn)])


def pressed(drawn: UUID) -> bool:
    """Tell whether a button of the form that carries this key was pressed in this run."""
    return any(
        value is True and _PRESSES in str(name) and str(name).endswith(str(drawn))
        for name, value in st.session_state.items()
    )


def _seen(drawn: UUID) -> str:
    return f"authorization.seen.{drawn}"


def form_of(request: Request, name: str) -> tuple[Form, UUID]:
    """Return the form *name* of the request, and the key that its fields carry."""
    frame = request.frame
    form = Form(f"{name}_{frame.request_id}", frame.client_id, frame.claim_id)
    drawn = request_key(key_of(form))
    if _seen(drawn) not in st.session_state or not pressed(drawn):
        st.session_state[_seen(drawn)] = frame.version
    return form, drawn


def sent(form: Form, request: UUID, act: Callable[..., Any], said: str, beside: DeltaGenerator) -> Sent:
    """Return as sent by *form* an *act* of the actor, the transaction and, as *at*, the time; *said* when done."""
    return Sent(form, request, partial(_done, act, said), beside, outdated_by=OUTDATED)


def _done(act: Callable[..., Any], said: str, actor: Actor, tx: Connection, at: datetime) -> str:
    act(actor, tx, at=at)
    return said
