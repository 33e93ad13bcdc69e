"""The list of clients."""

from collections.abc import Sequence

import streamlit as st

from core import words
from core.clients import Client
from core.clocks import promised
from pages.parts import side
from pages.parts.clients.wording import next_change, since

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
            "Promise": [promised(c.promise) if c.promise else "none" for c in everyone],
            "Next change": [next_change(c) for c in everyone],
            "Since": [since(c) for c in everyone],
            "Time zone": [words.zone(c.timezone) for c in everyone],
        },
        list(known),
        widths={"Code": 85, "Name": 175, "Promise": 190, "Next change": 190, "Since": 90, "Time zone": 140},
        alt="Every client and what was promised to it",
    )
    return known[opened] if opened is not None else None


def part_choice() -> str:
    """Draw the choice of what is seen of the client that is open, and return it."""
    return st.segmented_control(
        "What to see", [PROMISE, CLOSED_DAYS, NAME_AND_ZONE], default=PROMISE, required=True, key="clients.what",
        label_visibility="collapsed",
    )  # fmt: skip
