"""The field of a moment on the client's clocks, which asks which of two is meant where they show a time twice."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import typed, walltime, words
from pages.parts.forms.drafted import at_first

_WHICH = ("The first", "The second")


class Typed(NamedTuple):
    """
    What was typed: the instant, aware, in UTC; None where nothing was, or where it is not said which of two is meant.

    `lacking` says what is still to be chosen or how to type it, `said` how a time was taken that clocks do not show
    that night.
    """

    at: datetime | None
    lacking: str = ""
    said: str = ""


def moment(
    label: str, zone: ZoneInfo, *, value: datetime | None, key: str, container: DeltaGenerator | None = None,
    help: str = "",
) -> Typed:  # fmt: skip
    """
    Draw the field of a moment that clocks in *zone* show, with *value* (aware, or None) in it at first.

    A time in the hour that comes twice in autumn brings the choice of the two with it: at once where it stands in the
    field at first, else when the form is sent. In one that spring skips, the first instant after it is meant.
    """
    container = container or st.container()
    shown = f"{value.astimezone(zone):{typed.DAY} {typed.CLOCK}}" if value else ""
    text = container.text_input(
        label, value=at_first(key, shown) or "", placeholder="MM/DD/YYYY HH:MM", key=key, help=help or None
    )
    try:
        read = typed.moment(text)
    except typed.NotADate as refusal:
        return Typed(None, lacking=f"{label.partition(',')[0]}: {refusal}")
    if read is None:
        return Typed(None)
    on, clock = read
    meant = walltime.meant(on, clock, zone)
    if meant.second is None:
        return Typed(_as_it_was(value, meant.first), said=walltime.doubt(on, clock, zone))
    both = (meant.first, meant.second)
    which = container.radio(
        f"{words.clock(clock)} comes twice that night",
        (0, 1),
        index=next((n for n, at in enumerate(both) if _as_it_was(value, at) == value), None),
        format_func=lambda n: f"{_WHICH[n]}, {words.zoned(both[n].astimezone(zone))}",
        key=f"which.{on:%Y%m%d}{clock:%H%M}.{key}",
        horizontal=True,
    )
    if which is None:
        return Typed(None, lacking=f"{words.clock(clock)} comes twice that night: choose which of the two is meant.")
    return Typed(_as_it_was(value, both[which]))


def _as_it_was(value: datetime | None, at: datetime) -> datetime:
    """Return *value* where *at* is the same minute: the field cannot say its seconds."""
    return value if value and abs(at - value) < timedelta(minutes=1) else at
