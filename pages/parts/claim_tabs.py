"""The tabs of a claim's page. Each draws its own and returns what was sent on it, with the place that answers it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.contact import Outcome
from core.intake import ClaimPage
from pages.parts import claim_file, forms, tables, timeline
from pages.parts.fields import GROUPS, Group
from pages.parts.forms import Sent


class Pressed(NamedTuple):
    """What was sent, and where it is said what became of it."""

    sent: Sent
    below: DeltaGenerator


Tab = Callable[[Actor, ClaimPage, datetime], Pressed | None]
Form = Callable[[Actor, ClaimPage], Sent | None]

LAST = 3
"""As many attempts stand beside the next one."""


def _sent(actor: Actor, page: ClaimPage, *drawn: Form) -> Pressed | None:
    """Draw the forms, each with the place below it that answers it; return what was sent."""
    pressed = None
    for form in drawn:
        sent, below = form(actor, page), st.container()
        pressed = Pressed(sent, sent.beside or below) if sent else pressed
    return pressed


def overview(actor: Actor, page: ClaimPage, now: datetime) -> Pressed | None:
    """Draw what the next act needs: its form, what is missing, the last attempts, and what happened."""
    work, known = st.columns([3, 2], gap="large")
    with work:
        pressed = _sent(
            actor,
            page,
            forms.first_contact,
            forms.attempt,
            forms.supervision,
            forms.closing,
            partial(forms.death, now=now),
        )
    with known:
        tables.missing(page)
        tables.doubts(page)
        timeline.attempts(page, most=LAST)
        tables.story(page)
    return pressed


def contact(actor: Actor, page: ClaimPage, _: datetime) -> Pressed | None:
    """Draw the form of an attempt beside all the attempts that there were."""
    work, tried = st.columns([3, 2], gap="large")
    with work:
        pressed = _sent(actor, page, forms.first_contact, forms.attempt)
    with tried:
        timeline.attempts(page)
    return pressed


def intake(actor: Actor, page: ClaimPage, _: datetime) -> Pressed | None:
    """Draw what is still to ask beside what is known, each of which can be corrected."""
    first, second = GROUPS[:2], GROUPS[2:]
    if page.open_questions and page.header.closed_at is None:
        first, second = (), GROUPS
    left, right = st.columns(2, gap="large")
    with left:
        pressed = _sent(actor, page, forms.questions, *_known(first))
    with right:
        tables.doubts(page)
        return _sent(actor, page, *_known(second)) or pressed


def _known(groups: Iterable[Group]) -> list[Form]:
    """Return what draws each of *groups*: by itself, so that what is said of a correction stands below its button."""
    return [partial(forms.known, group=group) for group in groups]


def calls(actor: Actor, page: ClaimPage, _: datetime) -> None:
    """Draw the calls that were promised and are still to be made; those with clinical staff cannot be booked yet."""
    promised = [entry for entry in page.timeline if entry.outcome == Outcome.REACHED_DEFERRED and not entry.called]
    if promised:
        st.markdown("**Asked to be called later**")
        timeline.entries(page, promised)
    else:
        st.info("Nobody waits for a call that was promised.", icon=":material/phone_callback:")
    st.caption(
        "Calls of clinical staff with the worker cannot be booked on the desk yet. Calls made are under Contact."
    )


def documents(actor: Actor, page: ClaimPage, _: datetime) -> None:
    """Draw the claim's documents and summary beside its conditions."""
    claim_file.draw(actor, page)


def history(actor: Actor, page: ClaimPage, _: datetime) -> None:
    """Draw everything that happened."""
    timeline.history(page)


TABS: Mapping[str, Tab] = MappingProxyType(
    {
        "Overview": overview,
        "Contact": contact,
        "Intake": intake,
        "Calls": calls,
        "Documents": documents,
        "History": history,
    }
)
"""Every tab by its name, which is also its name in the page's address."""
