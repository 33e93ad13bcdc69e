"""What a file holds: asked only of whoever may take in more than one kind of feed."""

import streamlit as st

from core.access import Actor
from core.feeds import KINDS, FeedKind
from pages.parts.import_feed.running import Running

_KEY = "import.kind"


def kind(actor: Actor, running: Running | None) -> FeedKind | None:
    """
    Return the kind of feed that is to be taken in, of an import under way that of its plan.

    Where several can be, draw the choice: None until it is made.
    """
    may = {each.code: each for each in KINDS if actor.may(each.action)}
    held = st.session_state
    if running and not running.over.is_set():
        held[_KEY] = running.plan.kind.code
        return running.plan.kind
    if len(may) == 1:
        return next(iter(may.values()))
    if _KEY in held:
        # The choice is not drawn while an import runs, and Streamlit forgets what is not drawn: written, it is kept.
        held[_KEY] = held[_KEY]
    chosen = st.selectbox(
        "What the file holds",
        list(may),
        index=None,
        format_func=lambda code: may[code].words.many.capitalize(),
        placeholder="Choose what it is a feed of",
        key=_KEY,
    )
    return may.get(chosen)
