"""The field of a day, typed as it is told: a day that does not exist is told, where a picker would move it."""

from datetime import date
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import typed
from pages.parts.forms.drafted import at_first

FUTURE = "This date lies in the future."


class TypedDay(NamedTuple):
    """The day that was typed, None where nothing was or it is none; `lacking` then says what to type instead."""

    on: date | None
    lacking: str = ""


def day(
    label: str, *, key: str, value: date | None = None, latest: date | None = None,
    container: DeltaGenerator | None = None, help: str = "",
) -> TypedDay:  # fmt: skip
    """Draw the field of a day, with *value* in it at first; one after *latest* is not taken."""
    text = (container or st.container()).text_input(
        label, value=at_first(key, as_typed(value)) or "", placeholder="MM/DD/YYYY", key=key, help=help or None
    )
    name = label.partition(",")[0]
    try:
        on = typed.day(text)
    except typed.NotADate as refusal:
        return TypedDay(None, f"{name}: {refusal}")
    return TypedDay(None, f"{name}: {FUTURE}") if on and latest and on > latest else TypedDay(on)


def as_typed(on: date | None) -> str:
    """Return a day as the field shows it; empty where there is none."""
    return f"{on:{typed.DAY}}" if on else ""
