"""What was promised to a client, and what is to come, in words."""

from datetime import datetime

import streamlit as st

from core import words
from core.clients import Client
from core.clocks import Policy, example, promised
from core.refusal import Refusal
from pages.parts.markdown import verbatim

KEEPS = "Claims reported before then keep the deadline they were given."


def since(client: Client) -> str:
    """Return since when the promise is in force, as clocks at the client show it, or 'the start'."""
    return words.instant(client.since, client.timezone) if client.since else "the start"


def planned(client: Client, policy: Policy) -> str:
    """Return when a planned promise begins and what it is, and in which zone where that is another."""
    zone = "" if policy.week.timezone == client.timezone else f", in {words.zone(policy.week.timezone)}"
    return f"{words.instant(policy.effective_from, client.timezone)}: {promised(policy)}{zone}"


def in_full(client: Client) -> str:
    """Return what is promised, and what is to come, where the list has cut it."""
    now = f"Promised since {since(client)}: {promised(client.promise)}." if client.promise else "Nothing is promised."
    return " ".join([now, *(f"From {planned(client, policy)}." for policy in client.planned)])


def show_example(policy: Policy, at: datetime) -> None:
    """Draw, for a report of a Friday afternoon from *at* on, when it would be due by a promise that is being chosen."""
    try:
        show(example(policy, at))
    except Refusal as refusal:
        st.caption(f":material/priority_high: {verbatim(str(refusal))}")


def show(sentence: str) -> None:
    """Draw an example of what is being chosen, before it is saved."""
    st.caption(f":material/schedule: Example: {verbatim(sentence)}")
