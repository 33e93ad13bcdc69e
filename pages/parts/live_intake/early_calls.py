"""First contacts that were made before intake was complete, where supervisors look."""

import streamlit as st

from core import contact, words
from core.access import Actor
from pages.parts import desk
from pages.parts.live_lists import CLAIM_ADDRESS
from pages.parts.markdown import verbatim


def told(actor: Actor) -> None:
    """Draw, folded, which calls could not wait in the last days, each claim a link, and why; nothing where none."""
    with desk.looking(actor) as tx:
        calls = contact.early_calls(actor, tx, at=desk.now())
    if not calls:
        return
    said = (
        f"{words.counted(len(calls), 'call')} of the last {contact.TOLD_FOR.days} days made before intake was complete"
    )
    with st.expander(said, icon=":material/help_center:"):
        for call in calls:
            address = CLAIM_ADDRESS.format(call.client_id, call.claim_id)
            st.markdown(
                f"[{verbatim(call.claim_number)}]({address}) {verbatim(call.client)} ·"
                f" {words.instant(call.at, actor.timezone)} · {verbatim(call.by)}: {verbatim(call.why)}"
            )
