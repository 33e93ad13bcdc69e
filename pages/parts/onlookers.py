"""Who else has a claim open, on the claim's page: shown while the page is open, and gone when it is left."""

import streamlit as st

from core import presence
from core.access import Actor
from pages.parts import desk
from pages.parts.markdown import verbatim

_OPEN = "onlookers.open"


@st.fragment(run_every=presence.SAY_EVERY)
def others(client_id: int, claim_id: int) -> None:
    """Say that the person at the desk has this claim open, and draw who else has; all of them, one after the other."""
    person = desk.actor()
    leave(person, but=(client_id, claim_id))
    names: list[str] = []
    with desk.refusals_shown(), desk.acting(person) as tx:
        names = presence.arrive(person, tx, client_id, claim_id, at=desk.now())
    st.session_state[_OPEN] = (client_id, claim_id)
    if names:
        st.markdown(f":blue[:material/visibility: Also open with {verbatim(', '.join(names))}]", width="content")


def leave(person: Actor, *, but: tuple[int, int] | None = None) -> None:
    """Take back that the person has the claim open that this page showed before, unless it is *but*."""
    before: tuple[int, int] | None = st.session_state.get(_OPEN)
    if before is None or before == but:
        return
    del st.session_state[_OPEN]
    with desk.acting(person) as tx:
        presence.leave(person, tx, *before)
