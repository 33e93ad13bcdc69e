"""How a document or the summary goes to somebody outside: to whom and why first, then the file itself."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from core.access import Actor
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms import key_of, renew, request_key
from pages.parts.forms.acts import of

_OUT = "claim_file.out"

Made = tuple[bytes, str, str]
"""A file for somebody outside: its bytes, its name and its media type."""


def handing_out(
    actor: Actor, page: ClaimPage, what: str, act: Callable[[Actor, Connection, str, str, datetime], Made]
) -> None:
    """Draw how something goes to somebody outside: to whom and why first, then the file itself."""
    form = of(page, f"out.{what}")
    request = request_key(key_of(form))
    with (
        st.popover("Hand to somebody outside", icon=":material/outbox:", key=f"out.{request}"),
        st.form(f"out.form.{request}", border=False, enter_to_submit=False),
    ):
        st.write("It stays on this claim, for good, to whom it went and why.")
        to = st.text_input("To whom", key=f"out.to.{request}", help="A name, and on whose behalf.")
        why = st.text_input("Why", key=f"out.why.{request}", help="For what it is needed, or who has asked for it.")
        beside = st.container()
        sent = st.form_submit_button("Record and get the file", type="primary", key=f"out.go.{request}")
    if sent:
        made = None
        with beside, desk.refusals_shown(), desk.acting(actor) as tx:
            made = act(actor, tx, to, why, desk.now())
        if made:
            st.session_state[_OUT] = (actor.staff_id, desk.visit(), key_of(form), made)
            renew(key_of(form))
            desk.done("Recorded. The file can be saved now.")
    out = st.session_state.get(_OUT)
    if out and out[:3] == (actor.staff_id, desk.visit(), key_of(form)):
        data, name, media = out[3]
        st.download_button("Save the file", data, name, media, icon=":material/download:", key=f"out.save.{request}")
