"""What a worker is told of an appointment; and how a referral ends: by the report, or withdrawn."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import referrals, words
from core.access import Action, Actor
from core.contact import Channel
from core.intake import ClaimPage
from core.referrals import Report, State, Whole
from pages.parts import desk
from pages.parts.forms import moment
from pages.parts.referrals.doing import Asked, doing

_OUT = "referral.letter"


def draw(actor: Actor, page: ClaimPage, whole: Whole, request: UUID) -> Iterator[Asked]:
    """Draw what the worker is told, the form of the report, and that of withdrawing; yield what was asked for."""
    if whole.booked and actor.may(Action.CLAIM_DISCLOSE):
        _telling(actor, page, whole, request)
    if whole.state is State.KEPT:
        yield from _reporting(actor, page, whole, request)
    yield from _withdrawing(whole, request)


def _telling(actor: Actor, page: ClaimPage, whole: Whole, request: UUID) -> None:
    told, booked = whole.referral, whole.booked
    if booked is None:
        return
    with st.popover("Tell the worker", icon=":material/forward_to_inbox:", key=f"referral.tell.{request}"):
        consent = page.consent(Channel.TEXT)
        said = f"Consent to text messages: {consent.answer}." if consent else "No consent to text messages is known."
        st.caption(f"A text message, to copy. {said}")
        st.code(referrals.text_message(told, booked), language=None, wrap_lines=True)
        st.caption("A letter, to print. It is kept on the claim, with that the worker got it.")
        pressed = st.button("Make the letter", icon=":material/description:", key=f"referral.letter.{request}")
        letter = None
        if pressed:
            with desk.refusals_shown(), desk.acting(actor) as tx:
                letter = referrals.hand_out_letter(actor, tx, page=page, referral_id=told.referral_id, at=desk.now())
        if letter:
            st.session_state[_OUT] = (actor.staff_id, request, booked.appointment_id, letter)
        out = st.session_state.get(_OUT)
        if out and out[:3] == (actor.staff_id, request, booked.appointment_id):
            st.download_button(
                "Save the letter", out[3], f"appointment-{told.claim_number}.pdf", "application/pdf",
                icon=":material/download:", key=f"referral.letter.save.{request}", on_click="ignore",
            )  # fmt: skip


def _reporting(actor: Actor, page: ClaimPage, whole: Whole, request: UUID) -> Iterator[Asked]:
    zone = page.header.client_timezone
    with desk.by_key(actor) as tx:
        kept = referrals.reports(actor, tx, page.header.client_id, page.header.claim_id)
    with (
        st.popover("Report received", icon=":material/lab_profile:", key=f"referral.report.{request}"),
        st.form(f"referral.report.form.{request}", border=False, enter_to_submit=False),
    ):
        document = st.selectbox(
            "Which document", kept, index=None, format_func=partial(_named, zone), placeholder="Not on file yet",
            key=f"referral.report.document.{request}",
        )  # fmt: skip
        at = moment(
            f"When, {words.zone(zone, desk.now())}; empty is now", ZoneInfo(zone), value=None,
            key=f"referral.report.at.{request}",
        )  # fmt: skip
        beside = st.container()
        pressed = st.form_submit_button("Report received", type="primary", key=f"referral.report.go.{request}")
    if at.lacking or at.said:
        beside.caption(at.lacking or at.said)
    if pressed and not at.lacking:
        more = {"received_at": at.at, "document": document and (document.claim_id, document.document_id)}
        yield doing(whole, referrals.report_received, "Report received: the referral is done", **more), beside


def _named(zone: str, report: Report) -> str:
    return f"{report.title}, received {words.instant(report.received_at, zone)}"


def _withdrawing(whole: Whole, request: UUID) -> Iterator[Asked]:
    with (
        st.popover("Withdraw", icon=":material/undo:", type="tertiary", key=f"referral.withdraw.{request}"),
        st.form(f"referral.withdraw.form.{request}", border=False, enter_to_submit=False),
    ):
        why = st.text_input("Why", key=f"referral.withdraw.why.{request}", help="Shown on the timeline.")
        beside = st.container()
        pressed = st.form_submit_button("Withdraw the referral", key=f"referral.withdraw.go.{request}")
    if pressed:
        yield doing(whole, referrals.withdraw, "Referral withdrawn", why=why), beside
