"""When to ask again for what is not known yet: the fields that say so, and how it is told."""

from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

import streamlit as st

from core import typed, words
from core.intake import ClaimPage, NotToAskThen, OpenQuestion, asking_again
from core.refusal import Refusal
from pages.parts.forms.drafted import AS_TYPED, chosen
from pages.parts.markdown import verbatim

_TOMORROW, _IN_TWO_DAYS = "Tomorrow", "In 2 business days"
_SOON = (_TOMORROW, _IN_TWO_DAYS)

READERS = {"again": chosen(_SOON), "again_on": AS_TYPED}
"""How the fields are read again where their words were kept."""


class Again(NamedTuple):
    """When to ask again, aware, in UTC; None where that is not said, and `lacking` says what is wrong with it."""

    at: datetime | None = None
    lacking: str = ""


def again(page: ClaimPage, request: UUID, *, now: datetime) -> Again:
    """Draw when to ask again: soon, or on a day, with a time or without, on the client's clocks while it works."""
    soon, day = st.columns(2)
    chosen_soon = soon.pills("Ask again, optional", _SOON, key=f"again.{request}")
    on = day.text_input(
        f"Or on a day, {words.zone(page.header.client_timezone)}",
        key=f"again_on.{request}",
        placeholder="MM/DD/YYYY, or with HH:MM",
        help="It is work for then, when the client works: without a time from its opening on. Without a day it is not"
        " asked again.",
    )
    if not chosen_soon and not on.strip():
        return Again()
    if chosen_soon and on.strip():
        return Again(lacking="Ask again: choose a day or type one, not both.")
    week = page.week(now)
    try:
        if chosen_soon == _TOMORROW:
            return Again(asking_again.in_days(week, 1, at=now))
        if chosen_soon:
            return Again(asking_again.in_working_days(week, 2, at=now))
        return Again(asking_again.on_day(week, *typed_day(on)))
    except Refusal as refusal:
        return Again(lacking=f"Ask again: {refusal}")


def told(question: OpenQuestion, timezone: str) -> str:
    """Return, as markdown, why what was asked is not known yet, who said so, and when to ask again."""
    why, by = verbatim((question.unobtainable_why or "").rstrip(".")), verbatim(question.answered_by or "")
    when = words.instant(question.ask_again_at, timezone) if question.ask_again_at else ""
    return f"Not known: {why} ({by}). Ask again {when}."


def typed_day(text: str) -> tuple[date, time | None]:
    """
    Return the day that was typed, and the time where one was.

    :raises NotAMoment: if it is neither a day nor a day with a time.
    :raises NotToAskThen: if nothing was typed.
    """
    try:
        on = typed.day(text)
        clock = None
    except typed.NotADate:
        try:
            on, clock = typed.moment(text) or (None, None)
        except typed.NotAMoment:
            raise typed.NotAMoment(
                "Write the day as MM/DD/YYYY, with a time where that matters: 11/24/2026 09:05."
            ) from None
    if on is None:
        raise NotToAskThen
    return on, clock
