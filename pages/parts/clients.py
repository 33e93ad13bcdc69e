"""The list of clients, the form that adds one, and the form that changes what was promised to one."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import clients, words
from core.access import Actor
from core.calendars import DAY_NAMES, WORKING_DAYS, calendars, first_instant, holidays_in_words, zones
from core.clients import MOST_HOURS, Client
from core.clocks import BusinessWeek, Clock, Policy, promised
from core.transactions import Connection
from pages.parts import forms

ADDING = "clients.add"
HOURS_OF = {Clock.ELAPSED: "True hours", Clock.BUSINESS: "Working week"}
KEEPS = "Claims reported before then keep the deadline they were given."
GIVE_NEXT = "Next, give it to people on People."


class Asked(NamedTuple):
    """What a form asked for: its name, where to show a refusal, and the act, which says in a sentence what was done."""

    form: str
    place: DeltaGenerator
    act: Callable[[Actor, Connection, datetime], str]


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


def table(everyone: Sequence[Client]) -> None:
    """Draw the list; where there is nobody, what is to be done."""
    if not everyone:
        st.info("There is no client yet. Add the first one; then give it to people on the page People.")
        return
    st.dataframe(
        pa.table(
            {
                "Code": [c.code for c in everyone],
                "Name": [c.name for c in everyone],
                "Time zone": [c.timezone for c in everyone],
                "Promise": [promised(c.promise) if c.promise else "none" for c in everyone],
                "Since": [_since(c) for c in everyone],
                "Next change": [_next(c) for c in everyone],
            }
        ),
        key="clients.list",
        hide_index=True,
        column_config={
            heading: st.column_config.TextColumn(width=width)
            for heading, width in {"Code": 80, "Promise": 345, "Since": 80, "Next change": 260}.items()
        },
        alt="Every client and what was promised to it",
    )


def client_form() -> Asked | None:
    """Draw the form of a new client and return the adding, once it is sent."""
    request = forms.request_key(ADDING)
    with st.container(width=720):
        clock = _clock(USUAL.clock, request)
        with st.form(f"client.{request}"):
            short, whole = st.columns([1, 2])
            code = short.text_input("Code", key=f"code.{request}", help="Short, for files and commands: as in ACME-2.")
            name = whole.text_input("Name", max_chars=clients.LONGEST_NAME, key=f"name.{request}")
            timezone = st.selectbox(
                "Time zone", zones(), index=None, placeholder="Choose where the client reads the clock",
                key=f"zone.{request}",
            )  # fmt: skip
            terms = _terms(USUAL._replace(clock=clock), request)
            place = st.container()
            sent = st.form_submit_button("Add client", type="primary", key=f"add.{request}")
    return Asked(ADDING, place, partial(_add, code.upper(), name, timezone or "", terms)) if sent else None


def promise_form(everyone: Sequence[Client], *, now: datetime) -> Asked | None:
    """Draw the choice of a client and the form of its next promise, and return the change, once it is sent."""
    known = {c.client_id: c for c in everyone}
    with st.container(width=720):
        chosen = st.selectbox(
            "Client",
            list(known),
            index=None,
            format_func=lambda client_id: f"{known[client_id].name} ({known[client_id].code})",
            placeholder="Choose whose promise to change",
            key="clients.client",
        )
        if chosen not in known:
            return None
        return _promise(known[chosen], now)


def start_anew(asked: Asked) -> None:
    """Empty the form: what it asked for is done."""
    forms.renew(asked.form)


def _promise(client: Client, now: datetime) -> Asked | None:
    form, zone = f"clients.promise.{client.client_id}", ZoneInfo(client.timezone)
    request = forms.request_key(form)
    read = f"seen.{request}"
    seen = st.session_state.setdefault(read, client.promises)
    before = _terms_of(client.promise) if client.promise else USUAL
    st.caption(_in_full(client))
    clock = _clock(before.clock, request)
    with st.form(f"promise.{request}"):
        terms = _terms(before._replace(clock=clock), request)
        beginning, why = st.columns(2)
        begins = beginning.datetime_input(
            f"Begins, {client.timezone}", value=_tomorrow(now, zone), step=60, format="MM/DD/YYYY",
            key=f"begins.{request}",
        )  # fmt: skip
        reason = why.text_input(
            "Reason", max_chars=clients.LONGEST_REASON, help="As agreed with the client. Name no worker.",
            key=f"reason.{request}",
        )  # fmt: skip
        st.caption(KEEPS)
        place = st.container()
        sent = st.form_submit_button("Change promise", type="primary", key=f"change.{request}")
    if not sent:
        return None
    if begins is None:
        place.error("Say when the promise begins.", icon=":material/priority_high:")
        return None
    st.session_state[read] = client.promises  # after a refusal the person has seen what stands now
    at = first_instant(zone, begins.date(), begins.time())
    return Asked(form, place, partial(_change, client, terms, at, reason, seen))


def _clock(first: Clock, request: UUID) -> Clock:
    """Draw the choice of the clock; outside of the form, since the fields in it depend on it."""
    return st.segmented_control(
        "Which hours count", list(Clock), default=first, required=True, format_func=HOURS_OF.get, key=f"clock.{request}"
    )


def _terms(first: Terms, request: UUID) -> Terms:
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


def _add(code: str, name: str, timezone: str, terms: Terms, actor: Actor, tx: Connection, at: datetime) -> str:
    clients.add(actor, tx, code=code, name=name, timezone=timezone, **terms.kept_in(timezone), at=at)
    return f"{name} added. {GIVE_NEXT}"


def _change(
    client: Client, terms: Terms, effective_from: datetime, reason: str, seen: int, actor: Actor, tx: Connection,
    at: datetime,
) -> str:  # fmt: skip
    clients.promise(
        actor, tx, client_id=client.client_id, **terms.kept_in(client.timezone), effective_from=effective_from,
        reason=reason, seen=seen, at=at,
    )  # fmt: skip
    return f"{client.name}: another promise from {words.instant(effective_from, client.timezone)}."


def _terms_of(policy: Policy) -> Terms:
    week = policy.week
    return Terms(int(policy.hours), policy.clock, week.opens, week.closes, week.days, week.calendar)


def _tomorrow(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next midnight as clocks in *zone* will show it."""
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0))


def _closed_on(calendar: str) -> str:
    kept = holidays_in_words(calendar)
    return kept[0].upper() + kept[1:]


def _since(client: Client) -> str:
    return words.instant(client.since, client.timezone) if client.since else "the start"


def _next(client: Client) -> str:
    if client.upcoming is None:
        return ""
    return f"{words.instant(client.upcoming.effective_from, client.timezone)}: {promised(client.upcoming)}"


def _in_full(client: Client) -> str:
    """Return what is promised, and what is to come, where the list has cut it."""
    now = f"Promised since {_since(client)}: {promised(client.promise)}." if client.promise else "Nothing is promised."
    return f"{now} From {_next(client)}." if client.upcoming else now
