"""The form that changes what was promised to a client."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import clients, words
from core.access import Actor
from core.calendars import first_instant
from core.clients import Client
from core.clocks import Policy
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clients.asked import Asked
from pages.parts.clients.terms import USUAL, Terms, clock_field, term_fields
from pages.parts.clients.wording import in_full

KEEPS = "Claims reported before then keep the deadline they were given."


def promise_form(everyone: Sequence[Client], *, now: datetime) -> Asked | None:
    """Draw the choice of a client and the form of its next promise, and return the change, once it is sent."""
    chosen = chosen_client(everyone, placeholder="Choose whose promise to change", key="clients.client")
    if chosen is None:
        return None
    with st.container(width=720):
        return _promise(chosen, now)


def chosen_client(everyone: Sequence[Client], *, placeholder: str, key: str) -> Client | None:
    """Draw the choice of a client, and return it once it is made."""
    known = {c.client_id: c for c in everyone}
    with st.container(width=720):
        chosen = st.selectbox(
            "Client",
            list(known),
            index=None,
            format_func=lambda client_id: f"{known[client_id].name} ({known[client_id].code})",
            placeholder=placeholder,
            key=key,
        )
    return known.get(chosen)


def next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of the next midnight in *zone*."""
    return first_instant(zone, now.astimezone(zone).date() + timedelta(days=1), time(0))


def _promise(client: Client, now: datetime) -> Asked | None:
    form, zone = f"clients.promise.{client.client_id}", ZoneInfo(client.timezone)
    request = forms.request_key(form)
    read = f"seen.{request}"
    seen = st.session_state.setdefault(read, client.promises)
    before = _terms_of(client.promise) if client.promise else USUAL
    st.caption(in_full(client))
    clock = clock_field(before.clock, request)
    with st.form(f"promise.{request}", enter_to_submit=False):
        terms = term_fields(before._replace(clock=clock), request)
        beginning, why = st.columns(2)
        begins = forms.moment(
            f"Begins, {client.timezone}", zone, value=next_midnight(now, zone), key=f"begins.{request}", place=beginning
        )
        reason = why.text_input(
            "Reason", help="As agreed with the client. Name no worker.",
            key=f"reason.{request}",
        )  # fmt: skip
        st.caption(KEEPS)
        place = st.container()
        sent = st.form_submit_button("Change promise", type="primary", key=f"change.{request}")
    if not sent or terms is None:
        return None
    if begins.at is None:
        place.error(begins.lacking or "Say when the promise begins.", icon=":material/priority_high:")
        return None
    st.session_state[read] = client.promises  # after a refusal the person has seen what stands now
    return Asked(form, place, partial(_change, client, terms, begins.at, reason, seen))


def _change(
    client: Client, terms: Terms, effective_from: datetime, reason: str, seen: int, actor: Actor, tx: Connection,
    at: datetime,
) -> str:  # fmt: skip
    clients.promise(
        actor, tx, client_id=client.client_id, **terms.kept_in(client.timezone), effective_from=effective_from,
        reason=reason, seen=seen, at=at,
    )  # fmt: skip
    return f"{client.name}: another promise from {words.instant(effective_from, client.timezone)}."


def _terms_of(policy: Policy) -> Terms:
    week = policy.week
    return Terms(int(policy.hours), policy.clock, week.hours_text, week.days, week.calendar)
