"""The field of a moment on the client's clocks, which asks which of two is meant where they show a time twice."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import walltime
from pages.parts.forms.drafted import at_first

_WHICH = ("The first", "The second")


class Typed(NamedTuple):
    """
    What was typed: the instant, aware, in UTC; None where nothing was, or where it is not said which of two is meant.

    `lacking` says what is still to be typed or chosen, `said` how a time was taken that clocks do not show that night.
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
    shown = value.astimezone(zone).replace(tzinfo=None) if value else None
    typed = container.datetime_input(
        label, value=at_first(key, shown), step=60, format="MM/DD/YYYY", key=key, help=help or None
    )
    if typed is None:
        return Typed(None)
    meant = walltime.meant(typed.date(), typed.time(), zone)
    if meant.second is None:
        return Typed(_as_it_was(value, meant.first), said=walltime.doubt(typed.date(), typed.time(), zone))
    both = (meant.first, meant.second)
    which = container.radio(
        f"{typed:%H:%M} comes twice that night",
        (0, 1),
        index=next((n for n, at in enumerate(both) if _as_it_was(value, at) == value), None),
        format_func=lambda n: f"{_WHICH[n]}, {walltime.named(both[n], zone)}",
        key=f"which.{typed:%Y%m%d%H%M}.{key}",
        horizontal=True,
    )
    if which is None:
        return Typed(None, lacking=f"{typed:%H:%M} comes twice that night: choose which of the two is meant.")
    return Typed(_as_it_was(value, both[which]))


def _as_it_was(value: datetime | None, at: datetime) -> datetime:
    """Return *value* where *at* is the same minute: the field cannot say its seconds."""
    return value if value and abs(at - value) < timedelta(minutes=1) else at
