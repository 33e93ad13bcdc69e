"""What each column of a file means: its heading, what stands in it, and the choice of its meaning in one row."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from core import feeds
from core.feeds import Feed, FeedKind, FeedMapping, Offer, notes
from pages.parts import desk
from pages.parts.markdown import verbatim

SAMPLES, _LONGEST = 3, 28
"""How many different cells of a column are shown, and how many letters of each."""

_LOOKED_INTO = 50
"""Rows, from the first, in which they are looked for."""

_UNUSED = ""
_ORDERS = {"auto": "As the file shows", "mdy": "Month first: 11/24/2026", "dmy": "Day first: 24/11/2026"}


def how_read(feed: Feed) -> None:
    """Say how much the file holds, and line by line what had to be put up with in reading it."""
    read, *put_up_with = notes(feed)
    st.caption(verbatim(read))
    if put_up_with:
        st.html(f'<ul class="desk-notes">{"".join(f"<li>{escape(note)}</li>" for note in put_up_with)}</ul>')


def misfit(kind: FeedKind, feed: Feed, saved: FeedMapping) -> None:
    """Say which headings of the client's saved mapping the file does not have."""
    if astray := saved.astray(feed, label=kind.vocabulary.name):
        said = f"The saved mapping names headings that this file does not have: {verbatim(astray)}."
        st.info(f"{said} Others are proposed where one is like them.")


def mapping(kind: FeedKind, feed: Feed, proposed: FeedMapping, client_id: int) -> FeedMapping | None:
    """Draw a row for each column with the choice of its meaning; the mapping when the plan is asked for, else None."""
    offers = {offer.heading: (field, offer) for field, offer in proposed.offers.items()}
    known = kind.vocabulary.fields
    meanings: list[tuple[str, str]] = []
    with st.form(f"feed.mapping.{kind.code}.{client_id}.{feed.digest[:16]}.{feed.sheet}"):
        # Before the columns, which can be many: what is asked for, how, and what keeps it from being shown.
        with st.container(horizontal=True, vertical_alignment="bottom"):
            order = st.selectbox(
                "Order of day and month", list(_ORDERS), list(_ORDERS).index(proposed.date_order), _ORDERS.__getitem__,
                width=260,
            )  # fmt: skip
            asked = st.form_submit_button("Show what would happen")
        beside = st.container()
        with st.container(gap="xsmall"):
            for at, heading in enumerate(feed.headings):
                fields = [field for field, mapped in proposed.columns.items() if mapped == heading]
                chosen = _row(known, at + 1, heading, _samples(feed, at), fields, offers.get(heading))
                # Of a column saved with several meanings the row shows the first: left so, it keeps them all.
                kept = fields if fields and chosen == fields[0] else [chosen]
                meanings.extend((heading, field) for field in kept if field != _UNUSED)
        if not asked:
            return None
    with beside, desk.refusals_shown():
        columns = feeds.by_field(known, meanings)
        left = {field: offer for field, offer in proposed.offers.items() if field not in columns}
        return FeedMapping(columns, order, left)
    return None


def _row(
    known: Mapping[str, str],
    number: int,
    heading: str,
    samples: str,
    fields: list[str],
    offered: tuple[str, Offer] | None,
) -> str:
    """Draw the *number*th column of the file; return the field that is chosen for it, empty where it is not used."""
    notes = [f"Also {', '.join(known[field] for field in fields[1:])}."] if len(fields) > 1 else []
    if offered:
        field, offer = offered
        notes.append(f"Perhaps {known[field]}. {offer.why} Choose it to use it.")
    options = list(dict.fromkeys([_UNUSED, *([offered[0]] if offered else []), *known]))
    column, choice = st.columns([3, 1], vertical_alignment="center", gap="small")
    column.html(
        f'<div class="desk-column"><b>{escape(heading)}</b><span>{escape(samples)}</span>'
        f"{''.join(f'<small>{escape(note)}</small>' for note in notes)}</div>"
    )
    return choice.selectbox(
        f"Meaning of column {number}",
        options,
        options.index(fields[0] if fields else _UNUSED),
        lambda field: known.get(field, "Not used"),
        label_visibility="collapsed",
    )


def _samples(feed: Feed, at: int) -> str:
    """Return the first different cells of the column, cut short."""
    cells = (" ".join(row.cells[at].split()) for row in feed.rows[:_LOOKED_INTO] if at < len(row.cells))
    first = list(dict.fromkeys(filter(None, cells)))[:SAMPLES]
    return " · ".join(cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…" for cell in first) or "empty"
