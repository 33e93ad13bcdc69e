"""The plan of an import: what will happen to each row, before any of it does."""

from collections.abc import Sequence
from html import escape
from itertools import islice

import streamlit as st

from core import words
from core.access import Action, Actor
from core.feeds import Cell, FeedKind, Line, Plan, RefusedRow
from pages.parts.html_rows import linked, table
from pages.parts.markdown import verbatim

SHOWN = 500
"""Rows that are drawn of what is refused, and of the rest; the figures above them hold for all."""

_NUMBERED = "desk-numbered"
"""The look of a table that begins with a number."""


def plan(actor: Actor, made: Plan) -> bool:
    """Draw the plan; tell whether it is to be carried out."""
    st.html(figures(made))
    for figure in made.kind.figures:
        if figure.warning and (count := made.counted(figure)):
            said = f"{words.counted(count, made.kind.words.new.lower())} {figure.warning}"
            st.warning(said, icon=":material/priority_high:")
    if made.unused:
        unused = ", ".join(map(verbatim, made.unused))
        st.caption(f"{words.counted(len(made.unused), 'column')} not used: {unused}.")
    carried_out = _carry_out(made)
    refused(made.kind, made.refusals)
    if rest := list(islice(made.lines(), SHOWN)):
        count = len(made.new) + len(made.duplicates)
        st.html(_heading(_known_and_new(made.kind), len(rest), count) + _rest(actor, made, rest))
    return carried_out


def _carry_out(made: Plan) -> bool:
    """Draw the one button of the plan, in sight under its figures; tell whether it is pressed."""
    said = made.kind.words
    if not made.new and not made.refusals:
        st.info(f"Every row was {said.repeated.lower()}. There is nothing to import.")
        return False
    label = f"Import {words.counted(len(made.new), said.new.lower())}" if made.new else "Keep the refused rows"
    return st.button(label, type="primary", key=f"feed.import.{made.file_digest[:16]}.{made.sheet}")


def figures(made: Plan) -> str:
    """Return how many rows come to what, in HTML."""
    counts = {
        "Rows read": made.read,
        f"{made.kind.words.new}s": len(made.new),
        **{figure.label: made.counted(figure) for figure in made.kind.figures},
        made.kind.words.repeated: len(made.duplicates),
        "Refused": len(made.refusals),
    }
    each = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in counts.items())
    return f'<dl class="desk-figures">{each}</dl>'


def refused(kind: FeedKind, rows: Sequence[RefusedRow]) -> None:
    """Draw the refused rows, if any: whose each is, in which field, what was wrong and what to do."""
    if not rows:
        return
    shown = rows[:SHOWN]
    lines = [(f"{row.row:,}", *map(escape, _refusal(kind, row))) for row in shown]
    headings = ("Row", kind.words.whose, "Field", "What was wrong", "What to do")
    st.html(_heading("Refused rows", len(shown), len(rows)) + table("Refused rows", headings, lines, look=_NUMBERED))


def _refusal(kind: FeedKind, row: RefusedRow) -> tuple[str, ...]:
    return row.whose or "cannot be read", kind.vocabulary.name(row.field), row.reason, row.remedy


def _rest(actor: Actor, made: Plan, lines: Sequence[Line]) -> str:
    opens, kind = actor.may(Action.CLAIM_READ), made.kind
    headings = ("Row", "What will happen", kind.words.whose, *kind.columns, "Why, and what looks doubtful")
    return table(
        _known_and_new(kind),
        headings,
        [
            (
                f"{line.row:,}", line.what, escape(line.whose), *map(_cell, line.cells),
                linked(line.why, dict(line.claims) if opens else {}, made.client_id),
            )
            for line in lines
        ],
        look=_NUMBERED,
    )  # fmt: skip


def _cell(cell: Cell) -> str:
    return f"<b>{escape(cell.first)}</b>, {escape(cell.said)}" if cell.first else escape(cell.said)


def _known_and_new(kind: FeedKind) -> str:
    return f"{kind.words.repeated} and new"


def _heading(name: str, shown: int, count: int) -> str:
    first = f", the first {shown:,} of {count:,}" if shown < count else ""
    return f'<h3 class="desk-heading">{name}{first}</h3>'
