"""What a person holds, in words, and the choice of where it goes when the right to hold it ends."""

from collections.abc import Sequence

import streamlit as st

from core import assignment, words
from core.access import Actor
from core.assignment import Colleague, Held
from pages.parts import desk
from pages.parts.markdown import verbatim

NOBODY = "Nobody yet"


def in_words(held: Sequence[Held]) -> str:
    """Return what is held: '3 claims that wait for first contact: ACME 2 (1 overdue), BETA 1'."""
    total = sum(each.claims for each in held)
    each = (f"{h.code} {h.claims:,}" + (f" ({h.overdue:,} overdue)" if h.overdue else "") for h in held)
    return (
        f"{words.counted(total, 'claim')} that {'waits' if total == 1 else 'wait'} for first contact: {', '.join(each)}"
    )


def destination(
    actor: Actor, held: Sequence[Held], *, whose: int, sentence: str, label: str, key: str
) -> Colleague | None:
    """
    Draw *sentence* and the choice of who gets what is *held*; None is nobody yet, which is proposed.

    Offered are colleagues who can be given all of it.
    """
    with desk.looking(actor) as tx:
        offered = assignment.successors(actor, tx, clients={each.client_id for each in held}, but=whose)
    st.caption(f":material/assignment_ind: {verbatim(sentence)}")
    return st.selectbox(label, [None, *offered], format_func=lambda to: to.name if to else NOBODY, key=key, width=360)


def gone(claims: int, to: Colleague | None) -> str:
    """Return, as the end of a sentence, where that many claims went; nothing where there were none."""
    return f"; {words.counted(claims, 'claim')} with {to.name if to else NOBODY.lower()}" if claims else ""


def goes(claims: int, to: Colleague | None) -> str:
    """Return where that many claims will go: '3 claims go back to nobody yet', '1 claim goes to Nora New'."""
    verb = "goes" if claims == 1 else "go"
    return f"{words.counted(claims, 'claim')} {verb} {f'to {to.name}' if to else f'back to {NOBODY.lower()}'}"
