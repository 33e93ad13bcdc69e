"""The fields that ask why an attempt is made which the worker did not wish for; they are there only where it is one."""

from uuid import UUID

import streamlit as st

from core import contact
from core.contact import CHANNEL_WORDS, Channel, Consent, Method, Outcome
from core.intake import ClaimPage
from pages.parts import desk
from pages.parts.forms.drafted import AS_TYPED, Reader
from pages.parts.markdown import verbatim

_AT_ALL, _CONSENT = "against_why", "against_consent_why"

READERS: dict[str, Reader] = {_AT_ALL: AS_TYPED, _CONSENT: AS_TYPED}
"""The fields' names in the draft of their form, with how they are read."""

WHY = "Why the worker is contacted all the same"
WHY_WITHOUT = "Why without the worker's consent"


def against_why(page: ClaimPage, request: UUID, method: Method, outcome: Outcome | None) -> tuple[str, list[str]]:
    """
    Draw, for an attempt to the worker, what speaks against it, and for each of it the field for why it is made all the
    same; return what these say, and what is lacking there. Of a channel it comes when the form is sent: in a form
    nothing comes before.
    """
    which = contact.channel(method, outcome)
    stands = page.consent(which) if which else None
    if which is Channel.TEXT and stands is not None and stands.answer == Consent.REVOKED:
        st.warning(contact.TextRevoked.text, icon=desk.ALERT)
        return "", []
    said, lacking = [], []
    if page.worker.do_not_contact:
        st.warning(
            f"The worker is not to be contacted: {verbatim(page.worker.do_not_contact)}", icon=":material/front_hand:"
        )
        said.append(_why(WHY, f"{_AT_ALL}.{request}"))
        lacking += [] if said[-1] else [contact.NotToBeContacted.text]
    if which is not None and not contact.consented(which, stands.answer if stands else None):
        channel = CHANNEL_WORDS[which].lower()
        answer = f"was {stands.answer}" if stands else "is not known"
        st.warning(f"Consent to {channel} on this number {answer}.", icon=":material/front_hand:")
        why = _why(WHY_WITHOUT, f"{_CONSENT}.{request}")
        lacking += [] if why else [contact.WithoutConsent.text]
        said.append(f"Without consent to {channel}: {why}" if said else why)
    return ". ".join(each.rstrip(".") if n < len(said) else each for n, each in enumerate(said, 1)), lacking


def _why(label: str, key: str) -> str:
    return st.text_input(label, help="Shown on the timeline. Name no person.", key=key).strip()
