"""What waits for a supervisor, on top of the pages of those concerned: deaths, merges, calls without a time."""

from collections.abc import Sequence

import streamlit as st

from core import words
from core.access import Action, Actor
from core.notices import Notice, notices
from pages.parts import desk
from pages.parts.live_lists import CLAIM_ADDRESS
from pages.parts.markdown import verbatim

MOST = 10
"""Claims that are named; of more it is said how many."""


def waiting(actor: Actor) -> None:
    """
    Draw in a line each, every claim a link, which deaths are not acknowledged, what is to be merged and, for whoever
    can book against a calendar, for which calls a time is to be found, if any.
    """
    with desk.looking(actor) as tx:
        deaths, to_merge, to_find = notices(actor, tx)
    _without_time(actor, to_find)
    if deaths:
        st.error(
            f"{words.counted(len(deaths), 'claim')} with a date of death not yet acknowledged: {_named(deaths)}."
            " Nobody calls the worker.",
            icon=":material/do_not_disturb_on:",
        )
    if to_merge:
        said = (
            "is said to be a claim reported before" if len(to_merge) == 1 else "are said to be claims reported before"
        )
        st.warning(
            f"{words.counted(len(to_merge), 'claim')} {said}: {_named(to_merge)}. Merge, or answer that it is another"
            " injury.",
            icon=":material/merge:",
        )


def _without_time(actor: Actor, claims: Sequence[Notice]) -> None:
    if claims and actor.may(Action.CALL_OVERRIDE):
        said = "No time is free" if len(claims) == 1 else "For each no time is free"
        st.error(
            f"{words.counted(len(claims), 'claim')} without a time for the triage call: {_named(claims)}. {said} before"
            " the deadline: find one, or book against a calendar.",
            icon=":material/event_busy:",
        )


def _named(claims: Sequence[Notice]) -> str:
    named = ", ".join(
        f"[{verbatim(each.claim_number)}]({CLAIM_ADDRESS.format(each.client_id, each.claim_id)})"
        f" ({verbatim(each.client)})"
        for each in claims[:MOST]
    )
    return named + (f" and {len(claims) - MOST:,} more" if len(claims) > MOST else "")
