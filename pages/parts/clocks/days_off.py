"""The days off of a jurisdiction in a year, and the form that adds one or takes one out."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

import pyarrow as pa
import streamlit as st

from core import states, words
from core.access import Actor
from core.holiday_calendars import NO_HOLIDAYS
from core.statutes import calendar_of, holiday_list
from core.statutes.holiday_list import DayOff
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.ruling import Sent

ADD, TAKE_OUT = "Add a day off", "Take a day off out"
KEEPS = "It holds for clocks that start from now on. Those that have started are counted as they were."

_WIDTHS = {"Day": 140, "Holiday": 210, "Then": 75, "Why": 420}


def days_table(days: Sequence[DayOff], jurisdiction: str, year: int, timezone: str) -> None:
    """Draw the days off of the year, those taken out among them; and that there is no list, where none was read."""
    if calendar_of(jurisdiction) == NO_HOLIDAYS:
        st.info(
            f"No list of the holidays of {states.NAMES[jurisdiction]} was read: its clocks skip Saturdays, Sundays and"
            " the days that are added here."
        )
    if not days:
        return
    st.dataframe(
        pa.table(
            {
                "Day": [words.day(each.day) for each in days],
                "Holiday": [each.name for each in days],
                "Then": ["Off" if each.off else "Counts" for each in days],
                "Why": [_why(each, jurisdiction, timezone) for each in days],
            }
        ),
        key="clocks.days",
        hide_index=True,
        height="content",
        column_config={heading: st.column_config.TextColumn(width=width) for heading, width in _WIDTHS.items()},
        alt=f"The days off of {states.NAMES[jurisdiction]} in {year}",
    )


def changing_form(
    days: Sequence[DayOff], jurisdiction: str, year: int
) -> tuple[date | None, bool, Callable[[], Sent | None]]:
    """
    Draw the fields of a change of the list. Return which day it is, as far as that can be told, and whether that is to
    be off; and what draws the button below that, and returns the change, once it is sent.
    """
    form = f"clocks.days.{jurisdiction}"
    request = forms.request_key(form)
    what = st.segmented_control("What changes", [ADD, TAKE_OUT], default=ADD, required=True, key=f"what.{request}")
    name = ""
    if what == ADD:
        day = forms.day("Day", key=f"day.{request}")
        name = st.text_input("Name of the day", help="As it is called in a count.", key=f"name.{request}")
    else:
        off = {each.day: f"{words.day(each.day)}: {each.name}" for each in days if each.off}
        chosen = st.selectbox(
            "Day off", list(off), index=None, format_func=off.__getitem__, placeholder=f"Choose a day off of {year}",
            key=f"out.{request}",
        )  # fmt: skip
        day = forms.TypedDay(chosen)
    reason = st.text_input("Reason", help="Which law or proclamation says so.", key=f"reason.{request}")
    return day.on, what == ADD, partial(_button, form, request, jurisdiction, what, day, name, reason)


def _button(
    form: str, request: UUID, jurisdiction: str, what: str, day: forms.TypedDay, name: str, reason: str
) -> Sent | None:
    st.caption(KEEPS)
    refusals = st.container()
    if not st.button("Change the days off", type="primary", key=f"clocks.days.{request}.go"):
        return None
    if day.on is None:
        refusals.error(day.lacking or "Say which day.", icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_change, jurisdiction, what, day.on, name, reason))


def _change(
    jurisdiction: str, what: str, day: date, name: str, reason: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    if what == ADD:
        holiday_list.add(actor, tx, jurisdiction=jurisdiction, day=day, name=name, reason=reason, at=at)
        return f"{states.NAMES[jurisdiction]}: {words.day(day)} is off for clocks that start from now on."
    holiday_list.take_out(actor, tx, jurisdiction=jurisdiction, day=day, reason=reason, at=at)
    return f"{states.NAMES[jurisdiction]}: {words.day(day)} counts for clocks that start from now on."


def _why(each: DayOff, jurisdiction: str, timezone: str) -> str:
    """Return who changed the day and why; of one that nobody did, whose holiday it is."""
    if each.change is None:
        return each.source or f"holiday of {states.NAMES[jurisdiction]}"
    if not each.change.set_by:
        return f"Counts: {each.change.reason}"
    done = "Added" if each.off else "Taken out"
    since = words.instant(each.change.effective_from, timezone)
    return f"{done} by {each.change.set_by} for clocks from {since}: {each.change.reason}"
