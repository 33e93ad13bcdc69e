"""The forms by which a clinician's calendar is set: hours of the week, languages, licences, calls a day; time off."""

from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from core import states, triage, words
from core.access import Actor
from core.calendars import DAY_NAMES
from core.transactions import Connection
from core.triage import Calendar, Off
from pages.parts import desk, forms
from pages.parts.forms import Act
from pages.parts.forms.drafted import at_first

NAME = "calendar"
"""The name of the form of a calendar."""
OFF = "time_off"
"""The name of the form of time off."""

_TOKEN = "calendar.token"
"""The secret part of an address that was just made, until it is shown."""


_WORKING_DAYS = DAY_NAMES[:5]


class Asked(NamedTuple):
    """What was asked for, and the form that is emptied once it is done: what is typed in the other one stays."""

    act: Act
    form: str | None = None


def draw(actor: Actor, calendars: list[Calendar]) -> Asked | None:
    """Draw the calendar of the person chosen, in the own zone of that person; return what was asked for."""
    if not calendars:
        st.info("Nobody is of the clinical staff yet: an administrator adds people.")
        return None
    calendar = calendars[0]
    if len(calendars) > 1:
        calendar = st.selectbox(
            "Whose calendar", calendars, format_func=lambda each: each.full_name, key="calendar.whose", width=280
        )
    st.caption(f"On clocks in {words.zone(calendar.timezone, desk.now())}.")
    week, away = st.columns([3, 2], gap="large")
    with week:
        pressed = _week(calendar)
    with away:
        away_asked = _time_off(calendar)
        return _address(actor, calendar) or away_asked or pressed


def _week(calendar: Calendar) -> Asked | None:
    key = f"{calendar.staff_id}.{calendar.version}.{forms.request_key(NAME)}"
    with st.form(f"calendar.{key}", enter_to_submit=False):
        st.markdown("**Hours**")
        _several(key)
        days = st.columns(2)
        hours = [
            days[n // 4].text_input(
                day, value=at_first(f"hours.{day}.{key}", calendar.hours[n]) or "",
                placeholder="08:00-12:00,13:00-17:00", key=f"hours.{day}.{key}",
            )
            for n, day in enumerate(DAY_NAMES)
        ]  # fmt: skip
        languages = st.text_input(
            "Languages beside English", value=", ".join(calendar.languages), placeholder="Spanish, Polish",
            key=f"languages.{key}",
        )  # fmt: skip
        licences = st.multiselect(
            "Licensed in", sorted(states.JURISDICTIONS), default=calendar.licences, format_func=states.label,
            key=f"licences.{key}",
        )  # fmt: skip
        compact = st.checkbox(
            "One of them is a multistate licence of the nurses' compact", value=calendar.compact, key=f"compact.{key}"
        )
        most = st.number_input(
            "Calls a day at most", 0, triage.MOST_CALLS, calendar.daily_calls, key=f"most.{key}", width=160
        )
        pressed = st.form_submit_button("Save calendar", type="primary", key=f"save.{key}")
    said = {
        "hours": hours, "languages": languages.split(","), "licences": licences, "compact": compact,
        "daily_calls": int(most),
    }  # fmt: skip
    return Asked(partial(_save, calendar, said), NAME) if pressed else None


def _several(key: str) -> None:
    """Draw what fills in the hours of several days at once, Monday to Friday unless others are chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.pills(
            "Several days at once", DAY_NAMES, selection_mode="multi", default=_WORKING_DAYS, key=f"several.{key}",
            width="content",
        )  # fmt: skip
        st.text_input(
            "Their hours", placeholder="08:00-12:00,13:00-17:00", key=f"hours.several.{key}", width=240,
        )  # fmt: skip
        st.form_submit_button("Fill in", key=f"fill.{key}", on_click=_fill, args=(key,), help="Nothing is saved yet.")


def _fill(key: str) -> None:
    """Put the hours that were typed into the fields of the days that are chosen; what others hold stays."""
    hours = str(st.session_state[f"hours.several.{key}"]).strip()
    for day in st.session_state[f"several.{key}"] if hours else ():
        st.session_state[f"hours.{day}.{key}"] = hours
        st.session_state[f"filled.hours.{day}.{key}"] = True
    st.session_state[f"hours.several.{key}"] = ""


def _save(calendar: Calendar, said: dict[str, object], actor: Actor, tx: Connection, at: datetime) -> str:
    triage.set_calendar(actor, tx, staff_id=calendar.staff_id, version=calendar.version, at=at, **said)
    return f"Calendar of {calendar.full_name} saved"


def _address(actor: Actor, calendar: Calendar) -> Asked | None:
    """Draw the address at which a calendar program reads the calls: its clinician makes it, a supervisor can end it."""
    with desk.looking(actor) as tx:
        since = triage.address_since(actor, tx, staff_id=calendar.staff_id)
    st.markdown("**In a calendar program**")
    own = calendar.staff_id == actor.staff_id
    if token := st.session_state.pop(_TOKEN, None) if own else None:
        st.code(f"{desk.origin()}/calendar/{token}.ics", language=None, wrap_lines=True)
        st.caption("Subscribe to it in your calendar program. It is shown once: whoever has it sees your calls.")
    elif since:
        st.caption(f"An address was made {words.instant(since, calendar.timezone)}.")
    elif not own:
        st.caption("This person has made no address.")
    with st.container(horizontal=True):
        if own and st.button("Make a new address" if since else "Make an address", key="calendar.address"):
            return Asked(_make_address)
        if since and st.button("Withdraw address", key="calendar.address.end"):
            return Asked(partial(_withdraw_address, calendar))
    return None


def _make_address(actor: Actor, tx: Connection, at: datetime) -> str:
    st.session_state[_TOKEN] = triage.make_address(actor, tx, at=at)
    return "Address made; the one before is good for nothing any more"


def _withdraw_address(calendar: Calendar, actor: Actor, tx: Connection, at: datetime) -> str:
    triage.withdraw_address(actor, tx, staff_id=calendar.staff_id)
    return "Address withdrawn"


def _time_off(calendar: Calendar) -> Asked | None:
    zone, key = ZoneInfo(calendar.timezone), f"{calendar.staff_id}.{forms.request_key(OFF)}"
    asked: Asked | None = None
    st.markdown("**Time off**")
    if not calendar.away:
        st.caption("None is to come.")
    for off in calendar.away:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words.span(off.starts_at, off.ends_at, calendar.timezone), width="content")
            if st.button("Withdraw", key=f"off.withdraw.{off.off_id}", type="tertiary"):
                asked = Asked(partial(_withdraw, calendar, off))
    with st.form(f"off.{key}", enter_to_submit=False):
        begins = forms.moment("From", zone, value=None, key=f"off.from.{key}")
        ends = forms.moment("Until", zone, value=None, key=f"off.until.{key}")
        beside = st.container()
        pressed = st.form_submit_button("Add time off", key=f"off.add.{key}")
    if pressed and (begins.at is None or ends.at is None):
        lacking = begins.lacking or ends.lacking or "Say from when until when."
        beside.error(lacking, icon=desk.ALERT)
    elif pressed and begins.at and ends.at:
        return Asked(partial(_add, calendar, begins.at, ends.at), OFF)
    return asked


def _add(calendar: Calendar, starts_at: datetime, ends_at: datetime, actor: Actor, tx: Connection, at: datetime) -> str:
    met = triage.add_time_off(actor, tx, staff_id=calendar.staff_id, starts_at=starts_at, ends_at=ends_at, at=at)
    moved = f" Still booked in that time: {words.counted(met, 'call')}, to be moved." if met else ""
    return f"{calendar.full_name} is away then.{moved}"


def _withdraw(calendar: Calendar, off: Off, actor: Actor, tx: Connection, at: datetime) -> str:
    triage.withdraw_time_off(actor, tx, staff_id=calendar.staff_id, off_id=off.off_id)
    return "Time off withdrawn"
