"""The plan of an import: what will happen to each row, before any of it does."""

from itertools import islice

import pyarrow as pa
import streamlit as st

from core import words
from core.feeds import Plan
from pages.parts import queue

SHOWN = 500
"""Rows of a plan that are drawn; the counts above them hold for all."""

_PLAN_WIDTHS = {"Row": 60, "What will happen": 130, "Worker": 170, "Why": 620}
"""Pixels; together what a screen of 1440 leaves beside the menu."""

_ONE_LINE, _THREE_LINES = 90, 66
"""Letters of a Why that stand in one line; pixels of a row where more of them run on, which they do from 65."""


def plan(made: Plan) -> bool:
    """Draw the plan; tell whether it is to be carried out."""
    lines = list(islice(made.lines(), SHOWN))
    figures = {
        "Rows read": made.read,
        "New claims": len(made.claims),
        "Reported before": len(made.duplicates),
        "Refused": len(made.refusals),
    }
    for column, (label, count) in zip(st.columns(4), figures.items(), strict=True):
        column.metric(label, f"{count:,}")
    if made.read > len(lines):
        order = "refused ones first, new ones in doubt before others"
        st.caption(f"Listed are {words.counted(len(lines), 'row')}, {order}. The figures hold for all {made.read:,}.")
    st.dataframe(
        pa.table(
            {
                "Row": [line.row for line in lines],
                "What will happen": [line.what for line in lines],
                "Worker": [line.worker for line in lines],
                "Claim": pa.array(
                    [queue.claim_link(made.client_id, *line.claim) if line.claim else None for line in lines],
                    pa.string(),
                ),
                "Why": [line.why for line in lines],
            }
        ),
        key="feed.plan",
        hide_index=True,
        row_height=_THREE_LINES if any(len(line.why) > _ONE_LINE for line in lines) else None,
        column_config={
            **{heading: st.column_config.TextColumn(width=width) for heading, width in _PLAN_WIDTHS.items()},
            "Claim": queue.CLAIM_COLUMN,
        },
        alt="What will happen to each row, and why",
    )
    label = f"Import {words.counted(len(made.claims), 'new claim')}" if made.claims else "Keep the refused rows"
    if not made.claims and not made.refusals:
        st.info("Every row was reported before. There is nothing to import.")
        return False
    return st.button(label, type="primary", key=f"feed.import.{made.file_digest[:16]}.{made.sheet}")
