"""What the page Authorization aging asks its reader (what of it, by what, whose), and the address that keeps it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from core import authorization_aging
from core.access import Action, Actor
from core.authorization_aging import BY, By, Question
from core.scope import ClientInScope
from core.states import JURISDICTIONS
from pages.parts import desk

OPEN, TURNAROUND, SLOW = "open", "turnaround", "slow"
VIEWS = {OPEN: "Open now", TURNAROUND: "Turnaround", SLOW: "Slow to answer"}
"""What can be looked at, by its name in the address."""

VIEW, GROUPED, CLIENT, STATE = "view", "by", "client", "state"
"""Names in the page's address. Their values are ids and codes: history and logs see them."""

_PRESSED = "aging.pressed"
"""
The visit in which something was pressed, and the address that asks it, until the page is drawn by it: a run that is
broken off is followed by one with the address as the browser still has it.
"""


class Asked(NamedTuple):
    """What the page is asked: which view, the question, and clients by id that can be named, none where none is."""

    view: str
    question: Question
    clients: Mapping[int, str]


def asked(actor: Actor, offered: Callable[[], Sequence[ClientInScope]]) -> Asked:
    """
    Draw the views, by what is told apart, and the filters behind a button; return what they ask.

    All of it stands in the page's address, so that a reload, Back and a shared link ask the same. What an address says
    that cannot be asked, or that is not the reader's to ask, is left out.
    """
    visit, pressed = st.session_state.get(_PRESSED, (None, {}))
    if visit == desk.visit():
        st.query_params.from_dict(pressed)
    with st.container(horizontal=True, vertical_alignment="center", key="aging.bar"):
        view = _choice(VIEW, VIEWS if actor.may(Action.AGING_DRILL) else {v: VIEWS[v] for v in (OPEN, TURNAROUND)})
        groupings = {by.value: f"By {BY[by].lower()}" for by in _groupings(actor, view)}
        by = By(_choice(GROUPED, groupings)) if groupings else None
        behind = st.popover("Filters", icon=":material/filter_alt:", key="aging.filters", on_change="rerun")
    clients = {each.client_id: each.name for each in offered()} if behind.open or CLIENT in st.query_params else {}
    of_clients = [number for number in clients if str(number) in st.query_params.get_all(CLIENT)]
    of_states = [code for code in JURISDICTIONS if code in st.query_params.get_all(STATE)]
    if behind.open:
        with behind:
            of_clients, of_states = _fields(clients, of_clients, of_states)
    _keep({VIEW: [view], GROUPED: [by.value] if by else [], CLIENT: list(map(str, of_clients)), STATE: of_states})
    return Asked(
        view, Question(by or By.JURISDICTION, frozenset(of_clients) or None, frozenset(of_states) or None), clients
    )


def drawn() -> None:
    """Say that the page is drawn by what was asked: from here on what the browser's address says counts again."""
    st.session_state.pop(_PRESSED, None)


def whose(asked: Asked, actor: Actor) -> str:
    """Say in words whose requests are shown."""
    question = asked.question
    names = sorted(asked.clients[number] for number in question.clients or ())
    everything = "all clients" if actor.scope is None else "your clients"
    states = sorted(question.states or ())
    return f"{', '.join(names) or everything} · {', '.join(states) or 'all jurisdictions'}"


def narrowed(question: Question) -> bool:
    """Tell whether the filters leave anything out."""
    return question.clients is not None or question.states is not None


def _groupings(actor: Actor, view: str) -> Sequence[By]:
    """Return by what a view can be told apart: turnaround by no person, and who is slow is told by persons as it is."""
    if view == SLOW:
        return ()
    return authorization_aging.offered(actor) if view == OPEN else (By.JURISDICTION, By.CLIENT)


def _choice(name: str, options: Mapping[str, str]) -> str:
    """Draw *options* beside each other, and return the one that the address names, the first where it names none."""
    chosen = st.query_params.get(name, "")
    chosen = chosen if chosen in options else next(iter(options))
    key = f"aging.{name}"
    st.session_state[key] = chosen

    def press() -> None:
        kept = {each: st.query_params.get_all(each) for each in st.query_params}
        pressed = kept | {name: [st.session_state[key] or chosen]}
        st.session_state[_PRESSED] = (desk.visit(), pressed)
        st.query_params.from_dict(pressed)

    st.segmented_control(
        name, list(options), format_func=options.__getitem__, key=key, on_change=press, label_visibility="collapsed"
    )
    return chosen


def _fields(
    clients: Mapping[int, str], of_clients: Sequence[int], of_states: Sequence[str]
) -> tuple[list[int], list[str]]:
    st.session_state.setdefault("aging.clients", list(of_clients))
    st.session_state.setdefault("aging.states", list(of_states))
    return (
        st.multiselect(
            "Client", list(clients), format_func=clients.__getitem__, placeholder="All", key="aging.clients"
        ),
        st.multiselect("Jurisdiction", JURISDICTIONS, placeholder="All", key="aging.states"),
    )


def _keep(named: Mapping[str, list[str]]) -> None:
    kept = {name: values for name, values in named.items() if values}
    if {name: st.query_params.get_all(name) for name in st.query_params} != kept:
        st.query_params.from_dict(kept)
