"""The forms of a claim's triage call: booking it in one of the best slots or by hand, moving it, ending it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from core import local_time, triage, words
from core.access import Action, Actor
from core.drafts import Form
from core.intake import ClaimPage
from core.transactions import Connection
from core.triage import Call, Clinician, Offers, Slot
from pages.parts import desk
from pages.parts.forms import finding_time
from pages.parts.forms.acts import Sent, key_of, refused, request_key
from pages.parts.forms.moment import moment
from pages.parts.markdown import verbatim

_BY_HAND = "Another time"

_TAKEN = (triage.TimeTaken, triage.AgainstTheCalendar)
"""By these a time that was offered is free no more."""


class Time(NamedTuple):
    """Who makes a call, and when."""

    clinician_id: int
    clinician: str
    timezone: str
    starts_at: datetime


def triage_call(actor: Actor, page: ClaimPage, *, now: datetime) -> Sent | None:
    """Draw the claim's triage call with what can be done about it, or where none is booked what is offered."""
    if (call := page.booked_call) is not None:
        return _booked(actor, page, call, now)
    if page.header.closed_at or page.header.date_of_death or not actor.may(Action.CALL_BOOK):
        return None
    return _booking(actor, page, now)


def standing(page: ClaimPage, call: Call) -> str:
    """Return, as markdown, when a call is, on the client's clocks and on the worker's and the clinician's."""
    zone = page.header.client_timezone
    said = f"**{verbatim(words.instant(call.starts_at, zone))}**"
    return f"{said}{_elsewhere(page, call.starts_at, call.clinician_timezone)} · with {verbatim(call.clinician)}"


def _elsewhere(page: ClaimPage, at: datetime, clinician_zone: str) -> str:
    """Return what clocks show where the worker and the clinician are, where they show another time."""
    here = at.astimezone(ZoneInfo(page.header.client_timezone))
    there = local_time.there(page.place, at) if page.place else None
    said = []
    if page.place and there and at.astimezone(ZoneInfo(page.place.zones[0])).utcoffset() != here.utcoffset():
        said.append(f"worker {there.words}")
    clinician = at.astimezone(ZoneInfo(clinician_zone))
    if clinician.utcoffset() != here.utcoffset():
        said.append(f"clinician {words.zoned(clinician)}")
    return f" ({verbatim('; '.join(said))})" if said else ""


def _form(page: ClaimPage, name: str) -> tuple[Form, str]:
    form = Form(name, page.header.client_id, page.header.claim_id)
    return form, str(request_key(key_of(form)))


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}


def _booking(actor: Actor, page: ClaimPage, now: datetime) -> Sent | None:
    form, key = _form(page, "call")
    request = request_key(key_of(form))
    st.markdown("**Book the triage call**")
    ended = finding_time.standing(actor, page)
    button = f"call.book.{key}"
    time, reason = _time(actor, page, key, now, button)
    beside = st.container()
    with beside:
        refused(request)
    pressed = st.button("Book call", type="primary", key=button, disabled=time is None)
    shown: Offers = st.session_state[_shown(key)]
    asked = finding_time.asking(actor, page, shown.asks)
    if not pressed or time is None:
        return ended or asked
    return Sent(form, request, partial(_book, page, time, reason), beside, outdated_by=_TAKEN)


def _shown(key: str) -> str:
    """Return under which name is kept what a form offered last."""
    return f"call.offers.{key}"


def _offers(actor: Actor, page: ClaimPage, key: str, now: datetime, button: str) -> Offers:
    """Return what is offered now; once the *button* is pressed what was offered then, of which one was chosen."""
    shown = _shown(key)
    if not (st.session_state.get(button) and shown in st.session_state):
        with desk.looking(actor) as tx:
            st.session_state[shown] = triage.offers(actor, tx, **_where(page), at=now)
    offered: Offers = st.session_state[shown]
    return offered


def _time(
    actor: Actor, page: ClaimPage, key: str, now: datetime, button: str, *, but: Call | None = None
) -> tuple[Time | None, str]:
    """Draw what is offered; return who is to call, and when, and the reason for it against a calendar."""
    offered = _offers(actor, page, key, now, button)
    zone = page.header.client_timezone
    found = [slot for slot in offered.slots or offered.later if but is None or slot.starts_at != but.starts_at]
    if not offered.slots:
        due = words.instant(offered.due_at, zone)
        over = offered.due_at <= now
        none = "The deadline has passed" if over else "No time is free before the deadline"
        asked = "" if over else "".join(f"  \n{verbatim(each)}." for each in offered.asked)
        nobody = "  \nNobody who makes triage calls works for this client." if not offered.asked else ""
        st.warning(f"{none}, {due}.{asked}{nobody}", icon=":material/event_busy:")
    chosen = st.radio(
        "Times before the deadline" if offered.slots else "The first times behind the deadline",
        [*found, _BY_HAND], format_func=partial(_label, page),
        captions=[*(", ".join(slot.reasons) for slot in found), ""],
        key=f"call.slot.{key}",
    )  # fmt: skip
    if isinstance(chosen, Slot):
        return Time(chosen.clinician_id, chosen.clinician, chosen.clinician_timezone, chosen.starts_at), ""
    return _by_hand(actor, page, key, now)


def _label(page: ClaimPage, slot: Slot | str) -> str:
    if isinstance(slot, str):
        return slot
    when = words.instant(slot.starts_at, page.header.client_timezone)
    return f"{when}{_elsewhere(page, slot.starts_at, slot.clinician_timezone)} · {verbatim(slot.clinician)}"


def _by_hand(actor: Actor, page: ClaimPage, key: str, now: datetime) -> tuple[Time | None, str]:
    with desk.looking(actor) as tx:
        able = triage.clinicians(actor, tx, **_where(page), at=now)
    zone = ZoneInfo(page.header.client_timezone)
    who, when = st.columns(2)
    clinician = who.selectbox(
        "Clinician", able, index=None, format_func=_name, placeholder="Choose a clinician", key=f"call.who.{key}"
    )
    at = moment(f"Begins at, {words.zone(zone.key, now)}", zone, value=None, key=f"call.at.{key}", container=when)
    if at.lacking or at.said:
        st.caption(at.lacking or at.said)
    reason = ""
    if actor.may(Action.CALL_OVERRIDE):
        reason = st.text_input(
            "Reason, where it is against the calendar", key=f"call.why.{key}",
            help="Shown on the timeline. Name no person.",
        )  # fmt: skip
    if clinician is None or at.at is None:
        return None, reason
    return Time(clinician.staff_id, clinician.full_name, clinician.timezone, at.at), reason


def _name(clinician: Clinician) -> str:
    return clinician.full_name


def _booked(actor: Actor, page: ClaimPage, call: Call, now: datetime) -> Sent | None:
    st.markdown(f"**Triage call**  \n:material/event: {standing(page, call)}")
    if call.override_why:
        st.caption(f"Booked against the calendar: {verbatim(call.override_why)}")
    form, key = _form(page, "call")
    request = request_key(key_of(form))
    beside = st.container()
    with beside:
        refused(request)
    acts: list[Callable[[Actor, Connection, datetime], str]] = []
    seen = {**_where(page), "call_id": call.call_id, "sequence": call.sequence}
    with st.container(horizontal=True, key="claim.call_acts"):
        if actor.may(Action.CALL_END):
            if st.button("Call made", key=f"call.done.{key}"):
                acts.append(partial(_ended, triage.done, seen, "Triage call made"))
            if st.button("Worker missed it", key=f"call.missed.{key}", disabled=now < call.starts_at):
                acts.append(partial(_ended, triage.missed, seen, "Triage call missed: book another"))
        if actor.may(Action.CALL_BOOK):
            with st.popover("Move", key=f"call.moving.{key}"):
                button = f"call.move.{key}"
                time, reason = _time(actor, page, f"moving.{key}", now, button, but=call)
                if st.button("Move call", type="primary", key=button, disabled=time is None) and time:
                    acts.append(partial(_move, page, seen, time, reason))
            with st.popover("Cancel", key=f"call.ending.{key}"):
                why = st.text_input(
                    "Reason", key=f"call.cancel.why.{key}", help="Shown on the timeline. Name no person."
                )
                if st.button("Cancel call", key=f"call.cancel.{key}"):
                    acts.append(partial(_ended, partial(triage.cancel, why=why), seen, "Triage call cancelled"))
        if actor.may(Action.CALL_BOOK):
            _file(page, call, key)
    return Sent(form, request, acts[0], beside, outdated_by=_TAKEN) if acts else None


def _file(page: ClaimPage, call: Call, key: str) -> None:
    """Draw what downloads the call for a calendar program: made, and on the record, once it is asked for."""
    by_then = desk.asked_again()

    def made() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            return triage.of_call(person, tx, **_where(page), claim_number=page.header.claim_number, call=call)

    st.download_button(
        "Calendar file", made, f"triage-call-{page.header.claim_number}.ics", "text/calendar", key=f"call.file.{key}",
        icon=":material/event:", on_click="ignore", type="tertiary",
    )  # fmt: skip


def _book(page: ClaimPage, time: Time, reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    triage.book(
        actor, tx, **_where(page), clinician_id=time.clinician_id, starts_at=time.starts_at, override=reason, at=at
    )
    return f"{page.header.claim_number}: triage call booked for {_when(page, time)}"


def _when(page: ClaimPage, time: Time) -> str:
    """Return, as markdown, when a call is, on every clock that shows another time, and with whom."""
    said = words.instant(time.starts_at, page.header.client_timezone)
    return f"{said}{_elsewhere(page, time.starts_at, time.timezone)}, with {verbatim(time.clinician)}"


def _move(
    page: ClaimPage, seen: dict[str, int], time: Time, reason: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    triage.move(actor, tx, **seen, clinician_id=time.clinician_id, starts_at=time.starts_at, override=reason, at=at)
    return f"{page.header.claim_number}: triage call moved to {_when(page, time)}"


def _ended(
    end: Callable[..., None], seen: dict[str, int], said: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    end(actor, tx, **seen, at=at)
    return said


def over(page: ClaimPage, calls: Sequence[Call]) -> None:
    """Draw calls that are over, and what became of each."""
    became = {"done": "made", "missed": "missed by the worker", "cancelled": "cancelled"}
    for call in calls:
        why = f": {verbatim(call.ended_why)}" if call.ended_why else ""
        st.markdown(f"{standing(page, call)} · {became[call.status]}{why}")
