"""The plan of an import: what will happen to each row, before any of it does."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice

import streamlit as st

from core import words
from core.access import Action, Actor
from core.feeds import Line, Plan, RefusedRow
from pages.parts.markdown import verbatim
from pages.parts.queue import CLAIM_ADDRESS

SHOWN = 500
"""Rows that are drawn of what is refused, and of the rest; the figures above them hold for all."""


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
    st.html(_heading("Refused rows", len(shown), len(rows)) + _table("Refused rows", headings, lines))


def _rest(actor: Actor, made: Plan, lines: Sequence[Line]) -> str:
    zone = made.basis.timezone
    opens = actor.may(Action.CLAIM_READ)

    def due(line: Line) -> str:
        if line.due_at is None:
            return ""
        late = f"<b>Overdue by {words.brief(made.at - line.due_at)}</b>, " if line.due_at < made.at else ""
        return f"{late}{words.instant(line.due_at, zone)}"

    headings = ("Row", "What will happen", "Worker", "First contact due", "To ask", "Why, and what looks doubtful")
    return _table(
        "Reported before and new",
        headings,
        [
            (
                f"{line.row:,}", line.what, escape(line.worker), due(line),
                words.counted(line.questions, "question") if line.questions else "",
                _linked(line.why, dict(line.claims) if opens else {}, made.client_id),
            )
            for line in lines
        ],
    )  # fmt: skip


def _linked(why: str, ids: Mapping[str, int], client_id: int) -> str:
    """Return *why* in HTML, the number of each claim of *ids* a link; it opens beside the plan, which stays."""
    if not ids:
        return escape(why)
    parts = re.split(rf"\b({'|'.join(map(re.escape, ids))})\b", why)
    return "".join(_link(part, client_id, ids[part]) if part in ids else escape(part) for part in parts)


def _link(number: str, client_id: int, claim_id: int) -> str:
    address = escape(CLAIM_ADDRESS.format(client_id, claim_id))
    return f'<a href="{address}" target="_blank">{escape(number)}</a>'


def _heading(name: str, shown: int, count: int) -> str:
    first = f", the first {shown:,} of {count:,}" if shown < count else ""
    return f'<h3 class="desk-heading">{name}{first}</h3>'


def _table(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows of HTML as a table that scrolls by itself; where it is narrow each row is an entry of its own."""
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(f"<tr>{_cells(headings, row)}</tr>" for row in rows)
    return (
        f'<div class="desk-rows" tabindex="0" role="region" aria-label="{name}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(headings: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip(headings, row, strict=True)
    return "".join(f'<td data-heading="{heading}">{cell}</td>' for heading, cell in pairs)
