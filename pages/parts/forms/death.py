"""The forms about a worker's death: recorded by whoever works intake, acknowledged and corrected by a supervisor."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import intake
from core.access import Action, Actor
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.day import day
from pages.parts.forms.drafted import AS_TYPED, drafted

BEFORE_INJURY = "It is before the date of injury: one of the two is wrong. A supervisor corrects a date of death."


def death(actor: Actor, page: ClaimPage, *, now: datetime) -> Sent | None:
    """Draw what the person can say about the worker's death; *now* bounds the dates that can be chosen."""
    today = now.astimezone(ZoneInfo(page.header.client_timezone)).date()
    if page.header.date_of_death is None:
        return _record(page, today) if actor.may(Action.INTAKE_WORK) else None
    if not actor.may(Action.DEATH_SETTLE):
        return None
    return _acknowledge(page) or _correct(actor, page, today)


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}


def _record(page: ClaimPage, today: date) -> Sent | None:
    form, injured = of(page, "death"), page.header.date_of_injury
    request = request_key(key_of(form))
    with st.expander("The worker has died"), st.form(f"death.{request}", enter_to_submit=False):
        died = day(
            "Date of death", key=f"died.{request}", latest=max(today, injured),
            help="Nobody calls the worker then; a supervisor is told.",
        )  # fmt: skip
        pressed = st.form_submit_button("Record death", key=f"death.{request}.go")
    if pressed and died.on is None:
        st.error(died.lacking or "Give the date of death.", icon=":material/priority_high:")
    return Sent(form, request, partial(_recorded, _where(page), died.on, injured)) if pressed and died.on else None


def _recorded(where: dict[str, int], died: date, injured: date, actor: Actor, tx: Connection, at: datetime) -> str:
    intake.record_death(actor, tx, **where, date_of_death=died, at=at)
    said = "Date of death recorded. Nobody calls the worker."
    return f"{said} {BEFORE_INJURY}" if died < injured else said


def _acknowledge(page: ClaimPage) -> Sent | None:
    if page.header.death_seen_by is not None:
        return None
    form = of(page, "death_seen")
    request = request_key(key_of(form))
    pressed = st.button("Acknowledge death", type="primary", key=f"seen.{request}")
    return Sent(form, request, partial(_acknowledged, _where(page))) if pressed else None


def _acknowledged(where: dict[str, int], actor: Actor, tx: Connection, at: datetime) -> str:
    intake.acknowledge_death(actor, tx, **where, at=at)
    return "Death acknowledged"


def _correct(actor: Actor, page: ClaimPage, today: date) -> Sent | None:
    form = of(page, "death_correction")
    request = request_key(key_of(form))
    readers = {"died": AS_TYPED, "why_died": AS_TYPED}
    with (
        st.expander("Correct the date of death"),
        drafted(actor, form, request, readers),
        st.form(f"death.{request}", enter_to_submit=False),
    ):
        died = day(
            "Date of death, empty where the worker lives", key=f"died.{request}", value=page.header.date_of_death,
            latest=max(today, page.header.date_of_death or today),
        )  # fmt: skip
        reason = st.text_input("Reason", help="Shown on the timeline. Name no person.", key=f"why_died.{request}")
        pressed = st.form_submit_button("Correct date of death", key=f"death.{request}.go")
    if pressed and died.lacking:
        st.error(died.lacking, icon=":material/priority_high:")
        return None
    return Sent(form, request, partial(_corrected, _where(page), died.on, reason)) if pressed else None


def _corrected(
    where: dict[str, int], died: date | None, reason: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    intake.correct_death(actor, tx, **where, date_of_death=died, reason=reason, at=at)
    return "Date of death corrected" if died else "Date of death withdrawn. The clock runs as before."
