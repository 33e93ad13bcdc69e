"""The appointment of a referral: booked, moved, kept, missed or cancelled; and its file for a calendar."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import referrals, words
from core.calendars import zones
from core.intake import ClaimPage
from core.referrals import Appointment, State, Whole
from pages.parts import desk
from pages.parts.forms import Typed, moment
from pages.parts.referrals.doing import Asked, doing

_NO_TIME = "Say when the appointment is."


def draw(page: ClaimPage, whole: Whole, request: UUID, now: datetime) -> Iterator[Asked]:
    """Draw what can be done about the appointment; yield what was asked for."""
    if whole.state is State.KEPT:
        return
    if (booked := whole.booked) is None:
        yield from _booking(page, whole, request)
        return
    over = now >= booked.starts_at
    of_it = {"appointment_id": booked.appointment_id}
    if over:
        beside = st.container(width="content")
        if beside.button("Kept", icon=":material/check_circle:", key=f"referral.kept.{request}", type="primary"):
            yield doing(whole, referrals.kept, "Appointment kept", **of_it), beside
        yield from _saying(whole, request, booked, "missed")
    yield from _moving(whole, request, booked)
    yield from _saying(whole, request, booked, "cancelled")
    _file(whole, request)


def _booking(page: ClaimPage, whole: Whole, request: UUID) -> Iterator[Asked]:
    label = "Book again" if whole.appointments else "Book the appointment"
    with st.popover(label, icon=":material/event:", key=f"referral.book.{request}"):
        zone = whole.referral.place_timezone or _zone(page, request)
        with st.form(f"referral.book.form.{request}", border=False, enter_to_submit=False):
            at = _when(zone, f"referral.book.at.{request}")
            beside = st.container()
            pressed = st.form_submit_button("Book it", type="primary", key=f"referral.book.go.{request}")
    if pressed and at.at is None:
        beside.error(at.lacking or _NO_TIME, icon=desk.ALERT)
    elif pressed and at.at is not None:
        done = f"Appointment booked for {words.instant(at.at, zone)}"
        yield doing(whole, referrals.book, done, starts_at=at.at, timezone=zone), beside


def _moving(whole: Whole, request: UUID, booked: Appointment) -> Iterator[Asked]:
    with (
        st.popover("Move", icon=":material/event_repeat:", key=f"referral.move.{request}"),
        st.form(f"referral.move.form.{request}", border=False, enter_to_submit=False),
    ):
        at = _when(booked.timezone, f"referral.move.at.{request}")
        why = st.text_input("Why, if it is known", key=f"referral.move.why.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Move it", type="primary", key=f"referral.move.go.{request}")
    if pressed and at.at is None:
        beside.error(at.lacking or _NO_TIME, icon=desk.ALERT)
    elif pressed and at.at is not None:
        done = f"Appointment moved to {words.instant(at.at, booked.timezone)}"
        of_it = {"appointment_id": booked.appointment_id, "starts_at": at.at, "why": why}
        yield doing(whole, referrals.move, done, **of_it), beside


_SAYS = {
    "missed": (
        *("Missed", "event_busy", "Why, if it is known", "The worker missed it"),
        *(referrals.missed, "Appointment missed: book another"),
    ),
    "cancelled": ("Cancel", "cancel", "Why", "Cancel it", referrals.cancel, "Appointment cancelled: book another"),
}
"""What became of it: the button, its icon, what is asked, what sends that, who does it, and what is said then."""


def _saying(whole: Whole, request: UUID, booked: Appointment, what: str) -> Iterator[Asked]:
    label, icon, question, sends, service, done = _SAYS[what]
    with (
        st.popover(label, icon=f":material/{icon}:", key=f"referral.{what}.{request}"),
        st.form(f"referral.{what}.form.{request}", border=False, enter_to_submit=False),
    ):
        why = st.text_input(question, key=f"referral.{what}.why.{request}", help="Shown on the timeline.")
        beside = st.container()
        pressed = st.form_submit_button(sends, key=f"referral.{what}.go.{request}")
    if pressed:
        yield doing(whole, service, done, appointment_id=booked.appointment_id, why=why), beside


def _when(zone: str, key: str) -> Typed:
    return moment(f"Begins at, {words.zone(zone, desk.now())}", ZoneInfo(zone), value=None, key=key)


def _zone(page: ClaimPage, request: UUID) -> str:
    """Draw the choice of the zone in which somebody outside of the network is: where the worker is, at first."""
    known = list(zones())
    likely = page.place.zones[0] if page.place else page.header.client_timezone
    return str(
        st.selectbox(
            "Clocks there", known, index=known.index(likely) if likely in known else 0, format_func=words.zone,
            key=f"referral.book.zone.{request}",
        )
    )  # fmt: skip


def _file(whole: Whole, request: UUID) -> None:
    """Draw what downloads the appointment for a calendar program: made, and on the record, once it is asked for."""
    by_then, told = desk.asked_again(), whole.referral

    def made() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            return referrals.calendar_file(person, tx, client_id=told.client_id, referral_id=told.referral_id)

    st.download_button(
        "Calendar file", made, f"appointment-{told.claim_number}.ics", "text/calendar", key=f"referral.file.{request}",
        icon=":material/event:", on_click="ignore", type="tertiary",
    )  # fmt: skip
