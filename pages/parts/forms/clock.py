"""
The forms by which a supervisor corrects the report's time and pauses the clock, and the place of the one that strikes a
first contact, which is in `first_contact.py`.
"""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import contact, intake, words
from core.access import Action, Actor
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms.acts import Sent, both_key, key_of, of, request_key
from pages.parts.forms.both import versions
from pages.parts.forms.drafted import AS_TYPED, drafted
from pages.parts.forms.first_contact import striking
from pages.parts.forms.moment import Typed, moment


def supervision(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw what the actor can do to the clock: correct the report's time, strike what stopped it, pause it."""
    corrects, pauses = actor.may(Action.REPORT_CORRECT), actor.may(Action.CLOCK_PAUSE)
    if not corrects and not pauses:
        return None
    reached = page.header.first_contact_at is not None
    with st.expander(f"Correct the report's time, or {'strike the first contact' if reached else 'pause the clock'}"):
        corrected = _correction(actor, page) if corrects else None
        other = striking(actor, page) if reached else _pause(actor, page) if pauses else None
        return corrected or other


def _correction(actor: Actor, page: ClaimPage) -> Sent | None:
    header, form = page.header, of(page, "correction")
    request, zone = request_key(key_of(form)), ZoneInfo(header.client_timezone)
    seen: datetime = st.session_state.setdefault(f"seen.{request}", header.reported_at)
    # Words kept of a time that has been corrected since do not come back: they would undo that unseen.
    field = f"reported.{seen:%Y%m%d%H%M%S}"
    with (
        drafted(actor, form, request, page.header.client_timezone, {field: AS_TYPED, "reason": AS_TYPED}),
        st.form(f"correct.{request}", enter_to_submit=False),
    ):
        reported = moment(
            f"Reported at, {words.zone(zone.key, seen)}", zone, value=seen, key=f"{field}.{request}",
        )  # fmt: skip
        reason = st.text_input("Reason", help="Shown on the timeline. Name no person.", key=f"reason.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Correct report", key=f"correct.{request}.go")
    both, mine = versions(request, zone.key)
    if mine is False:
        return Sent(form, request, _kept, beside)
    if (pressed or mine) and reported.at is None:
        beside.error(reported.lacking or "Say when the report was received.", icon=desk.ALERT)
    if not (pressed or mine) or reported.at is None:
        return None
    if mine:
        del st.session_state[both_key(request)]
        seen = datetime.fromisoformat(both[0].theirs)
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    return Sent(form, request, partial(_correct, where, reported, reported.at, reason, seen, zone.key), beside)


def _kept(actor: Actor, tx: Connection, at: datetime) -> str:
    return "Kept as it is"


def _correct(
    where: dict[str, int], reported: Typed, reported_at: datetime, reason: str, seen: datetime, zone: str,
    actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    due_at = intake.correct_report(actor, tx, **where, reported_at=reported_at, reason=reason, seen=seen, at=at)
    return f"Report corrected. {reported.said} Due {words.instant(due_at, zone)}.".replace("  ", " ")


def _pause(actor: Actor, page: ClaimPage) -> Sent | None:
    header, form = page.header, of(page, "pause")
    request = request_key(key_of(form))
    if header.closed_at is not None:
        return None
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    if page.paused:
        pressed = st.button("Resume clock", key=f"resume.{request}")
        resume = partial(_resume, where, header.client_timezone)
        return Sent(form, request, resume, st.container()) if pressed else None
    readers = {"pausing": AS_TYPED}
    with (
        drafted(actor, form, request, page.header.client_timezone, readers),
        st.form(f"pause.{request}", enter_to_submit=False),
    ):
        reason = st.text_input("Reason for the pause", help="Shown beside the clock.", key=f"pausing.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Pause clock", key=f"pause.{request}.go")
    return Sent(form, request, partial(_stop, where, reason), beside) if pressed else None


def _stop(where: dict[str, int], reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    contact.pause_clock(actor, tx, **where, reason=reason, at=at)
    return "Clock paused"


def _resume(where: dict[str, int], zone: str, actor: Actor, tx: Connection, at: datetime) -> str:
    return f"Clock runs again. Due {words.instant(contact.resume_clock(actor, tx, **where, at=at), zone)}."
