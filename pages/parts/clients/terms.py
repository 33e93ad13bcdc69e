"""What is promised to a client, and the fields in which it is filled in."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

import streamlit as st

from core.calendars import DAY_NAMES, USUAL_HOURS, WORKING_DAYS
from core.clients import Client
from core.clocks import BusinessWeek, Clock, Policy
from core.holiday_calendars import calendars, holidays_in_words
from core.open_hours import hours_text, stretches
from core.promises import MOST_HOURS
from core.refusal import Refusal
from pages.parts.markdown import verbatim

HOURS_OF = {Clock.ELAPSED: "True hours", Clock.BUSINESS: "Working week"}


class Terms(NamedTuple):
    """What is promised, as chosen in a form; the week is made of it in the act, where it can be refused."""

    hours: int
    clock: Clock
    open_hours: str
    days: frozenset[int]
    calendar: str

    def kept_in(self, timezone: str) -> dict[str, Any]:
        """Return what services take, the week's hours being those of clocks in *timezone*."""
        week = BusinessWeek(timezone, stretches(self.open_hours), self.days, self.calendar)
        return {"hours": self.hours, "clock": self.clock, "week": week}

    def policy_in(self, timezone: str, begins: datetime) -> Policy:
        """Return the promise that these terms are in *timezone*."""
        return Policy(**self.kept_in(timezone), effective_from=begins)

    def policy(self, client: Client, begins: datetime) -> Policy:
        """Return the promise that these terms are to *client* from *begins* on, with its closed days."""
        counting = client.promise_at(begins)
        promise = self.policy_in(client.timezone_at(begins), begins)
        return replace(promise, changes=counting.changes) if counting else promise

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return the terms of a promise."""
        week = policy.week
        return cls(int(policy.hours), policy.clock, week.hours_text, week.days, week.calendar)


USUAL = Terms(24, Clock.ELAPSED, hours_text(USUAL_HOURS), WORKING_DAYS, "US")

_EXAMPLES = (
    "As in 08:00-17:00. With a break: 08:00-12:00,13:00-17:00. Over midnight: 22:00-06:00, begun on a working day."
    " Around the clock: 00:00-24:00."
)


def clock_field(first: Clock, request: UUID) -> Clock:
    """Draw the choice of the clock; outside of the form, since the fields in it depend on it."""
    return st.segmented_control(
        "Which hours count",
        list(Clock),
        default=first,
        required=True,
        format_func=HOURS_OF.get,
        key=f"which_hours.{request}",
    )


def term_fields(first: Terms, request: UUID) -> Terms | None:
    """
    Draw the fields of a promise counted by the clock of *first*, and return them as filled in.

    None where the open hours are not understood: the field says so.
    """
    hours = st.number_input(
        "Hours to first contact", min_value=1, max_value=MOST_HOURS, value=first.hours, width=180,
        key=f"hours.{request}",
    )  # fmt: skip
    if first.clock is Clock.ELAPSED:
        return first._replace(hours=hours)
    open_hours = st.text_input("Hours", value=first.open_hours, help=_EXAMPLES, key=f"open_hours.{request}")
    understood = _understood(open_hours)
    days = st.pills(
        "Working days", range(1, 8), default=sorted(first.days), selection_mode="multi",
        format_func=lambda day: DAY_NAMES[day - 1], key=f"days.{request}",
    )  # fmt: skip
    offered = calendars() if first.calendar in calendars() else (first.calendar, *calendars())
    calendar = st.selectbox(
        "Closed on", offered, index=offered.index(first.calendar), format_func=_closed_on, key=f"calendar.{request}"
    )
    return Terms(hours, first.clock, open_hours, frozenset(days), calendar) if understood else None


def _understood(open_hours: str) -> bool:
    """Tell whether these are open hours; where they are not, say so at the field."""
    try:
        stretches(open_hours)
    except Refusal as refusal:
        st.error(verbatim(str(refusal)), icon=":material/priority_high:")
        return False
    return True


def _closed_on(calendar: str) -> str:
    kept = holidays_in_words(calendar)
    return kept[0].upper() + kept[1:]
