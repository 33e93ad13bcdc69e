"""A list whose rows open to its side, one button that adds to it, and the box of what takes something away."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_LETTER, _CAPITAL = 7.0, 8.6
"""Pixels that a letter takes in a table, on the average."""


def panes(name: str, *, add: str, widths: tuple[int, int] = (2, 1)) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draw the button that adds, and return where the list is and what stands beside it."""
    with st.container(horizontal=True, horizontal_alignment="right", key="desk-add"):
        st.button(add, icon=":material/add:", key=f"{name}.add.open", on_click=open_adding, args=(name,))
    listing, beside = st.columns(widths, gap="medium")
    return listing, beside


def adding(name: str) -> bool:
    """Tell whether the form that adds is open beside the list."""
    return bool(st.session_state.get(f"{name}.adding"))


def close_adding(name: str) -> None:
    """Let what is chosen in the list stand beside it again."""
    st.session_state[f"{name}.adding"] = False


def choose(name: str, row: int) -> None:
    """Have the row with this id, if there is one, be the one that is open when the list is drawn next."""
    st.session_state[f"{name}.choose"] = row


def rows(name: str, table: dict[str, list[Any]], ids: Sequence[int], *, alt: str, whole: bool = False) -> int | None:
    """
    Draw the list and return which of *ids*, one a row, is open; None where none is. A *whole* one does not scroll.

    A browser says which row was clicked by its position: it is looked up in the list that was drawn, so that the same
    one stays open where rows have moved since.
    """
    key, ids = f"{name}.list", list(ids)
    drawn: list[int] = st.session_state.get(f"{name}.drawn", ids)
    if key in st.session_state and drawn != ids:
        chosen = [drawn[row] for row in st.session_state[key]["selection"]["rows"] if row < len(drawn)]
        st.session_state[key] = {"selection": {"rows": [ids.index(each) for each in chosen if each in ids]}}
    if (wanted := st.session_state.pop(f"{name}.choose", None)) in ids:
        st.session_state[key] = {"selection": {"rows": [ids.index(wanted)]}}
    state = st.dataframe(
        pa.table(table),
        key=key,
        hide_index=True,
        height="content" if whole else "auto",
        column_config={
            heading: st.column_config.Column(width=fitting(heading, values)) for heading, values in table.items()
        },
        alt=alt,
        on_select=partial(_row_chosen, name),
        selection_mode="single-row",
    )
    st.session_state[f"{name}.drawn"] = ids
    selected = state["selection"]["rows"]
    return ids[selected[0]] if selected and selected[0] < len(ids) else None


def fitting(heading: str, values: Sequence[object]) -> int:
    """Return the width in pixels of a table's column in which neither *heading* nor any of *values* is cut."""
    return round(max(map(_extent, {heading, *map(str, values)}))) + 20


def danger(name: str) -> DeltaGenerator:
    """Return the box, apart from the rest, of what takes something from somebody; its buttons are red."""
    return st.container(border=True, key=f"danger-{name}")


def _extent(text: str) -> float:
    return sum(_CAPITAL if letter.isupper() else _LETTER for letter in text)


def _row_chosen(name: str) -> None:
    # A browser also tells of its selection with a form that is sent; only where there is one was a row chosen.
    if st.session_state[f"{name}.list"]["selection"]["rows"]:
        close_adding(name)


def open_adding(name: str) -> None:
    """Let the form that adds stand beside the list."""
    st.session_state[f"{name}.adding"] = True
    st.session_state[f"{name}.list"] = {"selection": {"rows": []}}
