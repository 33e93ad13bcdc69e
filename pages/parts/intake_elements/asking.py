"""The form that says whether an element is asked from a day on: of whose claims, on what it depends, who says so."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import states, walltime, words
from core.access import Actor
from core.intake import ruling
from core.intake.requirements import AS_ELSEWHERE, CONDITIONS, ONLY_IF
from core.intake.ruling import SURENESS, Asking, Element
from core.scope import ClientInZone
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.intake_elements.wording import ASKED, of_whom, says, state_label
from pages.parts.ruling import Sent

KEEPS = "It holds for what is reported from that day on, and for claims that wait for first contact then."

_EVERY = 0
"""Stands for every client where one is chosen."""

CHOOSE = "Choose a client, or every client."


def asking_form(
    element: Element, clients: Sequence[ClientInZone], *, timezone: str, now: datetime,
) -> tuple[Asking | None, DeltaGenerator, Callable[[], Sent | None]]:  # fmt: skip
    """
    Draw the fields of a new rule about *element*. Return what they say, as far as that can be told; the place of what
    it would move; and what draws the button below that, and returns the rule once it is sent.

    Days are those of the client that is chosen; of every client, of *timezone*.
    """
    form = f"elements.{element.element}"
    request = str(forms.request_key(form))
    st.markdown("**Ask otherwise from a day on**")
    zones = {each.client_id: each for each in clients}
    # None is chosen beforehand: a rule of every client asks of many claims at once.
    chosen = st.selectbox(
        "Client", [_EVERY, *zones], index=None, placeholder="Choose a client, or every client",
        format_func=lambda each: zones[each].name if each else "Every client", key=f"client.{request}",
    )  # fmt: skip
    client_id = chosen or None
    state = st.selectbox("State", [None, *sorted(states.NAMES)], format_func=state_label, key=f"state.{request}")
    everywhere = client_id is None and state is None
    asked = st.selectbox(
        "What is asked", [each for each in ASKED if not (everywhere and each == AS_ELSEWHERE)], format_func=ASKED.get,
        help=f"{ASKED[AS_ELSEWHERE]}: what is said of every client or state holds here again.", key=f"asked.{request}",
    )  # fmt: skip
    only_if = None
    if asked == ONLY_IF:
        only_if = st.selectbox(
            "Only if", list(CONDITIONS), format_func=lambda each: CONDITIONS[each].capitalize(), key=f"if.{request}"
        )
    today = walltime.today(zones[client_id].timezone if client_id else timezone, now)
    begins = forms.day("From", key=f"from.{request}", value=today)
    why = st.text_input(
        "Reason for the rule",
        help="Who says so: a statute, an agreement with the client. Name no worker.",
        key=f"why.{request}",
    )
    sureness = st.selectbox("How sure", list(SURENESS), index=1, format_func=lambda each: SURENESS[each].capitalize(),
                            key=f"sure.{request}")  # fmt: skip
    asking = None
    if begins.on is not None and chosen is not None:
        asking = Asking(element.element, client_id, state, asked, only_if, begins.on, why, sureness)
    said = f"{says(asked, only_if)}: {of_whom(zones[client_id].name if client_id else '', state)}"
    lacking = CHOOSE if chosen is None else begins.lacking
    return asking, st.container(), partial(_button, form, request, asking, lacking, said, today)


def _button(form: str, request: str, asking: Asking | None, lacking: str, said: str, today: date) -> Sent | None:
    """Draw the button, which says whether it begins today, and return the rule, once it is pressed."""
    st.caption(KEEPS)
    refusals = st.container()
    planned = asking is not None and asking.since > today
    if not st.button("Plan this rule" if planned else "Put in force", type="primary", key=f"elements.{request}.go"):
        return None
    if asking is None:
        refusals.error(lacking or "Say from which day on.", icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_propose, asking, said))


def _propose(asking: Asking, said: str, actor: Actor, tx: Connection, at: datetime) -> str:
    ruling.propose(actor, tx, asking, at=at)
    return f"{said}, from {words.brief_day(asking.since)} on."
