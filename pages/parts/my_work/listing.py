"""The list of My work: whose it shows, and what of it is opened beside it."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st
from desk_board import Act, Answer, board

from core import assignees
from core.access import MATRIX, Action, Actor, Scope
from core.live import LiveList
from pages.parts import desk, live_lists
from pages.parts.markdown import verbatim
from pages.parts.my_work.opened import ONWARD, OPEN, OVER, WITHIN


class Whose(NamedTuple):
    """Whose work is shown: that person's and nobody's, or everybody's; of these clients, or (None) of all in scope."""

    staff_id: int
    everybody: bool
    clients: frozenset[int] | None = None


def whose(person: Actor) -> Whose:
    """
    Return whose work is shown: one's own; of those who hand out work, that of the person they choose.

    Whoever makes the first contact calls for claims that others have: their work is everybody's of their clients.
    """
    if not person.may(Action.CLAIM_ASSIGN):
        return Whose(person.staff_id, person.may(Action.FIRST_CONTACT_RECORD))
    with desk.looking(person) as tx:
        people = {each.staff_id: each for each in assignees.people(person, tx)}
    people.pop(person.staff_id, None)
    # Chosen and told in one row: what comes and goes above the list would have it drawn as another one.
    with st.container(horizontal=True, vertical_alignment="center", key="work.choice"):
        chosen = st.selectbox(
            "Whose work",
            [person.staff_id, *sorted(people, key=lambda staff_id: people[staff_id].name)],
            format_func=lambda staff_id: people[staff_id].name if staff_id in people else "Everybody's work",
            key="work.whose",
            label_visibility="collapsed",
            width=280,
        )
        if (other := people.get(chosen)) is None:
            return Whose(chosen, everybody=True)
        reaches = MATRIX[other.role][Action.FIRST_CONTACT_RECORD] is not Scope.NONE
        who = "everybody's" if reaches else "this person's and nobody's"
        where = "" if other.scope is None else " of the clients worked for"
        st.caption(f"{verbatim(other.name)}'s list: what is {who}{where}. What you do here is done in your name.")
        return Whose(chosen, reaches, other.scope)


def listed(person: Actor, live_list: LiveList, *, whose: Whose, acts: Sequence[Act]) -> Answer:
    """Draw the list, and open beside it what its reader opened; where there is no room, the claim's own page."""
    here = {"work": "all" if whose.everybody else "own"}
    answer = board(
        live_list.name,
        live_list=live_list.drawn(),
        timezone=person.timezone,
        acts=acts,
        me=whose.staff_id,
        reader=person.staff_id,
        everybody=whose.everybody,
        clients=whose.clients,
        href=f"{live_lists.CLAIM_ADDRESS}&{urlencode(live_lists.kept_in_address(here))}",
        cleared=live_lists.cleared(),
        beside=True,
        opened=st.session_state.get(OPEN),
        onward=st.session_state.get(ONWARD, 0),
        opening=_opening,
    )
    if answer.opened and len(answer.opened) == 3 and answer.narrow:
        live_lists.open_claim(*answer.opened[:2], {**answer.filter, **here})
    st.session_state[WITHIN] = st.session_state.get(WITHIN, {}) | here
    return answer


def _opening(answer: Answer) -> None:
    """Keep what stands beside the list from now on; where there is no room for it, what stood there is kept."""
    if answer.done:
        st.session_state[OPEN], st.session_state[OVER] = None, True
    elif answer.opened and len(answer.opened) == 3 and not answer.narrow:
        st.session_state[OPEN], st.session_state[OVER] = answer.opened, False
        st.session_state[WITHIN] = dict(answer.filter)
