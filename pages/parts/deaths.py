"""Claims with a date of death that no supervisor has acknowledged, on top of where supervisors and compliance look."""

import streamlit as st

from core import intake, words
from core.access import Actor
from pages.parts import desk
from pages.parts.live_lists import CLAIM_ADDRESS
from pages.parts.markdown import verbatim

MOST = 10
"""Claims that are named; of more it is said how many."""


def unacknowledged(actor: Actor) -> None:
    """Draw in one line, each claim a link, what is not acknowledged yet; nothing where there is none."""
    with desk.looking(actor) as tx:
        deaths = intake.unacknowledged_deaths(actor, tx)
    if not deaths:
        return
    named = ", ".join(
        f"[{verbatim(each.claim_number)}]({CLAIM_ADDRESS.format(each.client_id, each.claim_id)})"
        f" ({verbatim(each.client)})"
        for each in deaths[:MOST]
    )
    more = f" and {len(deaths) - MOST:,} more" if len(deaths) > MOST else ""
    st.error(
        f"{words.counted(len(deaths), 'claim')} with a date of death not yet acknowledged: {named}{more}."
        " Nobody calls the worker.",
        icon=":material/do_not_disturb_on:",
    )
