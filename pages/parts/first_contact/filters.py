"""What the page First contact asks its reader (whose claims, when, in whose time), and the address that keeps it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import streamlit as st

from core import first_contact, walltime, words
from core.access import Actor
from core.first_contact import NOT_KNOWN, Choices, Question
from core.states import JURISDICTIONS
from pages.parts import desk
from pages.parts.first_contact import periods
from pages.parts.markdown import verbatim

_EARLIEST = date(2000, 1, 1)
_STATES = (*JURISDICTIONS, NOT_KNOWN)

CLIENT, STATE, VA, FIRST, LAST, ZONE = "client", "state", "va", "from", "to", "zone"
"""Names of the filters in the page's address. Their values are numbers, codes and days: history and logs see them."""

_NAMES = (CLIENT, STATE, VA, FIRST, LAST, ZONE)
_REMARKS = "measures.remarks"
"""What was said of the address as it came, and what became of it: said until the reader asks something else."""

_PRESSED = "measures.pressed"
"""
The visit in which a period was pressed, and the address that asks it, until the page is drawn by it.

A run is broken off by the next thing that happens on the page. What that one sends is the address as the browser still
has it, and the period would be lost.
"""

_DAYS, _PRESET = "measures.days", "measures.preset"

T = TypeVar("T")
Address = dict[str, list[str]]


class Chosen(NamedTuple):
    """What stands in the filters. Nothing chosen means all; of *days* there is one while a period is being chosen."""

    clients: list[int]
    states: list[str]
    people: list[int]
    timezone: str
    days: tuple[date, ...]


def question(actor: Actor, choices: Callable[[], Choices]) -> tuple[Question | None, Choices]:
    """
    Draw the filters behind one button, the usual periods beside it, and return the question and the names in it.

    The question is None while only the period's first day is chosen. All of it stands in the page's address, so that a
    reload and a shared link ask the same. Where an address asks what it cannot, or what the person is not offered, the
    page says so. *choices* are asked for, and the fields drawn, only where somebody looks: hundreds of names are not
    sent at every turn of the page.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="measures.bar"):
        behind = st.popover("Filters", icon=":material/filter_alt:", key="measures.filters", on_change="rerun")
        presets = st.container(width="content")
    visit, pressed = st.session_state.get(_PRESSED, (None, {}))
    if visit == desk.visit():
        st.query_params.from_dict(pressed)
    wanted = behind.open or CLIENT in st.query_params or VA in st.query_params
    offered = choices() if wanted else Choices([], [])
    zones = first_contact.zones(actor.timezone, at=desk.now())
    chosen, remarks = _read(_address(), offered, zones)
    if behind.open:
        with behind:
            chosen = _fields(offered, list(dict.fromkeys((*zones, chosen.timezone))), chosen)
    with presets:
        _presets(chosen)
    if len(chosen.days) != 2:
        return None, offered
    _say(remarks, _keep(chosen))
    first, last = chosen.days
    whose = _some(chosen.clients), _some(chosen.states), _some(chosen.people)
    return Question(first, last, chosen.timezone, *whose), offered


def drawn() -> None:
    """Say that the page is drawn by what was asked: from here on what the browser's address says counts again."""
    st.session_state.pop(_PRESSED, None)


def state(code: str) -> str:
    """Return a jurisdiction as people name it."""
    return "Not known" if code == NOT_KNOWN else code


def _fields(offered: Choices, zones: Sequence[str], chosen: Chosen) -> Chosen:
    """Draw the fields, which begin with what was *chosen* before, and return what stands in them."""
    clients = {c.id: c.name for c in offered.clients}
    people = {a.id: a.name for a in offered.assignees}
    for name, value in chosen._asdict().items():
        st.session_state.setdefault(f"measures.{name}", value)
    of_clients = st.multiselect(
        "Client", list(clients), format_func=clients.__getitem__, placeholder="All", key="measures.clients"
    )
    of_states = st.multiselect("Jurisdiction", _STATES, format_func=state, placeholder="All", key="measures.states")
    of_people = st.multiselect(
        "VA", list(people), format_func=people.__getitem__, placeholder="All", key="measures.people"
    )
    timezone = st.selectbox("Time zone", zones, format_func=words.zone, key="measures.timezone")
    latest = _today(timezone) + timedelta(days=1)
    days = st.date_input("Reported", max_value=latest, format="MM/DD/YYYY", key=_DAYS)
    return Chosen(of_clients, of_states, of_people, timezone, days if isinstance(days, tuple) else (days,))


def _presets(chosen: Chosen) -> None:
    """Draw the usual periods; the one that is asked about is marked."""
    usual = periods.usual(_today(chosen.timezone))
    st.session_state[_PRESET] = next((name for name, days in usual.items() if days == chosen.days), None)

    def choose() -> None:
        days = usual.get(st.session_state[_PRESET])
        if days is None:  # the one that is asked about was pressed once more
            return
        pressed = {**_address(), FIRST: days[0].isoformat(), LAST: days[1].isoformat()}
        st.session_state[_PRESSED] = desk.visit(), pressed
        st.query_params.from_dict(pressed)
        if _DAYS in st.session_state:
            st.session_state[_DAYS] = days

    st.segmented_control("Period", list(usual), key=_PRESET, on_change=choose, label_visibility="collapsed")


def _address() -> Address:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _read(address: Address, offered: Choices, zones: Sequence[str]) -> tuple[Chosen, list[str]]:
    """Return what *address* asks of what is offered, and what is to be said of the rest of it."""
    clients, hidden_clients, odd_clients = _numbers(address, CLIENT, [c.id for c in offered.clients])
    people, hidden_people, odd_people = _numbers(address, VA, [a.id for a in offered.assignees])
    states = [code for code in _STATES if code in address.get(STATE, [])]
    wrong = [f"“{verbatim(name[:20])}”" for name in address if name not in _NAMES]
    wrong += [CLIENT] * odd_clients + [VA] * odd_people + [STATE] * (set(address.get(STATE, [])) > set(states))
    timezone = zones[0]
    if ZONE in address:
        named = address[ZONE][0] if len(address[ZONE]) == 1 else ""
        known = named in zones or first_contact.can_be_asked_in(named, at=desk.now())
        timezone = named if known else timezone
        wrong += [ZONE] * (not known)
    days = _days(address, _today(timezone))
    if days is None and (FIRST in address or LAST in address):
        wrong.append(f"{FIRST} and {LAST}")
    remarks = [f"In this link, what it says under {', '.join(wrong)} cannot be used and is left out."] if wrong else []
    remarks += _not_offered("client", hidden_clients, clients) + _not_offered("VA", hidden_people, people)
    return Chosen(clients, states, people, timezone, days or periods.at_first(_today(timezone))), remarks


def _not_offered(noun: str, hidden: int, left: Sequence[int]) -> list[str]:
    """Say that a link named some whom the reader does not see; whether they exist is not for the reader to know."""
    if not hidden:
        return []
    rest = "" if left else f" Shown are all {noun}s that you see."
    return [f"This link asked about {words.counted(hidden, noun)} that you do not see: left out.{rest}"]


def _numbers(address: Address, name: str, offered: Iterable[int]) -> tuple[list[int], int, bool]:
    """Return those *offered* that the address names, how many more it names, and whether it names what is no number."""
    values = address.get(name, [])
    numbers = {int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 10}
    known = [number for number in offered if number in numbers]
    return known, len(numbers) - len(known), len(numbers) < len(set(values))


def _days(address: Address, today: date) -> tuple[date, date] | None:
    """Return the period that the address names, or None where it names none that could be chosen."""
    try:
        [first], [last] = ([date.fromisoformat(day) for day in address.get(name, [])] for name in (FIRST, LAST))
    except ValueError:
        return None
    return (first, last) if _EARLIEST <= first <= last <= today + timedelta(days=1) else None


def _today(timezone: str) -> date:
    return walltime.today(timezone, desk.now())


def _keep(chosen: Chosen) -> Address:
    """Have the page's address name what was chosen, period and time zone too, and return it."""
    named: dict[str, Sequence[object]] = {
        CLIENT: chosen.clients,
        STATE: chosen.states,
        VA: chosen.people,
        FIRST: chosen.days[:1],
        LAST: chosen.days[1:],
        ZONE: [chosen.timezone],
    }
    kept = {name: [str(value) for value in values] for name, values in named.items() if values}
    if _address() != kept:
        st.query_params.from_dict(kept)
    return kept


def _say(remarks: list[str], kept: Address) -> None:
    """Draw what is to be said of the address as it came, for as long as the page asks what was *kept* of it."""
    if remarks:
        st.session_state[_REMARKS] = (remarks, kept)
    remarks, of = st.session_state.get(_REMARKS, ([], kept))
    if of != kept:
        del st.session_state[_REMARKS]
    elif remarks:
        st.warning("  \n".join(remarks), icon=":material/link_off:")


def _some(chosen: Sequence[T]) -> frozenset[T] | None:
    return frozenset(chosen) or None
