"""What a changed rule would have meant in the last 90 days: counted when somebody asks, and shown while it is asked."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from core import words
from core.access import Actor
from core.rules import Count, Rehearsal
from core.rules.rehearsing import PERIOD
from pages.parts import desk, html_rows
from pages.parts.markdown import verbatim

FEW = "Counts of 1 to 4 are shown as such, and what they could be told from as a range."

_HEADINGS = ("Client", "Cases", "Late", "Would be", "Newly late", "No longer")


def rehearsal(actor: Actor, form: str, asked: Any, noun: str, answer: Callable[..., Rehearsal]) -> None:
    """
    Draw the button that rehearses what is *asked* in a form, and below it the answer, once it was pressed.

    *noun* is what one case is called; *answer* takes the actor, the transaction and *at*. What it returns stays until
    something else is asked.
    """
    key = f"rehearsed.{form}"
    if st.button("Rehearse", help=f"Count the last {PERIOD.days} days again as if this had held.", key=f"{key}.go"):
        st.session_state.pop(key, None)
        found = None
        with desk.refusals_shown(), desk.looking(actor) as tx:
            found = answer(actor, tx, at=desk.now())
        if found is not None:
            st.session_state[key] = (asked, found)
    kept = st.session_state.get(key)
    if kept is not None and kept[0] == asked:
        _show(kept[1], noun)


def sentence(found: Rehearsal, noun: str) -> str:
    """Return in words what was late of all cases, and what would have been."""
    over = f"Rehearsal over the last {PERIOD.days} days"
    whole = found.whole
    if whole.cases == Count(0, 0):
        return f"{over}: no {noun} began in them."
    told = (
        f"{over}: {whole.was} of {_counted(whole.cases, noun)} late as it was; {whole.would} would have been,"
        f" of them {whole.newly} newly late. {whole.no_longer} would no longer be."
    )
    if found.as_given != Count(0, 0):
        told += f" {_counted(found.as_given, noun)} had another date than the rules count, and are left as they were."
    return told


def _show(found: Rehearsal, noun: str) -> None:
    st.info(verbatim(sentence(found, noun)), icon=":material/replay:")
    if not found.clients:
        return
    rows = [(escape(client), *map(str, shown)) for client, shown in found.clients]
    st.html(html_rows.table("The rehearsal by client", _HEADINGS, rows))
    st.caption(FEW)


def _counted(count: Count, noun: str) -> str:
    return words.counted(count.least, noun) if count.exact else f"{count} {noun}s"
