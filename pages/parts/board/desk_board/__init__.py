"""
What is drawn in the browser by scripts of our own: the live list, the heatmap, and the keys that work on every page.

The list's claims come over a web socket. List and heatmap are tables, worked by pointer and by keyboard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import streamlit as st


@cache
def _component() -> Any:
    """Register the component once, when it is first drawn: there is a server by then that knows its files."""
    return st.components.v2.component("desk_board.board", js="main.js")


class Place(NamedTuple):
    """Somewhere to go by keyboard: G, then *key*, a capital letter. The address is a page's, without the slash."""

    key: str
    title: str
    address: str


class Act(NamedTuple):
    """
    Something to do with the selected claims: a name for the page, words for the button, a single key.

    Without its button it has the key alone, where the page itself offers the same beside the list. What is done to
    `one` claim is not done while several are selected: the list says so instead.
    """

    name: str
    words: str
    key: str | None = None
    button: bool = True
    one: bool = False


class Square(NamedTuple):
    """One cell of a heatmap: the words in it (none: it cannot be chosen), its colour in CSS, and what it says aloud."""

    words: str
    colour: str
    said: str


@dataclass(frozen=True)
class Answer:
    """
    What the reader has done. Claims are pairs of client id and claim id.

    `selected` lasts; `opened` and `act` (with `claims`, the selection or the claim under the keyboard) are there in
    the one run that follows the key or click. All of it comes from a browser: the services check it again.
    """

    selected: tuple[tuple[int, int], ...] = ()
    opened: tuple[int, int] | None = None
    act: str | None = None
    claims: tuple[tuple[int, int], ...] = ()


def board(
    key: str,
    *,
    label: str,
    timezone: str,
    acts: Sequence[Act] = (),
    me: int | None = None,
    href: str | None = None,
    url: str = "/live",
    height: int = 900,
    cleared: int = 0,
) -> Answer:
    """
    Draw the live list and return what its reader has done with it.

    :param label: what the list is called for those who hear it.
    :param timezone: IANA name of the zone in which times are shown.
    :param me: the reader's staff id, where claims of one's own are a figure of the list.
    :param href: address of a claim's page, with {client} and {claim} in it, for opening it in a tab of its own.
    :param height: the most that the list takes, in pixels, before it scrolls; less where the window is lower.
    :param cleared: each new number empties the selection, once.
    """
    result = _component()(
        key=key,
        data={
            "name": key,
            "label": label,
            "timezone": timezone,
            "acts": [act._asdict() for act in acts],
            "me": me,
            "href": href,
            "url": url,
            "height": height,
            "cleared": cleared,
        },
        default={"selected": []},
        on_selected_change=_heard,
        on_open_change=_heard,
        on_act_change=_heard,
    )
    return _answer(result)


def heatmap(
    key: str,
    *,
    label: str,
    down: str,
    across: str,
    rows: Sequence[str],
    columns: Sequence[str],
    squares: Sequence[Sequence[Square]],
    legend: Sequence[tuple[str, str]],
    hint: str,
    opens: bool,
) -> frozenset[tuple[int, int]]:
    """
    Draw *squares*, row by row, and return which were chosen: pairs of row and column, counted from 0.

    :param label: what the heatmap is called for those who hear it.
    :param down: what *rows* are.
    :param across: what *columns* are.
    :param legend: colours in CSS, each with what it means.
    :param hint: what is said while neither pointer nor keyboard is on a square.
    :param opens: whether squares can be chosen at all.
    """
    kept = st.session_state.get(key, {})
    result = _component()(
        key=key,
        data={
            "label": label,
            "down": down,
            "across": across,
            "rows": list(rows),
            "columns": list(columns),
            "squares": [[square._asdict() for square in row] for row in squares],
            "legend": [list(meaning) for meaning in legend],
            "hint": hint,
            "opens": opens,
            "chosen": [list(pair) for pair in _pairs(kept.get("chosen"))],
        },
        height="content",
        default={"chosen": []},
        on_chosen_change=_heard,
    )
    there = ((row, column) for row, column in _pairs(result.get("chosen")) if row in range(len(rows)))
    return frozenset(pair for pair in there if pair[1] in range(len(columns))) if opens else frozenset()


def keys(key: str, places: Sequence[Place]) -> str | None:
    """
    Listen for the keys that work on every page, and return the address to go to, in the one run that follows.

    `?` lists them, with those of the page's buttons and of its lists. The address is one of *places*.
    """
    result = _component()(
        key=key, data={"places": [place._asdict() for place in places]}, height="content", on_go_change=_heard
    )
    wanted = result.get("go")
    return next((place.address for place in places if place.address == wanted), None)


def entrance(key: str, *, refused: int) -> None:
    """
    Make the sign-in form of this page one that browsers may fill in, with the keyboard where one types next.

    :param refused: how many tries were refused so far; with each more, the password is what is typed again.
    """
    _component()(key=key, data={"kind": "entrance", "refused": refused}, height="content")


def finder(key: str, *, label: str, words: str = "", claims: Sequence[tuple[str, str]] = ()) -> None:
    """
    Draw the field in which a claim's number is typed; what was typed, and Enter, is `number_typed` in the next run.

    :param label: what the field is called.
    :param words: what came of the number typed before.
    :param claims: those that have it, each with its words and its address.
    """
    data = {"kind": "finder", "label": label, "words": words, "claims": [list(claim) for claim in claims]}
    _component()(key=key, data=data, height="content", on_number_change=_heard)


def number_typed(key: str) -> str:
    """Return what was typed in the field *key* and sent with Enter, in the one run that follows; else nothing."""
    typed = st.session_state.get(key, {}).get("number")
    return typed if isinstance(typed, str) else ""


def _heard() -> None:
    """The component reruns the page; what it said is in its result."""


def _answer(result: Any) -> Answer:
    act = result.get("act") or {}
    known = act if isinstance(act, dict) else {}
    opened = _pairs([result.get("open")])
    return Answer(
        selected=_pairs(result.get("selected")),
        opened=opened[0] if opened else None,
        act=known.get("act") if isinstance(known.get("act"), str) else None,
        claims=_pairs(known.get("claims")),
    )


def _pairs(said: Any) -> tuple[tuple[int, int], ...]:
    """Read pairs of numbers; what has another form was not said by our own component and is left out."""
    if not isinstance(said, list | tuple):
        return ()
    return tuple(
        (pair[0], pair[1])
        for pair in said
        if isinstance(pair, list | tuple) and len(pair) == 2 and all(type(part) is int for part in pair)
    )
