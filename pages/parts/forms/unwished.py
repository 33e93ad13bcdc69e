"""The field that asks why an attempt is made which the worker did not wish for; it is there only where it is one."""

from uuid import UUID

import streamlit as st

from core import contact
from core.contact import CHANNEL_WORDS, Channel, Consent, Method, Outcome
from core.intake import ClaimPage
from core.refusal import Refusal
from pages.parts import desk
from pages.parts.markdown import verbatim

FIELD = "against_why"
"""The field's name in the draft of its form."""

WHY = "Why the worker is contacted all the same"


def against_why(page: ClaimPage, request: UUID, method: Method, outcome: Outcome | None) -> tuple[str, str]:
    """
    Draw, for an attempt to the worker, what speaks against it, and the field for why it is made all the same; return
    what that says, and what is lacking there. Of a channel it comes when the form is sent: in a form nothing comes
    before.
    """
    said, refusal = _against(page, method, outcome)
    if refusal is None:
        if said:
            st.warning(said, icon=desk.ALERT)
        return "", ""
    st.warning(said, icon=":material/front_hand:")
    why = st.text_input(WHY, help="Shown on the timeline. Name no person.", key=f"{FIELD}.{request}")
    return why, "" if why.strip() else refusal.text


def _against(page: ClaimPage, method: Method, outcome: Outcome | None) -> tuple[str, type[Refusal] | None]:
    """Return what speaks against it, and what is refused without a reason; None where none is asked for."""
    which = contact.channel(method, outcome)
    stands = page.consent(which) if which else None
    without = which and not contact.consented(which, stands.answer if stands else None)
    revoked = which is Channel.TEXT and stands is not None and stands.answer == Consent.REVOKED
    if page.worker.do_not_contact and not revoked:
        return f"The worker is not to be contacted: {verbatim(page.worker.do_not_contact)}", contact.NotToBeContacted
    if revoked:
        return contact.TextRevoked.text, None
    if not without or which is None:
        return "", None
    answer = f"was {stands.answer}" if stands else "is not known"
    return f"Consent to {CHANNEL_WORDS[which].lower()} on this number {answer}.", contact.WithoutConsent
