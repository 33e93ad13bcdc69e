"""A client's closed days: the list of the coming two years, and the form that adds one or takes one out."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from core import closed_days, words
from core.access import Actor
from core.clients import Client
from core.clocks import Clock
from core.closed_days import ListedDay
from core.holiday_calendars import holidays_in_words
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clients.asked import Asked
from pages.parts.clients.promising import KEEPS, chosen_client, next_midnight

ADD, TAKE_OUT = "Add a day", "Take a day out"

TRUE_HOURS = "This client is promised true hours, which run on every day: its closed days move no deadline."


class Told(NamedTuple):
    """What the form was told, as far as it was filled in."""

    day: date | None
    name: str
    begins: forms.Typed
    reason: str


def day_choice(everyone: Sequence[Client]) -> Client | None:
    """Draw the choice of the client whose closed days are shown, and return it."""
    return chosen_client(everyone, placeholder="Choose whose closed days to see", key="clients.closed")


def days_form(client: Client, days: Sequence[ListedDay], *, now: datetime) -> Asked | None:
    """Draw the client's list and the form that changes it, and return the change, once it is sent."""
    _list(client, days)
    form = f"clients.days.{client.client_id}"
    request = forms.request_key(form)
    with st.container(width=720):
        what = st.segmented_control("What changes", [ADD, TAKE_OUT], default=ADD, required=True, key=f"what.{request}")
        with st.form(f"days.{request}", enter_to_submit=False):
            told = _fields(client, days, what, now=now, request=str(request))
            st.caption(KEEPS)
            place = st.container()
            sent = st.form_submit_button("Change closed days", type="primary", key=f"days.{request}.go")
    if not sent:
        return None
    if told.day is None or told.begins.at is None:
        missing = "which day" if told.day is None else "when the change begins"
        place.error(f"Say {missing}.", icon=":material/priority_high:")
        return None
    return Asked(form, place, partial(_change, client, what, told, told.day, told.begins.at))


def _list(client: Client, days: Sequence[ListedDay]) -> None:
    promise = client.promise or client.upcoming
    if promise is None or not days:
        st.info("No day of the coming two years is closed.")
        return
    if promise.clock is Clock.ELAPSED:
        st.caption(TRUE_HOURS)
    kept = holidays_in_words(promise.week.calendar)
    st.dataframe(
        pa.table(
            {
                "Day": [words.day(each.day) for each in days],
                "Holiday": [each.name for each in days],
                "Then": ["Closed" if each.closed else "Worked" for each in days],
                "Why": [_why(each, client) or kept[0].upper() + kept[1:] for each in days],
            }
        ),
        key="clients.days",
        hide_index=True,
        column_config={
            heading: st.column_config.TextColumn(width=width)
            for heading, width in {"Day": 130, "Holiday": 300, "Then": 80, "Why": 420}.items()
        },
        alt=f"The closed days of {client.name} in the coming two years",
    )


def _why(listed: ListedDay, client: Client) -> str:
    """Return who put the day on the client's own list, from when on and why; empty where the calendar has it."""
    if listed.change is None:
        return ""
    done = "Added" if listed.closed else "Taken out"
    since = words.instant(listed.change.effective_from, client.timezone)
    return f"{done} by {listed.change.set_by} for reports from {since}: {listed.change.reason}"


def _fields(client: Client, days: Sequence[ListedDay], what: str, *, now: datetime, request: str) -> Told:
    zone = ZoneInfo(client.timezone)
    which, called = st.columns(2)
    name = ""
    if what == ADD:
        day = which.date_input(
            "Day", value=None, min_value=now.astimezone(zone).date(), format="MM/DD/YYYY", key=f"day.{request}"
        )
        name = called.text_input("Closed for", help="As it is called beside a clock.", key=f"name.{request}")
    else:
        named = {each.day: f"{words.day(each.day)}: {each.name}" for each in days if each.closed}
        day = which.selectbox(
            "Day", list(named), index=None, format_func=named.get, placeholder="Choose a closed day",
            key=f"out.{request}",
        )  # fmt: skip
    beginning, why = st.columns(2)
    begins = forms.moment(
        f"For reports from, {client.timezone}", zone, value=next_midnight(now, zone), key=f"from.{request}",
        place=beginning,
    )  # fmt: skip
    reason = why.text_input(
        "Reason", help="As agreed with the client. Name no worker.",
        key=f"reason.{request}",
    )  # fmt: skip
    return Told(day, name, begins, reason)


def _change(
    client: Client, what: str, told: Told, day: date, effective_from: datetime, actor: Actor, tx: Connection,
    at: datetime,
) -> str:  # fmt: skip
    since = words.instant(effective_from, client.timezone)
    if what == ADD:
        closed_days.add(
            actor, tx, client_id=client.client_id, day=day, name=told.name, effective_from=effective_from,
            reason=told.reason, at=at,
        )  # fmt: skip
        return f"{client.name}: {words.day(day)} is closed for what is reported from {since} on."
    closed_days.take_out(
        actor, tx, client_id=client.client_id, day=day, effective_from=effective_from, reason=told.reason, at=at
    )
    return f"{client.name}: {words.day(day)} is worked for what is reported from {since} on."
