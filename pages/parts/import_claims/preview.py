"""The plan of an import: what will happen to each row, before any of it does."""

from collections.abc import Sequence
from html import escape
from itertools import islice

import streamlit as st

from core import words
from core.access import Action, Actor
from core.feeds import Line, Plan, RefusedRow
from core.intake import BRIEFLY
from pages.parts.html_rows import linked, table
from pages.parts.markdown import verbatim

SHOWN = 500
"""Rows that are drawn of what is refused, and of the rest; the figures above them hold for all."""

_NUMBERED = "desk-numbered"
"""The look of a table that begins with a number."""


def plan(actor: Actor, made: Plan) -> bool:
    """Draw the plan; tell whether it is to be carried out."""
    st.html(figures(made))
    if made.overdue:
        st.warning(
            f"{words.counted(made.overdue, 'new claim')} would arrive already overdue: the time for first contact was"
            " over before this import.",
            icon=":material/priority_high:",
        )
    if made.unused:
        unused = ", ".join(map(verbatim, made.unused))
        st.caption(f"{words.counted(len(made.unused), 'column')} not used: {unused}.")
    carried_out = _carry_out(made)
    refused(made.refusals)
    if rest := list(islice(made.lines(), SHOWN)):
        count = len(made.claims) + len(made.duplicates)
        st.html(_heading("Reported before and new", len(rest), count) + _rest(actor, made, rest))
    return carried_out


def _carry_out(made: Plan) -> bool:
    """Draw the one button of the plan, in sight under its figures; tell whether it is pressed."""
    if not made.claims and not made.refusals:
        st.info("Every row was reported before. There is nothing to import.")
        return False
    label = f"Import {words.counted(len(made.claims), 'new claim')}" if made.claims else "Keep the refused rows"
    return st.button(label, type="primary", key=f"feed.import.{made.file_digest[:16]}.{made.sheet}")


def figures(made: Plan) -> str:
    """Return how many rows come to what, in HTML."""
    counts = {
        "Rows read": made.read,
        "New claims": len(made.claims),
        "Overdue on arrival": made.overdue,
        "Reported before": len(made.duplicates),
        "Refused": len(made.refusals),
    }
    each = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in counts.items())
    return f'<dl class="desk-figures">{each}</dl>'


def refused(rows: Sequence[RefusedRow]) -> None:
    """Draw the refused rows, if any: whose each is, in which field, what was wrong and what to do."""
    if not rows:
        return
    shown = rows[:SHOWN]
    lines = [
        (f"{row.row:,}", *map(escape, (row.worker or "cannot be read", row.field_name, row.reason, row.remedy)))
        for row in shown
    ]
    headings = ("Row", "Worker", "Field", "What was wrong", "What to do")
    st.html(_heading("Refused rows", len(shown), len(rows)) + table("Refused rows", headings, lines, look=_NUMBERED))


def _rest(actor: Actor, made: Plan, lines: Sequence[Line]) -> str:
    zone = made.basis.timezone
    opens = actor.may(Action.CLAIM_READ)

    def due(line: Line) -> str:
        if line.due_at is None:
            return ""
        late = f"<b>Overdue by {words.brief(made.at - line.due_at)}</b>, " if line.due_at < made.at else ""
        return f"{late}{words.instant(line.due_at, zone)}"

    headings = ("Row", "What will happen", "Worker", "First contact due", "To ask", "Why, and what looks doubtful")
    return table(
        "Reported before and new",
        headings,
        [
            (
                f"{line.row:,}", line.what, escape(line.worker), due(line),
                escape(", ".join(BRIEFLY[element] for element in line.asks)),
                linked(line.why, dict(line.claims) if opens else {}, made.client_id),
            )
            for line in lines
        ],
        look=_NUMBERED,
    )  # fmt: skip


def _heading(name: str, shown: int, count: int) -> str:
    first = f", the first {shown:,} of {count:,}" if shown < count else ""
    return f'<h3 class="desk-heading">{name}{first}</h3>'
