"""The form that takes back a rule of intake that is planned."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import words
from core.access import Actor
from core.intake import ruling
from core.intake.ruling import Element, Ruled
from core.rules import Standing
from core.transactions import Connection
from pages.parts import desk, forms, side
from pages.parts.intake_elements.asking import Sent
from pages.parts.intake_elements.wording import of_whose, says


def withdrawing_form(element: Element) -> Sent | None:
    """Draw which planned rule about *element* is taken back, and why, and return that, once it is sent."""
    planned = {
        each.version.number: _named(each) for each in element.versions if each.standing is Standing.PLANNED
    }  # fmt: skip
    if not planned:
        return None
    form = f"elements.withdraw.{element.element}"
    request = forms.request_key(form)
    with side.danger(f"withdraw-{element.element}"):
        number = st.selectbox(
            "Planned rule", list(planned), index=None, format_func=planned.__getitem__,
            placeholder="Choose a planned rule", key=f"planned.{request}",
        )  # fmt: skip
        why = st.text_input("Why it is withdrawn", key=f"why.{request}")
        refusals = st.container()
        if not st.button("Withdraw the rule", key=f"elements.withdraw.{request}.go"):
            return None
        if number is None:
            refusals.error("Say which planned rule is withdrawn.", icon=desk.ALERT)
            return None
    return Sent(form, refusals, partial(_withdraw, number, planned[number], why))


def _named(ruled: Ruled) -> str:
    return f"{says(*ruled.version.says)}: {of_whose(ruled)}, from {words.brief_day(ruled.version.since)} on"


def _withdraw(number: int, named: str, why: str, actor: Actor, tx: Connection, at: datetime) -> str:
    ruling.withdraw(actor, tx, number=number, why=why, at=at)
    return f"Withdrawn: {named}."
