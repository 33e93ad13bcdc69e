"""Two claims beside each other: in what they differ, and what of a merged one does not stand where it leads."""

import streamlit as st

from core import merging
from core.access import Actor
from core.intake import ClaimPage
from core.merging import Difference
from pages.parts import desk, fields
from pages.parts.forms.acts import key_of, of


def sides(difference: Difference, kept: str, other: str) -> str:
    """Return, as markdown, what stands in a field of the claims called *kept* and *other*."""
    return (
        f"**{fields.named(difference.field)}**  \n"
        f":gray[{kept}:] {fields.shown(difference.field, difference.kept)}  \n"
        f":gray[{other}:] {fields.shown(difference.field, difference.other)}"
    )


def draw(actor: Actor, page: ClaimPage) -> None:
    """Draw for each claim that was merged into this one, behind a button, in what it differs: a look at its worker."""
    for each in page.merged:
        shown = f"{key_of(of(page, 'merged'))}.{each.claim_id}"
        if st.button(f"What {each.claim_number} says otherwise", icon=":material/compare_arrows:", key=f"{shown}.go"):
            st.session_state[shown] = desk.visit()
        if st.session_state.get(shown) != desk.visit():
            continue
        found = None
        with desk.refusals_shown(), desk.by_key(actor) as tx:
            found = merging.left_out(actor, tx, client_id=page.header.client_id, claim_id=each.claim_id)
        if found:
            for difference in found:
                st.markdown(sides(difference, "Here", f"On {each.claim_number}"))
        elif found is not None:
            st.caption(f"Nothing: all that {each.claim_number} says stands here.")
