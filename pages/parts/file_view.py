"""A file on screen: a PDF, a page of a picture, or a text; nothing of it is ever read as a page of the desk's own."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core import files
from core.access import Actor
from core.files import FileKind, Opened
from core.transactions import Connection
from pages.parts import desk

_OPEN = "file_view.open"
_PICTURE = "file_view.picture"

MOST_LETTERS = 100_000
"""Letters of a text that are shown."""

HEIGHT = 640
"""Pixels within which a file is looked at."""


def opened(actor: Actor, key: tuple[Any, ...], read: Callable[[Connection], Opened]) -> Opened | None:
    """
    Return the file named by *key*: read once, which is one look on the record, and held while it is the one shown.

    None where it was refused, which is then shown.
    """
    key = (actor.staff_id, desk.visit(), *key)
    held: tuple[tuple[Any, ...], Opened] | None = st.session_state.get(_OPEN)
    if held and held[0] == key:
        return held[1]
    close()
    file = None
    with desk.refusals_shown(), desk.looking(actor) as tx:
        file = read(tx)
    if file:
        st.session_state[_OPEN] = (key, file)
    return file


def close() -> None:
    """Let go of the file that is held."""
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_PICTURE, None)


def draw(file: Opened, *, key: str, alt: str) -> None:
    """Draw a file; *alt* says what it is to whoever does not see it."""
    if file.kind is FileKind.PDF:
        st.pdf(file.content, height=HEIGHT, key=f"{key}.pdf", alt=alt)
    elif file.kind is FileKind.TEXT:
        said = files.as_text(file.content)
        st.code(said[:MOST_LETTERS], language=None, wrap_lines=True, height=HEIGHT)
        if len(said) > MOST_LETTERS:
            st.caption(f"The first {MOST_LETTERS:,} letters of {len(said):,} are shown.")
    else:
        _picture(file, key, alt)


def _picture(file: Opened, key: str, alt: str) -> None:
    pages, page = files.pages_of(file), 1
    if pages > 1:
        page = int(st.number_input(f"Page, 1 to {pages:,}", 1, pages, key=f"{key}.page", width=160))
    held = st.session_state.get(_PICTURE)
    if held is None or held[0] != (key, page):
        shown = None
        with desk.refusals_shown():
            shown = files.picture(file, page - 1)
        held = st.session_state[_PICTURE] = ((key, page), shown)
    if held[1]:
        with st.container(height=HEIGHT, border=True):
            st.image(held[1], width="stretch", output_format="PNG", alt=alt)
