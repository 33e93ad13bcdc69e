"""What a page shows only when it is asked for: the rest of a long text, and what opens over the page."""

import streamlit as st

from core.intake import Header
from pages.parts.fields import cut
from pages.parts.markdown import verbatim


def text(text: str, *, key: str) -> None:
    """Draw *text* letter for letter; a long one folded, with what shows all of it."""
    short = cut(text)
    if short is None:
        st.markdown(verbatim(text))
        return
    whole = f"whole.{key}"
    st.markdown(verbatim(text if st.session_state.get(whole) else short))
    label = "Show less" if st.session_state.get(whole) else "Show all"
    st.button(label, type="tertiary", key=f"fold.{key}", on_click=_turn, args=(whole,))


def _turn(whole: str) -> None:
    st.session_state[whole] = not st.session_state.get(whole, False)


def own_key(name: str, claim: Header) -> str:
    """Return a key for what opens over the page of this *claim*: on the page of the next one it is closed."""
    return f"{name}.{claim.client_id}-{claim.claim_id}"
