"""The form by which a supervisor closes a claim or opens it again: what that does is said before it is done."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import closing as service
from core.access import Action, Actor
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.drafted import AS_TYPED, drafted

CLOSES = (
    "It leaves every list: nothing is due, asked or handed out any more. Where the worker was not reached, the figures"
    " leave it out. A supervisor can reopen it."
)
REOPENS = (
    "It is back in the lists and figures as it was: the deadline is the one it had, the open questions are asked again,"
    " and a paused clock is still paused."
)


def closing(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw, behind one button, what closing or reopening does and the reason for it; return it once it is confirmed."""
    if not actor.may(Action.CLAIM_CLOSE):
        return None
    header, form = page.header, of(page, "closing")
    request = request_key(key_of(form))
    act, does = (_close, CLOSES) if header.closed_at is None else (_reopen, REOPENS)
    label = "Close claim" if header.closed_at is None else "Reopen claim"
    with (
        st.popover(label, key=f"closing.{request}"),
        drafted(actor, form, request, page.header.client_timezone, {"closing.why": AS_TYPED}),
        st.form(f"closing.form.{request}", border=False, enter_to_submit=False),
    ):
        st.write(does)
        reason = st.text_input(
            "Reason", help="Shown on the timeline. Name no person.",
            key=f"closing.why.{request}",
        )  # fmt: skip
        beside = st.container()
        confirmed = st.form_submit_button(f"{label} now", type="primary", key=f"closing.go.{request}")
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    return Sent(form, request, partial(act, where, reason), beside) if confirmed else None


def _close(where: dict[str, int], reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    service.close(actor, tx, **where, reason=reason)
    return "Claim closed"


def _reopen(where: dict[str, int], reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    service.reopen(actor, tx, **where, reason=reason)
    return "Claim reopened"
