"""The list of clients."""

from collections.abc import Sequence

import streamlit as st

from core import walltime, words
from core.clients import Client
from core.clocks import Policy
from pages.parts import side
from pages.parts.clients.terms import HOURS_OF

NAME = "clients"

PROMISE, CLOSED_DAYS, NAME_AND_ZONE = "Promise", "Closed days", "Name and zone"


def table(everyone: Sequence[Client]) -> Client | None:
    """Draw the list and return the client that is open, if one is."""
    known = {client.client_id: client for client in everyone}
    opened = side.rows(
        NAME,
        {
            "Code": [c.code for c in everyone],
            "Name": [c.name for c in everyone],
            "Promise": [_promised(c.promise) for c in everyone],
            "Next change": [_next_change(c) for c in everyone],
            "Time zone": [words.zone(c.timezone) for c in everyone],
        },
        list(known),
        alt="Every client and what was promised to it",
    )
    return known[opened] if opened is not None else None


def _promised(promise: Policy | None) -> str:
    """Return what is promised, briefly: all of it stands beside the list."""
    return f"{promise.hours} h, {HOURS_OF[promise.clock].lower()}" if promise else "none"


def _next_change(client: Client) -> str:
    """Return the day on which something else is promised; empty where nothing is planned."""
    if client.upcoming is None:
        return ""
    return words.brief_day(walltime.today(client.timezone, client.upcoming.effective_from))


def part_choice() -> str:
    """Draw the choice of what is seen of the client that is open, and return it."""
    return st.segmented_control(
        "What to see", [PROMISE, CLOSED_DAYS, NAME_AND_ZONE], default=PROMISE, required=True, key="clients.what",
        label_visibility="collapsed",
    )  # fmt: skip
