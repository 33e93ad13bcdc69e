"""The summary of a claim, once it is asked for."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import claim_file as service
from core.access import Action, Actor
from core.files import MEDIA_TYPES, FileKind, Opened
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk, file_view
from pages.parts.claim_file.doing import claim_of
from pages.parts.claim_file.handing_out import Made, handing_out
from pages.parts.forms import key_of
from pages.parts.forms.acts import of


def draw(actor: Actor, page: ClaimPage) -> None:
    """Draw the claim's summary once it is asked for, and how it is handed to somebody outside."""
    where, shown = claim_of(page), f"{key_of(of(page, 'summary'))}.shown"
    st.caption(
        "A PDF of one page or two: the claim, its conditions, its clock and why, contacts and intake. The worker by"
        " name and date of birth; no note, telephone number or address."
    )
    if st.button("Show summary", icon=":material/summarize:", key=f"{shown}.go"):
        st.session_state[shown] = (desk.visit(), desk.now())
    visit, at = st.session_state.get(shown, (None, None))
    if visit == desk.visit():
        made = file_view.opened(actor, ("summary", *where.values(), at), partial(_summary, actor, where, at))
        if made:
            file_view.draw(made, key=shown, alt=f"The summary of claim {page.header.claim_number}")
    if actor.may(Action.CLAIM_DISCLOSE):
        number = page.header.claim_number
        handing_out(actor, page, "summary", partial(_summary_out, where, f"Summary {number}.pdf"))


def _summary(actor: Actor, where: dict[str, int], at: datetime, tx: Connection) -> Opened:
    return Opened("summary.pdf", FileKind.PDF, b"", service.summary(actor, tx, **where, at=at))


def _summary_out(
    where: dict[str, int], name: str, actor: Actor, tx: Connection, recipient: str, purpose: str, at: datetime
) -> Made:
    made = service.hand_out_summary(actor, tx, **where, recipient=recipient, purpose=purpose, at=at)
    return made, name, MEDIA_TYPES[FileKind.PDF]
