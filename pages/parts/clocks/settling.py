"""The forms that say a version was compared with the law, and that take back one that is planned."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import words
from core.access import Actor
from core.rules import Standing
from core.statutes import amount, setting
from core.statutes.setting import Clock
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clocks.wording import clock_label, since
from pages.parts.ruling import Sent, withdrawing_form


def checking_form(clock: Clock) -> Sent | None:
    """Draw which version was compared with the law and against what, and return that, once it is sent."""
    standing = {
        each.version.number: f"{amount(each.rule)}, {since(each.rule)}"
        for each in clock.versions if each.standing is not Standing.WITHDRAWN
    }  # fmt: skip
    form = f"clocks.check.{clock.versions[-1].version.number}"
    request = forms.request_key(form)
    numbers = list(standing)
    number = st.selectbox(
        "Version", numbers, index=numbers.index(clock.shown.version.number), format_func=standing.__getitem__,
        key=f"checked.{request}",
    )  # fmt: skip
    against = st.text_input(
        "Checked against", help="The text, its edition and where it was read.", key=f"against.{request}"
    )
    refusals = st.container()
    if not st.button("Mark as checked", type="primary", key=f"clocks.check.{request}.go"):
        return None
    return Sent(form, refusals, partial(_check, clock, number, against))


def withdrawing(clock: Clock) -> Sent | None:
    """Draw which planned version is taken back, and why, and return that, once it is sent."""
    planned = {
        each.version.number: f"{amount(each.rule)}, from {words.brief_day(each.version.since)} on"
        for each in clock.versions if each.standing is Standing.PLANNED
    }  # fmt: skip
    form = f"clocks.withdraw.{clock.versions[-1].version.number}"
    of = f"{clock.jurisdiction}, {clock_label(clock)}, "
    return withdrawing_form(form, "version", planned, setting.withdraw, of=of)


def _check(clock: Clock, number: int, against: str, actor: Actor, tx: Connection, at: datetime) -> str:
    setting.check(actor, tx, number=number, against=against, at=at)
    return f"Checked: {clock.jurisdiction}, {clock_label(clock)}."
