"""Who covers for which client, and the forms that set cover and end it early."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from core import assignment, cover, walltime, words
from core.access import ROLE_NAMES, Actor
from core.calendars import first_instant
from core.scope import ClientInScope
from core.transactions import Connection
from pages.parts import desk, held
from pages.parts.forms import Act, day, request_key

NAME = "cover"
"""The name of the form that sets cover."""

WHAT = "Who covers a client sees its claims and can be given them, as if serving it, until the end of the last day."
NOBODY = "Nobody covers for others at present."


def table(covers: Sequence[cover.Cover], actor: Actor) -> None:
    """Draw the cover there is and is to come."""
    st.caption(WHAT)
    if not covers:
        st.info(NOBODY)
        return
    st.dataframe(
        pa.table(
            {
                "Who": [each.person for each in covers],
                "Client": [each.client for each in covers],
                "From": [words.instant(each.starts_at, actor.timezone) for each in covers],
                "Until": [words.instant(each.until, actor.timezone) for each in covers],
                "Why": [each.reason for each in covers],
                "Set by": [each.set_by for each in covers],
            }
        ),
        key="cover.list",
        hide_index=True,
        alt="Who covers for which client, until when and why",
    )


def setting(actor: Actor, clients: Sequence[ClientInScope]) -> Act | None:
    """Draw the form of new cover and return it as an act once it is sent; days are those of the actor's time zone."""
    request, today = request_key(NAME), walltime.today(actor.timezone, desk.now())
    with st.container(width=720):
        client = st.selectbox(
            "Client", clients, index=None, format_func=lambda c: f"{c.name} ({c.code})", key=f"client.{request}",
            placeholder="Choose which client is covered",
        )  # fmt: skip
        if client is None:
            return None
        with desk.looking(actor) as tx:
            people = cover.people_for(actor, tx, client.client_id)
        with st.form(f"cover.{request}", border=False, enter_to_submit=False):
            person = st.selectbox(
                "Who covers", people, index=None, format_func=lambda p: f"{p.name}, {ROLE_NAMES[p.role].lower()}",
                key=f"person.{client.client_id}.{request}", placeholder="Choose who covers",
            )  # fmt: skip
            first, last = st.columns(2)
            begins = day("First day", key=f"first.{request}", value=today, container=first)
            ends = day("Last day", key=f"last.{request}", container=last)
            reason = st.text_input("Reason", key=f"reason.{request}")
            sent = st.form_submit_button("Set cover", type="primary", key=f"set.{request}")
        if not sent:
            return None
        said = {
            "Choose who covers.": person, begins.lacking or "Give the first day.": begins.on,
            ends.lacking or "Give the last day.": ends.on, "Give the reason.": reason.strip(),
        }  # fmt: skip
        for sentence in [sentence for sentence, value in said.items() if not value]:
            st.error(sentence, icon=desk.ALERT)
        if person is None or begins.on is None or ends.on is None or not reason.strip():
            return None
    return partial(_set, client, person, begins.on, ends.on, reason)


def ending(actor: Actor, covers: Sequence[cover.Cover]) -> Act | None:
    """Draw the choice of cover to end now, and where goes what is held by it; return it as an act once it is asked."""
    known = {(each.client_id, each.cover_id): each for each in covers}
    with st.container(width=720):
        chosen = st.selectbox(
            "Cover", list(known), index=None, format_func=lambda key: f"{known[key].person} for {known[key].client}",
            key="cover.chosen", placeholder="Choose which cover ends",
        )  # fmt: skip
        if chosen not in known:
            return None
        one = known[chosen]
        with desk.looking(actor) as tx:
            every = assignment.held(actor, tx, one.staff_id, at=desk.now())
        left = [each for each in every if each.client_id == one.client_id and each.covered]
        to = None
        if left:
            to = held.destination(
                actor, left, whose=one.staff_id, label="They go to", key=f"cover.to.{one.cover_id}",
                sentence=f"{one.person} holds {held.in_words(left)}.",
            )  # fmt: skip
        pressed = st.button("End cover now", type="primary", key=f"cover.end.{one.cover_id}")
    return partial(_end, one, to) if pressed else None


def _set(
    client: ClientInScope, person: cover.Person, begins: date, ends: date, reason: str, actor: Actor,
    tx: Connection, at: datetime,
) -> str:  # fmt: skip
    zone = ZoneInfo(actor.timezone)
    until = first_instant(zone, ends + timedelta(days=1), time(0))
    cover.set_cover(
        actor, tx, client_id=client.client_id, staff_id=person.staff_id, reason=reason, until=until,
        starts_at=max(at, first_instant(zone, begins, time(0))), at=at,
    )  # fmt: skip
    return f"{person.name} covers {client.name} until {words.instant(until, actor.timezone)}."


def _end(one: cover.Cover, to: assignment.Colleague | None, actor: Actor, tx: Connection, at: datetime) -> str:
    moved = cover.end_cover(actor, tx, client_id=one.client_id, cover_id=one.cover_id, to=to and to.staff_id, at=at)
    return f"{one.person} no longer covers {one.client}{held.gone(moved, to)}."
