"""What is promised to a client: a new promise, and those that are planned changed or withdrawn."""

from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import client_changes, promise_rehearsal, words
from core.access import Actor
from core.calendars import first_instant
from core.clients import Client
from core.clocks import Policy, promised
from core.refusal import Refusal
from core.rules import Rehearsal
from core.transactions import Connection
from pages.parts import forms, side
from pages.parts.clients.sending import CHOICE, Sent, seen
from pages.parts.clients.terms import USUAL, Terms, clock_field, term_fields
from pages.parts.clients.wording import KEEPS, in_full, planned, show_example
from pages.parts.rehearsing import rehearsal

ANOTHER = "Another promise"


def promise_form(actor: Actor, client: Client, *, now: datetime) -> Sent | None:
    """Draw what is promised and the form that changes it, and return the change, once it is sent."""
    st.caption(in_full(client))
    chosen = _which(client)
    form = f"clients.promise.{client.client_id}.{chosen.effective_from.isoformat() if chosen else ''}"
    request = forms.request_key(form)
    first = chosen or client.promise
    before = Terms.of(first) if first else USUAL
    terms = term_fields(before._replace(clock=clock_field(before.clock, request)), request)
    zone = ZoneInfo(client.timezone)
    begins = forms.moment(
        f"Begins, {words.zone(client.timezone)}", zone,
        value=chosen.effective_from if chosen else next_midnight(now, zone), key=f"begins.{request}",
    )  # fmt: skip
    reason = st.text_input("Reason", help="As agreed with the client. Name no worker.", key=f"reason.{request}")
    if terms and begins.at:
        _example(client, terms, begins.at)
        _rehearsal(actor, client, form, terms, client.timezone_at(begins.at))
    st.caption(KEEPS)
    refusals = st.container()
    label = "Change planned promise" if chosen else "Change promise"
    sent = st.button(label, type="primary", key=f"change.{request}")
    withdrawn = _withdrawing(client, chosen, request) if chosen else None
    version = seen(client, form, sends=sent or withdrawn is not None)
    if chosen and withdrawn is not None:
        return Sent(form, refusals, partial(_withdraw, client, chosen, withdrawn, version))
    if not sent or terms is None:
        return None
    if begins.at is None:
        refusals.error(begins.lacking or "Say when the promise begins.", icon=":material/priority_high:")
        return None
    return Sent(form, refusals, partial(_change, client, chosen, terms, begins.at, reason, version))


def next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of the next midnight in *zone*."""
    return first_instant(zone, now.astimezone(zone).date() + timedelta(days=1), time(0))


def _which(client: Client) -> Policy | None:
    """
    Draw the choice between another promise and those that are planned; return the planned one, if it is one.

    The one that is being changed stays among them when somebody else withdraws it: what was typed is not lost, and the
    refusal tells it.
    """
    known = {policy.effective_from: policy for policy in client.planned}
    key, kept = f"{CHOICE}{client.client_id}", f"{CHOICE}{client.client_id}.kept"
    before: Policy | None = st.session_state.get(kept)
    if before is not None and st.session_state.get(key) == before.effective_from:
        known.setdefault(before.effective_from, before)
    if not known:
        return None
    chosen = st.radio(
        "What to change", [None, *known], key=key,
        format_func=lambda begins: f"Planned: {planned(client, known[begins])}" if begins else ANOTHER,
    )  # fmt: skip
    st.session_state[kept] = known.get(chosen)
    return known.get(chosen)


def _example(client: Client, terms: Terms, begins: datetime) -> None:
    try:
        show_example(terms.policy(client, begins), begins)
    except Refusal:  # terms that are none yet: told when they are sent
        return


def _rehearsal(actor: Actor, client: Client, form: str, terms: Terms, timezone: str) -> None:
    def answer(actor: Actor, tx: Connection, *, at: datetime) -> Rehearsal:
        return promise_rehearsal.of_promise(actor, tx, client_id=client.client_id, **terms.kept_in(timezone), at=at)

    rehearsal(actor, form, (terms, timezone), "claim", answer)


def _withdrawing(client: Client, chosen: Policy, request: UUID) -> str | None:
    """Draw, apart from the rest, what takes the planned promise back; return why, as typed, once it is pressed."""
    with side.danger("clients"):
        others = [policy for policy in client.planned if policy.effective_from < chosen.effective_from]
        goes_on = others[-1] if others else client.promise
        if goes_on:
            st.caption(f"Then this goes on: {promised(goes_on)}.")
        begins = words.instant(chosen.effective_from, client.timezone)
        why = st.text_input("Why it is withdrawn", key=f"why.{request}")
        return why if st.button(f"Withdraw the promise from {begins}", key=f"withdraw.{request}") else None


def _change(
    client: Client, chosen: Policy | None, terms: Terms, effective_from: datetime, reason: str, version: int,
    actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    kept = terms.kept_in(client.timezone_at(effective_from))
    begins = words.instant(effective_from, client.timezone)
    if chosen is None:
        client_changes.promise(
            actor, tx, client_id=client.client_id, **kept, effective_from=effective_from, reason=reason, seen=version,
            at=at,
        )  # fmt: skip
        return f"{client.name}: another promise from {begins}."
    if effective_from == chosen.effective_from:
        kept = terms.kept_in(chosen.week.timezone)
    client_changes.replan(
        actor, tx, client_id=client.client_id, planned_from=chosen.effective_from, **kept,
        effective_from=effective_from, reason=reason, seen=version, at=at,
    )  # fmt: skip
    return f"{client.name}: the planned promise is changed; it begins {begins}."


def _withdraw(
    client: Client, chosen: Policy, reason: str, version: int, actor: Actor, tx: Connection, at: datetime
) -> str:  # fmt: skip
    client_changes.withdraw(
        actor, tx, client_id=client.client_id, planned_from=chosen.effective_from, reason=reason, seen=version, at=at
    )
    return f"{client.name}: the promise from {words.instant(chosen.effective_from, client.timezone)} is withdrawn."
