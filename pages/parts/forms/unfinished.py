"""An intake by telephone that is not finished: going on with it, or leaving it with a reason."""

from datetime import datetime

import streamlit as st

from core.access import Action, Actor
from core.intake import ClaimPage, telephone
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.markdown import verbatim

PAGE = "coordination/log_claim.py"
GO_ON = "Go on with the intake"
NAME = "leave_intake"


def unfinished(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw that the claim's intake by telephone goes on, to whoever began it the way back; return its leaving."""
    header = page.header
    if header.closed_at is not None or not actor.may(Action.CLAIM_REPORT):
        return None
    begun = page.begun
    if begun is None:
        return None
    own = begun.begun_by == actor.staff_id
    with st.container(border=True, key=f"unfinished.{header.claim_id}"):
        whose = "Your" if own else f"{verbatim(begun.by)}'s"
        st.markdown(f":orange[:material/phone_in_talk: **{whose} intake by telephone is not finished.**]")
        if begun.left_by is not None:
            st.caption("A colleague has left it. What you typed is still there.")
        if own:
            address = {"client": str(header.client_id), "claim": str(header.claim_id)}
            st.page_link(PAGE, label=GO_ON, icon=":material/arrow_forward:", query_params=address)
        else:
            st.caption("What was typed since is with that person alone. What is missing is asked once it is left.")
        with st.expander("Leave it unfinished"):
            return _leaving(page)


def _leaving(page: ClaimPage) -> Sent | None:
    form = of(page, NAME)
    request = request_key(key_of(form))
    with st.form(f"{NAME}.{request}"):
        why = st.text_input("Why it is left", key=f"why.{request}")
        sent = st.form_submit_button("Leave it", key=f"{NAME}.{request}.go")
        beside = st.container()
    if not sent:
        return None

    def act(actor: Actor, tx: Connection, at: datetime) -> str:
        telephone.leave(
            actor, tx, client_id=page.header.client_id, claim_id=page.header.claim_id, why=why, at=at
        )  # fmt: skip
        return f"Intake of {page.header.claim_number} left: what is missing is asked by its open questions"

    return Sent(form, request, act, beside)
