"""The form that gives a client another name, and another time zone from a moment on."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import client_changes, words
from core.access import Actor
from core.calendars import zones
from core.clients import Client
from core.transactions import Connection
from pages.parts import forms
from pages.parts.clients.promising import next_midnight
from pages.parts.clients.sending import Sent, seen
from pages.parts.clients.wording import show_example
from pages.parts.markdown import verbatim

MOVES = "Claims reported before then keep their clock. What is promised and planned goes on in the new zone."


def name_form(client: Client, *, now: datetime) -> Sent | None:
    """Draw the client's name and zone, and return the change, once it is sent."""
    form = f"clients.name.{client.client_id}"
    request = forms.request_key(form)
    name = st.text_input("Name", value=client.name, key=f"name.{request}")
    offered = list(dict.fromkeys((client.timezone, *zones())))
    for moves in _planned(client):
        st.caption(f":material/schedule: {moves}")
    timezone = st.selectbox("Time zone", offered, format_func=words.zone, key=f"zone.{request}")
    begins = forms.Typed(now)
    if timezone != client.timezone:
        zone = ZoneInfo(client.timezone)
        begins = forms.moment(
            f"New zone from, {words.zone(client.timezone)}", zone, value=next_midnight(now, zone), key=f"from.{request}"
        )
        if begins.at and (promise := client.promise_at(begins.at)):
            week = replace(promise.week, timezone=timezone)
            show_example(replace(promise, week=week, effective_from=begins.at), begins.at)
        st.caption(MOVES)
    refusals = st.container()
    if begins.at and timezone != client.timezone:
        since = words.instant(begins.at, client.timezone)
        st.caption(f"{verbatim(client.name)} is on {words.zone(timezone)} from {since} on.")
    sent = st.button("Save name and zone", type="primary", key=f"save.{request}")
    version = seen(client, form, sends=sent)
    if not sent:
        return None
    if begins.at is None:
        refusals.error(begins.lacking or "Say when the new zone begins.", icon=":material/priority_high:")
        return None
    moves_to = timezone if timezone != client.timezone else None
    return Sent(form, refusals, partial(_edit, client, name, moves_to, begins.at, version))


def _edit(
    client: Client, name: str, timezone: str | None, effective_from: datetime, version: int, actor: Actor,
    tx: Connection, at: datetime,
) -> str:  # fmt: skip
    client_changes.edit(
        actor, tx, client_id=client.client_id, name=name, timezone=timezone, effective_from=effective_from,
        seen=version, at=at,
    )  # fmt: skip
    if not timezone:
        return f"{name.strip()} is saved."
    since = words.instant(effective_from, client.timezone)
    return f"{name.strip()} is saved: on {words.zone(timezone)} from {since} on."


def _planned(client: Client) -> list[str]:
    """Return each change of the zone that is planned, in a sentence."""
    zone, moves = client.timezone, []
    for policy in client.planned:
        if policy.week.timezone != zone:
            zone = policy.week.timezone
            begins = words.instant(policy.effective_from, client.timezone)
            moves.append(f"Planned: {words.zone(zone)} from {begins} on. It can be withdrawn under Promise.")
    return moves
