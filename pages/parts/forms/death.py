"""The forms about a worker's death: recorded by whoever works intake, acknowledged and corrected by a supervisor."""

from datetime import date, datetime
from functools import partial

import streamlit as st

from core import intake, walltime
from core.access import Action, Actor
from core.intake import ClaimPage, Header
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.day import day
from pages.parts.forms.drafted import AS_TYPED, drafted

LEAVES = (
    "Recorded, nobody calls the worker any more, and the claim leaves every list of first contact. Only a supervisor"
    " corrects a date of death."
)


def death(actor: Actor, page: ClaimPage, *, now: datetime) -> Sent | None:
    """Draw what the person can say about the worker's death; *now* bounds the dates that can be chosen."""
    today = walltime.today(page.header.client_timezone, now)
    if page.header.date_of_death is None:
        return _record(page, today) if actor.may(Action.INTAKE_WORK) else None
    if not actor.may(Action.DEATH_SETTLE):
        return None
    return _acknowledge(page) or _correct(actor, page, today)


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}


def _record(page: ClaimPage, today: date) -> Sent | None:
    """Draw the form of a death; a date that is doubted is asked about once before it is recorded."""
    form, header = of(page, "death"), page.header
    request = request_key(key_of(form))
    doubted: tuple[date, tuple[str, ...]] | None = st.session_state.get(f"doubted.{request}")
    despite = False
    with st.expander("The worker has died"), st.form(f"death.{request}", enter_to_submit=False):
        died = day(
            "Date of death", key=f"died.{request}", latest=max(today, header.date_of_injury),
            help="Nobody calls the worker then; a supervisor is told.",
        )  # fmt: skip
        beside = st.container()
        with st.container(horizontal=True):
            pressed = st.form_submit_button("Check again" if doubted else "Record death", key=f"death.{request}.go")
            if doubted:
                beside.warning(" ".join([*doubted[1], LEAVES]), icon=":material/event_busy:")
                despite = st.form_submit_button("Record it as it is", key=f"death.{request}.despite")
    if not pressed and not despite:
        return None
    if died.on is None:
        beside.error(died.lacking or "Give the date of death.", icon=desk.ALERT)
        return None
    doubts = died.on, _doubts(header, died.on, today)
    if doubts[1] and not (despite and doubts == doubted):
        st.session_state[f"doubted.{request}"] = doubts
        st.rerun()
    return Sent(form, request, partial(_recorded, _where(page), died.on), beside)


def _doubts(header: Header, died: date, today: date) -> tuple[str, ...]:
    contact = header.first_contact_at
    reached = walltime.today(header.client_timezone, contact) if contact else None
    return intake.doubtful_death(died, injured=header.date_of_injury, reached=reached, today=today)


def _recorded(where: dict[str, int], died: date, actor: Actor, tx: Connection, at: datetime) -> str:
    intake.record_death(actor, tx, **where, date_of_death=died, at=at)
    return "Date of death recorded. Nobody calls the worker."


def _acknowledge(page: ClaimPage) -> Sent | None:
    if page.header.death_seen_by is not None:
        return None
    form = of(page, "death_seen")
    request = request_key(key_of(form))
    pressed = st.button("Acknowledge death", type="primary", key=f"seen.{request}")
    return Sent(form, request, partial(_acknowledged, _where(page)), st.container()) if pressed else None


def _acknowledged(where: dict[str, int], actor: Actor, tx: Connection, at: datetime) -> str:
    intake.acknowledge_death(actor, tx, **where, at=at)
    return "Death acknowledged"


def _correct(actor: Actor, page: ClaimPage, today: date) -> Sent | None:
    form = of(page, "death_correction")
    request = request_key(key_of(form))
    readers = {"died": AS_TYPED, "why_died": AS_TYPED}
    with (
        st.expander("Correct the date of death"),
        drafted(actor, form, request, page.header.client_timezone, readers),
        st.form(f"death.{request}", enter_to_submit=False),
    ):
        died = day(
            "Date of death, empty where the worker lives", key=f"died.{request}", value=page.header.date_of_death,
            latest=max(today, page.header.date_of_death or today),
        )  # fmt: skip
        reason = st.text_input("Reason", help="Shown on the timeline. Name no person.", key=f"why_died.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Correct date of death", key=f"death.{request}.go")
    if pressed and died.lacking:
        beside.error(died.lacking, icon=desk.ALERT)
        return None
    return Sent(form, request, partial(_corrected, _where(page), died.on, reason), beside) if pressed else None


def _corrected(
    where: dict[str, int], died: date | None, reason: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    intake.correct_death(actor, tx, **where, date_of_death=died, reason=reason, at=at)
    return "Date of death corrected" if died else "Date of death withdrawn. The clock runs as before."
