"""What every page of rules shares: a form that was sent, and the one that takes a planned version back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.transactions import Connection
from pages.parts import desk, forms, side


class Sent(NamedTuple):
    """A form that was sent: its name, where a refusal is shown, and the act, which says in a sentence what was done."""

    form: str
    refusals: DeltaGenerator
    act: Callable[[Actor, Connection, datetime], str]


class Withdraw(Protocol):
    """Takes a planned version back, by its number, with why."""

    def __call__(self, actor: Actor, tx: Connection, *, number: int, why: str, at: datetime) -> None: ...


def withdrawing_form(
    form: str, what: str, planned: Mapping[int, str], withdraw: Withdraw, *, of: str = ""
) -> Sent | None:
    """
    Draw which planned version is taken back, and why, and return that, once it is sent; nothing where none is planned.

    *what* the page calls a version, *planned* says each by its number, and *of* whose they are.
    """
    if not planned:
        return None
    request = forms.request_key(form)
    with side.danger(form.replace(".", "-")):
        number = st.selectbox(
            f"Planned {what}", list(planned), index=None, format_func=planned.__getitem__,
            placeholder=f"Choose a planned {what}", key=f"planned.{request}",
        )  # fmt: skip
        why = st.text_input("Why it is withdrawn", key=f"why.{request}")
        refusals = st.container()
        if not st.button(f"Withdraw the {what}", key=f"{form}.{request}.go"):
            return None
        if number is None:
            refusals.error(f"Say which planned {what} is withdrawn.", icon=desk.ALERT)
            return None
    return Sent(form, refusals, partial(_withdraw, withdraw, number, f"{of}{planned[number]}", why))


def _withdraw(withdraw: Withdraw, number: int, named: str, why: str, actor: Actor, tx: Connection, at: datetime) -> str:
    withdraw(actor, tx, number=number, why=why, at=at)
    return f"Withdrawn: {named}."
