"""What the access log is asked (who, about what, which kind, when), in one row, and the address that keeps it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from core import walltime
from core.access import Actor
from core.access_log import Choices, Filters
from pages.parts import desk
from pages.parts.access_log.wording import KINDS

WHO, CLAIM, KIND, CLIENT, PERIOD, FIRST, LAST = "who", "claim", "kind", "client", "period", "from", "to"
"""Names of the filters in the page's address. Their values are numbers, codes and days: history and logs see them."""


class Period(StrEnum):
    """A period that is chosen by its name."""

    TODAY = "today"
    SEVEN_DAYS = "7-days"
    LAST_WEEK = "last-week"
    THIRTY_DAYS = "30-days"
    DAYS = "days"


PERIODS = {
    Period.TODAY: "Today",
    Period.SEVEN_DAYS: "Last 7 days",
    Period.LAST_WEEK: "Last week",
    Period.THIRTY_DAYS: "Last 30 days",
    Period.DAYS: "Choose days",
}

T = TypeVar("T")

_FIELDS = (WHO, "subject", KIND, CLIENT, PERIOD, "days")
_CLAIM_NUMBER = re.compile(r"C-\d{1,18}", re.ASCII)


def chosen(actor: Actor, choices: Choices) -> Filters:
    """
    Draw the filters in one row and return what they ask.

    They stand in the page's address, so that a reload and a shared link ask the same; what cannot be chosen there is
    passed over. A worker's name is kept in the session alone: no address holds it.
    """
    _begin(actor, choices)
    today = walltime.today(actor.timezone, desk.now())
    with st.container(horizontal=True, key="access_log.filters"):
        who = _choice("Who", WHO, "Anyone", choices.people)
        subject = st.text_input(
            "Worker or claim", placeholder="Worker or claim", key="access_log.subject",
            label_visibility="collapsed", width=165,
        )  # fmt: skip
        kind = _choice("What", KIND, "Everything", KINDS, 130)
        client = _choice("Client", CLIENT, "All clients", choices.clients)
        period = _choice("Period", PERIOD, "Any time", PERIODS, 155)
        days: tuple[date, ...] = ()
        if period is Period.DAYS:
            between = st.date_input(
                "Days", max_value=today, format="MM/DD/YYYY", key="access_log.days",
                label_visibility="collapsed", width=240,
            )  # fmt: skip
            days = between if isinstance(between, tuple) else (between,)
        first, last = _span(period, days, today)
        filters = Filters(who, subject.strip(), kind, client, first, last)
        if filters != Filters():
            st.button("Clear", key="access_log.clear", type="tertiary", on_click=_clear)
    _keep(filters, period)
    return filters


def _choice(label: str, name: str, everything: str, offered: Mapping[T, str], width: int = 165) -> T | None:
    """Draw one field and return what is chosen in it; nothing chosen reads *everything*."""
    return st.selectbox(
        label, list(offered), index=None, format_func=offered.__getitem__, placeholder=everything,
        key=f"access_log.{name}", label_visibility="collapsed", width=width,
    )  # fmt: skip


def _begin(actor: Actor, choices: Choices) -> None:
    """Have the fields begin with what the address asks."""
    address = st.query_params
    claim = address.get(CLAIM, "")
    first, last = _day(address.get(FIRST, "")), _day(address.get(LAST, ""))
    today = walltime.today(actor.timezone, desk.now())
    whole = first is not None and last is not None and first <= last <= today
    begins = {
        WHO: _offered(address.get(WHO, ""), choices.people),
        "subject": claim if _CLAIM_NUMBER.fullmatch(claim) else "",
        KIND: _offered(address.get(KIND, ""), KINDS),
        CLIENT: _offered(address.get(CLIENT, ""), choices.clients),
        PERIOD: Period.DAYS if whole else _offered(address.get(PERIOD, ""), PERIODS),
        "days": (first, last) if whole else (today - timedelta(days=6), today),
    }
    for name in _FIELDS:
        st.session_state.setdefault(f"access_log.{name}", begins[name])


def _offered(value: str, offered: Mapping[T, str]) -> T | None:
    """Return which of *offered* the address names, or None."""
    return next((each for each in offered if str(each) == value), None)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _span(period: Period | None, days: tuple[date, ...], today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of *period*; of days being chosen the first alone."""
    match period:
        case Period.TODAY:
            return today, today
        case Period.SEVEN_DAYS:
            return today - timedelta(days=6), today
        case Period.LAST_WEEK:
            monday = today - timedelta(days=today.weekday() + 7)
            return monday, monday + timedelta(days=6)
        case Period.THIRTY_DAYS:
            return today - timedelta(days=29), today
        case Period.DAYS if days:
            return days[0], days[-1]
    return None, None


def _clear() -> None:
    for name in _FIELDS:
        st.session_state.pop(f"access_log.{name}", None)
    st.query_params.clear()


def _keep(filters: Filters, period: Period | None) -> None:
    """Have the page's address name what was chosen, and no worker."""
    chosen_days = period is Period.DAYS
    claim = filters.subject.upper()
    named = {
        WHO: filters.person,
        CLAIM: claim if _CLAIM_NUMBER.fullmatch(claim) else None,
        KIND: filters.kind,
        CLIENT: filters.client,
        PERIOD: None if chosen_days else period,
        FIRST: filters.first_day if chosen_days else None,
        LAST: filters.last_day if chosen_days else None,
    }
    wanted = {name: str(value) for name, value in named.items() if value is not None}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
