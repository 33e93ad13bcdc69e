"""What the pages of measures ask their reader (whose claims, when, in whose time), and the address that keeps it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from core.access import Actor
from core.first_contact import NOT_KNOWN, ZONES, Choices, Question
from core.intake import JURISDICTIONS
from pages.parts import desk

DAYS_AT_FIRST = 90
_EARLIEST = date(2000, 1, 1)

CLIENT, STATE, VA, FIRST, LAST, ZONE = "client", "state", "va", "from", "to", "zone"
"""Names of the filters in the page's address. Their values are numbers, codes and days: history and logs see them."""

T = TypeVar("T")


def asked(actor: Actor, choices: Choices) -> Question | None:
    """
    Draw the filters behind one button and return the question; None while only the period's first day is chosen.

    They begin as the page's address says and are kept in it, so that a reload and a shared link ask the same. What the
    person is not offered is passed over in silence. The browser draws them when they are opened, and only then.
    """
    clients = {c.id: c.name for c in choices.clients}
    people = {a.id: a.name for a in choices.assignees}
    states = [*JURISDICTIONS, NOT_KNOWN]
    zones = list(dict.fromkeys((actor.timezone, *ZONES)))
    _begin("measures.clients", _named(CLIENT, clients, int))
    _begin("measures.states", _named(STATE, states, str))
    _begin("measures.people", _named(VA, people, int))
    _begin("measures.timezone", (_named(ZONE, zones, str) or zones)[0])
    with st.popover("Filters", icon=":material/filter_alt:", key="measures.filters"):
        of_clients = st.multiselect(
            "Client", list(clients), format_func=clients.__getitem__, placeholder="All", key="measures.clients"
        )
        of_states = st.multiselect("Jurisdiction", states, format_func=state, placeholder="All", key="measures.states")
        of_people = st.multiselect(
            "VA", list(people), format_func=people.__getitem__, placeholder="All", key="measures.people"
        )
        timezone = st.selectbox("Time zone", zones, format_func=place, key="measures.timezone")
        today = desk.now().astimezone(ZoneInfo(timezone)).date()
        usual = (today - timedelta(days=DAYS_AT_FIRST - 1), today)
        _begin("measures.days", _days(today) or usual)
        days = st.date_input("Reported", max_value=today + timedelta(days=1), key="measures.days")
    if not isinstance(days, tuple) or len(days) != 2:
        return None
    _keep(
        {
            CLIENT: of_clients,
            STATE: of_states,
            VA: of_people,
            FIRST: [days[0]] if days != usual else [],
            LAST: [days[1]] if days != usual else [],
            ZONE: [timezone] if timezone != zones[0] else [],
        }
    )
    return Question(days[0], days[1], timezone, _some(of_clients), _some(of_states), _some(of_people))


def place(timezone: str) -> str:
    """Return a time zone as people name it: by its city."""
    return timezone.rpartition("/")[2].replace("_", " ")


def state(code: str) -> str:
    """Return a jurisdiction as people name it."""
    return "Not known" if code == NOT_KNOWN else code


def _begin(key: str, value: object) -> None:
    """Give the filter *key* its first value; what the person chose since then stands."""
    if key not in st.session_state:
        st.session_state[key] = value


def _named(name: str, offered: Iterable[T], read: Callable[[str], T]) -> list[T]:
    """Return those of *offered* that the address names, in the order of the offer."""
    told = []
    for value in st.query_params.get_all(name):
        try:
            told.append(read(value))
        except ValueError:
            continue
    return [each for each in offered if each in told]


def _days(today: date) -> tuple[date, date] | None:
    """Return the period that the address names, or None where it names none that could be chosen."""
    try:
        first, last = (date.fromisoformat(st.query_params.get(name, "")) for name in (FIRST, LAST))
    except ValueError:
        return None
    return (first, last) if _EARLIEST <= first <= last <= today + timedelta(days=1) else None


def _keep(chosen: dict[str, Sequence[object]]) -> None:
    """Have the page's address name what was chosen; what is as at first is left out."""
    wanted = {name: [str(value) for value in values] for name, values in chosen.items() if values}
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def _some(chosen: Sequence[T]) -> frozenset[T] | None:
    return frozenset(chosen) or None
