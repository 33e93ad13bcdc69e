"""What a file holds, and which of its columns means which field."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from core.feeds import FIELDS, Feed, FeedMapping, notes
from pages.parts.markdown import verbatim

FIRST_ROWS = 5

_NOWHERE = "Not in this file"
_ORDERS = {"auto": "As the file shows", "mdy": "Month first: 11/24/2026", "dmy": "Day first: 24/11/2026"}


def first_rows(feed: Feed) -> None:
    """Draw the first rows as they stand in the file, and what had to be put up with in reading it."""
    st.caption(verbatim(" · ".join(notes(feed))))
    rows = feed.rows[:FIRST_ROWS]
    columns = [pa.array([row.number for row in rows])]
    for at in range(len(feed.headings)):
        columns.append(pa.array([row.cells[at][:200] if at < len(row.cells) else "" for row in rows], pa.string()))
    st.dataframe(
        pa.table(columns, names=[_own("Row", feed.headings), *feed.headings]),
        key="feed.first_rows",
        hide_index=True,
        alt="The first rows of the file",
    )


def _own(name: str, headings: Sequence[str]) -> str:
    """Return *name* for a column of ours, told apart from one of the file's that is called so too."""
    return name if name not in headings else _own(f"{name} of the file", headings)


def misfit(feed: Feed, saved: FeedMapping) -> None:
    """Say which headings of the client's saved mapping the file does not have."""
    if astray := saved.astray(feed, label=FIELDS.__getitem__):
        said = f"The saved mapping names headings that this file does not have: {verbatim(astray)}."
        st.info(f"{said} Others are proposed where one is like them.")


def mapping(feed: Feed, proposed: FeedMapping, client_id: int) -> FeedMapping | None:
    """Draw the choice of a column for each field; the mapping when it is asked what would happen, else None."""
    examples = {heading: _example(feed, at) for at, heading in enumerate(feed.headings)}
    options = [_NOWHERE, *feed.headings]
    chosen: dict[str, str] = {}
    with st.form(f"feed.mapping.{client_id}.{feed.digest[:16]}.{feed.sheet}"):
        columns = st.columns(3)
        for at, (name, label) in enumerate(FIELDS.items()):
            heading = columns[at % 3].selectbox(
                label,
                options,
                index=options.index(proposed.columns[name]) if name in proposed.columns else 0,
                format_func=lambda each: f"{each}: {examples[each]}" if examples.get(each) else each,
            )
            if heading != _NOWHERE:
                chosen[name] = heading
        chosen = _confirmed(proposed) | chosen
        order = st.selectbox(
            "Order of day and month", list(_ORDERS), list(_ORDERS).index(proposed.date_order), _ORDERS.__getitem__
        )
        if st.form_submit_button("Show what would happen"):
            left = {name: offer for name, offer in proposed.offers.items() if name not in chosen}
            return FeedMapping(chosen, order, left)
    return None


def _confirmed(proposed: FeedMapping) -> dict[str, str]:
    """Draw each column that may hold a field, with why that is not sure; return what the person has ticked."""
    if not proposed.offers:
        return {}
    st.markdown("**To confirm**")
    st.caption("These columns may hold what is named before them. One that is not ticked is not used.")
    return {
        name: offer.heading
        for name, offer in proposed.offers.items()
        if _ticked(FIELDS[name], f"{offer.heading}. {offer.why}")
    }


def _ticked(label: str, why: str) -> bool:
    """Draw a box called *label*, and beside it *why* it may be ticked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        ticked = st.checkbox(label)
        st.markdown(verbatim(why), width="content")
    return ticked


def _example(feed: Feed, at: int) -> str:
    cells = (row.cells[at] for row in feed.rows[:50] if at < len(row.cells) and row.cells[at])
    cell = " ".join(next(cells, "").split())
    return cell if len(cell) <= 28 else f"{cell[:27]}…"
