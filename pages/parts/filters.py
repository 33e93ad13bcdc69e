"""What the pages of measures ask their reader (whose claims, when, in whose time), and the address that keeps it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import streamlit as st

from core import first_contact, walltime
from core.access import Actor
from core.first_contact import NOT_KNOWN, Choices, Question
from core.intake import JURISDICTIONS
from pages.parts import desk

DAYS_AT_FIRST = 90
_EARLIEST = date(2000, 1, 1)
_STATES = (*JURISDICTIONS, NOT_KNOWN)

CLIENT, STATE, VA, FIRST, LAST, ZONE = "client", "state", "va", "from", "to", "zone"
"""Names of the filters in the page's address. Their values are numbers, codes and days: history and logs see them."""

T = TypeVar("T")


class Chosen(NamedTuple):
    """What stands in the filters. Nothing chosen means all; of *days* there is one while a period is being chosen."""

    clients: list[int]
    states: list[str]
    people: list[int]
    timezone: str
    days: tuple[date, ...]


def asked(actor: Actor, choices: Callable[[], Choices]) -> tuple[Question | None, Choices]:
    """
    Draw the filters behind one button and return the question, and by what names its clients and people go.

    The question is None while only the period's first day is chosen. It stands in the page's address, so that a reload
    and a shared link ask the same; what the person is not offered is passed over in silence. *choices* are asked for,
    and the fields drawn, only where somebody looks: hundreds of names are not sent at every turn of the page.
    """
    behind = st.popover("Filters", icon=":material/filter_alt:", key="measures.filters", on_change="rerun")
    wanted = behind.open or CLIENT in st.query_params or VA in st.query_params
    offered = choices() if wanted else Choices([], [])
    zones = first_contact.zones(actor.timezone, at=desk.now())
    chosen = _told(offered, zones)
    if behind.open:
        with behind:
            chosen = _fields(offered, zones, chosen)
    if len(chosen.days) != 2:
        return None, offered
    _keep(chosen, at_first=zones[0])
    first, last = chosen.days
    question = Question(first, last, chosen.timezone, _some(chosen.clients), _some(chosen.states), _some(chosen.people))
    return question, offered


def _told(offered: Choices, zones: Sequence[str]) -> Chosen:
    """Return what the page's address asks."""
    timezone = (_named(ZONE, zones, str) or zones)[0]
    return Chosen(
        _named(CLIENT, [c.id for c in offered.clients], int),
        _named(STATE, _STATES, str),
        _named(VA, [a.id for a in offered.assignees], int),
        timezone,
        _days(_today(timezone)) or _usual(timezone),
    )


def _fields(offered: Choices, zones: Sequence[str], told: Chosen) -> Chosen:
    """Draw the fields, which begin with what was *told*, and return what stands in them."""
    clients = {c.id: c.name for c in offered.clients}
    people = {a.id: a.name for a in offered.assignees}
    for name, value in told._asdict().items():
        st.session_state.setdefault(f"measures.{name}", value)
    of_clients = st.multiselect(
        "Client", list(clients), format_func=clients.__getitem__, placeholder="All", key="measures.clients"
    )
    of_states = st.multiselect("Jurisdiction", _STATES, format_func=state, placeholder="All", key="measures.states")
    of_people = st.multiselect(
        "VA", list(people), format_func=people.__getitem__, placeholder="All", key="measures.people"
    )
    timezone = st.selectbox("Time zone", zones, format_func=place, key="measures.timezone")
    latest = _today(timezone) + timedelta(days=1)
    days = st.date_input("Reported", max_value=latest, format="MM/DD/YYYY", key="measures.days")
    return Chosen(of_clients, of_states, of_people, timezone, days if isinstance(days, tuple) else (days,))


def place(timezone: str) -> str:
    """Return a time zone as people name it: by its city."""
    return timezone.rpartition("/")[2].replace("_", " ")


def state(code: str) -> str:
    """Return a jurisdiction as people name it."""
    return "Not known" if code == NOT_KNOWN else code


def _named(name: str, offered: Iterable[T], read: Callable[[str], T]) -> list[T]:
    """Return those of *offered* that the address names, in the order of the offer."""
    if name not in st.query_params:
        return []
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


def _today(timezone: str) -> date:
    return walltime.today(timezone, desk.now())


def _usual(timezone: str) -> tuple[date, date]:
    """Return the period that is asked about at first, which the address need not name."""
    today = _today(timezone)
    return today - timedelta(days=DAYS_AT_FIRST - 1), today


def _keep(chosen: Chosen, *, at_first: str) -> None:
    """Have the page's address name what was chosen; what is as at first (the time zone: *at_first*) is left out."""
    usual = chosen.days == _usual(chosen.timezone)
    named: dict[str, Sequence[object]] = {
        CLIENT: chosen.clients,
        STATE: chosen.states,
        VA: chosen.people,
        FIRST: [] if usual else chosen.days[:1],
        LAST: [] if usual else chosen.days[1:],
        ZONE: [] if chosen.timezone == at_first else [chosen.timezone],
    }
    wanted = {name: [str(value) for value in values] for name, values in named.items() if values}
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def _some(chosen: Sequence[T]) -> frozenset[T] | None:
    return frozenset(chosen) or None
