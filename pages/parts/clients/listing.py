"""The list of clients."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from core.clients import Client
from core.clocks import promised
from pages.parts.clients.wording import next_change, since


def table(everyone: Sequence[Client]) -> None:
    """Draw the list; where there is nobody, what is to be done."""
    if not everyone:
        st.info("There is no client yet. Add the first one; then give it to people on the page People.")
        return
    st.dataframe(
        pa.table(
            {
                "Code": [c.code for c in everyone],
                "Name": [c.name for c in everyone],
                "Time zone": [c.timezone for c in everyone],
                "Promise": [promised(c.promise) if c.promise else "none" for c in everyone],
                "Since": [since(c) for c in everyone],
                "Next change": [next_change(c) for c in everyone],
            }
        ),
        key="clients.list",
        hide_index=True,
        column_config={
            heading: st.column_config.TextColumn(width=width)
            for heading, width in {"Code": 80, "Promise": 345, "Since": 80, "Next change": 260}.items()
        },
        alt="Every client and what was promised to it",
    )
