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
from core.calendars import DayChange
from core.clients import Client
from core.clocks import Clock, example_of_day
from core.closed_days import ListedDay
from core.holiday_calendars import holidays_in_words
from core.refusal import Refusal
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.clients.promising import next_midnight
from pages.parts.clients.sending import Sent
from pages.parts.clients.wording import KEEPS, show

ADD, TAKE_OUT, WITHDRAW = "Add a day", "Take a day out", "Withdraw a planned change"

TRUE_HOURS = "This client is promised true hours, which run on every day: its closed days move no deadline."


class DayTyped(NamedTuple):
    """What was filled in of a change of closed days, as far as it was."""

    day: forms.TypedDay
    name: str
    begins: forms.Typed
    reason: str


def days_form(client: Client, days: Sequence[ListedDay], *, now: datetime) -> Sent | None:
    """Draw the client's closed days and the form that changes them, and return the change, once it is sent."""
    _list(client, days)
    form = f"clients.days.{client.client_id}"
    request = forms.request_key(form)
    planned = [each.change for each in days if each.change and each.change.effective_from > now]
    offered = [ADD, TAKE_OUT, *([WITHDRAW] if planned else [])]
    what = st.segmented_control("What changes", offered, default=ADD, required=True, key=f"what.{request}")
    if what == WITHDRAW:
        return _withdrawing(client, planned, form, str(request))
    typed = _fields(client, days, what, now=now, request=str(request))
    _example(client, typed, closed=what == ADD)
    st.caption(KEEPS)
    refusals = st.container()
    sent = st.button("Change closed days", type="primary", key=f"days.{request}.go")
    if not sent:
        return None
    if typed.day.on is None or typed.begins.at is None:
        missing = {
            typed.day.lacking or "Say which day.": typed.day.on,
            typed.begins.lacking or "Say when the change begins.": typed.begins.at,
        }
        for sentence in [sentence for sentence, value in missing.items() if value is None]:
            refusals.error(sentence, icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_change, client, what, typed, typed.day.on, typed.begins.at))


def _withdrawing(client: Client, planned: Sequence[DayChange], form: str, request: str) -> Sent | None:
    """Draw which change that has not begun is taken back, and why, and return that, once it is sent."""
    named = {change: _planned(change, client) for change in planned}
    change = st.selectbox(
        "Planned change", planned, index=None, format_func=named.__getitem__, placeholder="Choose a planned change",
        key=f"planned.{request}",
    )  # fmt: skip
    reason = st.text_input("Why it is withdrawn", key=f"why.{request}")
    refusals = st.container()
    if not st.button("Withdraw the change", key=f"danger-withdraw.{request}"):
        return None
    if change is None:
        refusals.error("Say which planned change is withdrawn.", icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_withdraw, client, change, reason))


def _planned(change: DayChange, client: Client) -> str:
    then = "closed" if change.closed else "worked"
    since = words.instant(change.effective_from, client.timezone)
    return f"{words.day(change.day)}: {change.name}, {then} for reports from {since}"


def _withdraw(client: Client, change: DayChange, reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    closed_days.withdraw(
        actor, tx, client_id=client.client_id, day=change.day, effective_from=change.effective_from, reason=reason,
        at=at,
    )  # fmt: skip
    return f"{client.name}: the change of {words.day(change.day)} is withdrawn."


def _example(client: Client, typed: DayTyped, *, closed: bool) -> None:
    """Draw when a report of the afternoon before would be due, once a day and a beginning are chosen."""
    if typed.day.on is None or typed.begins.at is None:
        return
    promise = client.promise_at(typed.begins.at)
    if promise is None or promise.clock is Clock.ELAPSED:
        return
    try:
        show(example_of_day(promise, DayChange(typed.day.on, typed.name, closed, typed.begins.at, "", "")))
    except Refusal:  # told when it is sent
        return


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
        height=250,
        column_config={
            heading: st.column_config.TextColumn(width=width)
            for heading, width in {"Day": 125, "Holiday": 170, "Then": 70, "Why": 300}.items()
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


def _fields(client: Client, days: Sequence[ListedDay], what: str, *, now: datetime, request: str) -> DayTyped:
    zone = ZoneInfo(client.timezone)
    name = ""
    if what == ADD:
        day = forms.day("Day", key=f"day.{request}")
        name = st.text_input("Closed for", help="As it is called beside a clock.", key=f"name.{request}")
    else:
        named = {each.day: f"{words.day(each.day)}: {each.name}" for each in days if each.closed}
        chosen = st.selectbox(
            "Day", list(named), index=None, format_func=named.get, placeholder="Choose a closed day",
            key=f"out.{request}",
        )  # fmt: skip
        day = forms.TypedDay(chosen)
    begins = forms.moment(
        f"For reports from, {words.zone(client.timezone)}", zone, value=next_midnight(now, zone), key=f"from.{request}"
    )
    reason = st.text_input("Reason", help="As agreed with the client. Name no worker.", key=f"reason.{request}")
    return DayTyped(day, name, begins, reason)


def _change(
    client: Client, what: str, typed: DayTyped, day: date, effective_from: datetime, actor: Actor, tx: Connection,
    at: datetime,
) -> str:  # fmt: skip
    since = words.instant(effective_from, client.timezone)
    if what == ADD:
        closed_days.add(
            actor, tx, client_id=client.client_id, day=day, name=typed.name, effective_from=effective_from,
            reason=typed.reason, at=at,
        )  # fmt: skip
        return f"{client.name}: {words.day(day)} is closed for what is reported from {since} on."
    closed_days.take_out(
        actor, tx, client_id=client.client_id, day=day, effective_from=effective_from, reason=typed.reason, at=at
    )
    return f"{client.name}: {words.day(day)} is worked for what is reported from {since} on."
