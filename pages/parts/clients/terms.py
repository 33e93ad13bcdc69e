"""What is promised to a client, and the fields in which it is filled in."""

from datetime import time
from typing import Any, NamedTuple
from uuid import UUID

import streamlit as st

from core.calendars import DAY_NAMES, WORKING_DAYS, calendars, holidays_in_words
from core.clients import MOST_HOURS
from core.clocks import BusinessWeek, Clock

HOURS_OF = {Clock.ELAPSED: "True hours", Clock.BUSINESS: "Working week"}


class Terms(NamedTuple):
    """What is promised, as chosen in a form; the week is made of it in the act, where it can be refused."""

    hours: int
    clock: Clock
    opens: time
    closes: time
    days: frozenset[int]
    calendar: str

    def kept_in(self, timezone: str) -> dict[str, Any]:
        """Return what services take, the week's hours being those of clocks in *timezone*."""
        week = BusinessWeek(timezone, self.opens, self.closes, self.days, self.calendar)
        return {"hours": self.hours, "clock": self.clock, "week": week}


USUAL = Terms(24, Clock.ELAPSED, time(8), time(17), WORKING_DAYS, "US")


def clock_field(first: Clock, request: UUID) -> Clock:
    """Draw the choice of the clock; outside of the form, since the fields in it depend on it."""
    return st.segmented_control(
        "Which hours count", list(Clock), default=first, required=True, format_func=HOURS_OF.get, key=f"clock.{request}"
    )


def term_fields(first: Terms, request: UUID) -> Terms:
    """Draw the fields of a promise counted by the clock of *first*, and return them as filled in."""
    promised_in, opening, closing = st.columns(3)
    hours = promised_in.number_input(
        "Hours to first contact", min_value=1, max_value=MOST_HOURS, value=first.hours, key=f"hours.{request}"
    )
    if first.clock is Clock.ELAPSED:
        return first._replace(hours=hours)
    opens = opening.time_input("Opens", value=first.opens, step=900, key=f"opens.{request}")
    closes = closing.time_input("Closes", value=first.closes, step=900, key=f"closes.{request}")
    days = st.pills(
        "Working days", range(1, 8), default=sorted(first.days), selection_mode="multi",
        format_func=lambda day: DAY_NAMES[day - 1], key=f"days.{request}",
    )  # fmt: skip
    offered = calendars() if first.calendar in calendars() else (first.calendar, *calendars())
    calendar = st.selectbox(
        "Closed on", offered, index=offered.index(first.calendar), format_func=_closed_on, key=f"calendar.{request}"
    )
    return Terms(hours, first.clock, opens, closes, frozenset(days), calendar)


def _closed_on(calendar: str) -> str:
    kept = holidays_in_words(calendar)
    return kept[0].upper() + kept[1:]
