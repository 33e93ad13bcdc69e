"""What every form shares: the act it returns, and the key that lets it be done once."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import drafts, intake
from core.access import Actor
from core.intake import ClaimPage
from core.refusal import Refusal
from core.transactions import Connection
from pages.parts import desk
from pages.parts.markdown import verbatim

Act = Callable[[Actor, Connection, datetime], str]
"""Does one thing in an open transaction, and says in one sentence what was done."""


class Sent(NamedTuple):
    """
    A form of a claim that was sent, under which key, what it asks for, and the place beside its button where it is said
    what keeps that from being done. What the form offers is out of date by the refusals *outdated_by*.
    """

    form: drafts.Form
    request: UUID
    act: Act
    beside: DeltaGenerator
    outdated_by: tuple[type[Refusal], ...] = ()

    def do(self, actor: Actor, tx: Connection, at: datetime) -> str:
        """Do what was asked for, and forget with it what was kept of the form's words; return what was done."""
        said = self.act(actor, tx, at)
        if drafts.named(self.form.name) in drafts.FORMS:
            drafts.forget(actor, tx, form=self.form, request=self.request, at=at)
        return said

    def renew(self) -> None:
        """Empty the form, now that what it asked for is done; what is typed in the others stays."""
        renew(key_of(self.form))


def perform(actor: Actor, sent: Sent, at: datetime) -> str | None:
    """
    Do what was sent in a transaction of its own, and return what was done; a refusal is shown where this is called.

    Where somebody else has changed the same meanwhile, nothing is done: the form is drawn anew, with both versions. So
    it is where what it offers is out of date, with what `refused` draws.
    """
    done, both, outdated = None, tuple[intake.Both, ...](), ""
    with desk.refusals_shown():
        try:
            with desk.acting(actor) as tx:
                done = sent.do(actor, tx, at)
        except intake.ChangedMeanwhile as meanwhile:
            both = meanwhile.both
        except sent.outdated_by as refusal:
            outdated = str(refusal)
    if outdated:
        st.session_state[_refused_key(sent.request)] = outdated
        st.rerun()
    if both:
        st.session_state[both_key(sent.request)] = both
        st.rerun()
    if done:
        sent.renew()
    return done


def refused(request: UUID) -> None:
    """Draw, once, why what a form offered before it was drawn anew could not be done."""
    if said := st.session_state.pop(_refused_key(request), ""):
        st.error(verbatim(said), icon=desk.ALERT)


def _refused_key(request: UUID) -> str:
    return f"refused.{request}"


def both_key(request: UUID) -> str:
    """Return the name under which the two versions are kept of what a form has said and somebody else meanwhile."""
    return f"both.{request}"


def request_key(form: str) -> UUID:
    """
    Return the key of the form as it is drawn now; the fields carry it too, so a new key is an empty form.

    With each visit of the page the form is a new one: what was left in it comes back from its draft, if at all.
    """
    visit = f"{form}.visit"
    if st.session_state.get(visit) != desk.visit():
        renew(form)
        st.session_state[visit] = desk.visit()
    if f"{form}.request" not in st.session_state:
        st.session_state[f"{form}.request"] = drafts.new_request(at=desk.now())
    request: UUID = st.session_state[f"{form}.request"]
    return request


def renew(form: str) -> None:
    """
    Give the form a new key and forget, now, what was typed in it: what it asked for is done.

    Left to itself Streamlit keeps the fields of a form that is no longer drawn for one more turn of the page.
    """
    done = st.session_state.get(f"{form}.request")
    for key in [key for key in st.session_state if str(key).endswith(f".{done}")]:
        del st.session_state[key]
    st.session_state[f"{form}.request"] = drafts.new_request(at=desk.now())


def of(page: ClaimPage, name: str) -> drafts.Form:
    """Return the form *name* of this claim."""
    return drafts.Form(name, page.header.client_id, page.header.claim_id)


def key_of(form: drafts.Form) -> str:
    """Return the name under which the form keeps its key: what is typed never moves to another claim."""
    if form.claim_id is None:
        return form.name
    return f"claim.{form.client_id}.{form.claim_id}.{form.name}"
