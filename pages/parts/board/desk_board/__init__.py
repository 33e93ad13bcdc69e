"""
What is drawn in the browser by scripts of our own: the live list, the heatmap, and the keys that work on every page.

The list's rows come over a web socket. List and heatmap are tables, worked by pointer and by keyboard.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st

from desk_board.heard import answer, filled, named, pairs
from desk_board.shapes import Act, Answer, Destination, Entry, Key, Meaning, Question, Square

__all__ = [
    "Act", "Answer", "Destination", "Entry", "Key", "Meaning", "Question", "Square",
    "asked", "board", "entrance", "finder", "heatmap", "keys",
]  # fmt: skip


@cache
def _component() -> Any:
    """
    Register the component once, when it is first drawn: there is a server by then that knows its files.

    Rows of its data are tuples: of a list Streamlit finds out each time, at some length, that it is no data frame.
    """
    return st.components.v2.component("desk_board.board", js="main.js")


def board(
    key: str,
    *,
    live_list: Mapping[str, Any],
    timezone: str,
    href: str,
    acts: Sequence[Act] = (),
    me: int | None = None,
    reader: int | None = None,
    url: str = "/live",
    cleared: int = 0,
    everybody: bool = False,
    clients: Collection[int] | None = None,
    beside: bool = False,
    opened: Key | None = None,
    onward: int = 0,
    opening: Callable[[Answer], None] | None = None,
) -> Answer:
    """
    Draw a live list, as high as the page leaves it room, and return what its reader has done with it.

    :param live_list: what the list is: its name, title, noun, columns, figures and words.
    :param timezone: IANA name of the zone in which times are shown.
    :param me: the staff id of whose list it is, for what is that person's own.
    :param reader: the reader's staff id: what the reader has open is told to others.
    :param href: where a row opens, for opening it in a tab of its own; {0}, {1} … are the numbers of its key.
    :param url: where its rows come from; the list's name follows.
    :param cleared: each new number empties the selection, once: what the browser selected before it counts no more.
    :param everybody: that a list of what is the reader's own or nobody's shows what is others' too.
    :param clients: ids of the clients whose rows are shown, of those that come; None: all.
    :param beside: that rows open beside the list, N the most urgent one.
    :param opened: the row that is open there.
    :param onward: each new number opens the next row, once.
    :param opening: told of what is opened, or that nothing is left to open, before the page is drawn.
    """
    chosen = answer(st.session_state.get(key, {}), cleared).selected
    result = _component()(
        key=key,
        data={
            "list": dict(live_list),
            "timezone": timezone,
            "acts": tuple(act._asdict() for act in acts),
            "me": me,
            "reader": reader,
            "href": href,
            "url": f"{url}/{live_list['name']}",
            "cleared": cleared,
            "selected": chosen,
            "everybody": everybody,
            "clients": None if clients is None else tuple(sorted(clients)),
            "beside": beside,
            "opened": "/".join(map(str, opened)) if opened else None,
            "onward": onward,
        },
        default={"selected": {}},
        on_selected_change=_heard,
        on_open_change=(lambda: opening(answer(st.session_state[key], cleared))) if opening else _heard,
        on_act_change=_heard,
    )
    return answer(result, cleared)


def heatmap(
    key: str,
    *,
    label: str,
    down: str,
    across: str,
    rows: Sequence[str],
    columns: Sequence[str],
    squares: Sequence[Sequence[Square]],
    legend: Sequence[Meaning],
    hint: str,
    opens: bool,
    named: bool = False,
) -> frozenset[tuple[int, int]]:
    """
    Draw *squares*, row by row, and return which were chosen: pairs of row and column, counted from 0.

    A square without words is not chosen, nor does it stay so where it has lost them.

    :param label: what the heatmap is called for those who hear it.
    :param down: what *rows* are.
    :param across: what *columns* are.
    :param legend: what colours and borders mean.
    :param hint: what is said while neither pointer nor keyboard is on a square.
    :param opens: whether squares can be chosen at all.
    :param named: that *rows* are names, not short words, and every column is named where it is narrow as well.
    """
    kept = st.session_state.get(key, {}).get("chosen")
    result = _component()(
        key=key,
        data={
            "label": label,
            "down": down,
            "across": across,
            "rows": tuple(rows),
            "columns": tuple(columns),
            "squares": tuple(map(tuple, squares)),
            "legend": tuple(meaning._asdict() for meaning in legend),
            "hint": hint,
            "opens": opens,
            "named": named,
            "chosen": filled(kept, squares),
        },
        height="content",
        default={"chosen": []},
        on_chosen_change=_heard,
    )
    return frozenset(filled(result.get("chosen"), squares)) if opens else frozenset()


def keys(key: str, destinations: Sequence[Destination]) -> str | None:
    """
    Listen for the keys that work on every page, and return the address to go to, in the one run that follows.

    `?` lists them, with those of the page's buttons and of its lists. The address is one of *destinations*.
    """
    result = _component()(
        key=key, data={"places": tuple(each._asdict() for each in destinations)}, height="content", on_go_change=_heard
    )
    wanted = result.get("go")
    return next((each.address for each in destinations if each.address == wanted), None)


def entrance(key: str, *, refused: int) -> None:
    """
    Make the sign-in form of this page one that browsers may fill in, with the keyboard where one types next.

    :param refused: how many tries were refused so far; with each more, the password is what is typed again.
    """
    _component()(key=key, data={"kind": "entrance", "refused": refused}, height="content")


def finder(key: str, *, label: str, hint: str, asked: int = 0, words: str = "", entries: Sequence[Entry] = ()) -> None:
    """
    Draw the box in which anything is searched; what is typed is a Question in the run that follows.

    :param label: what the box is called.
    :param hint: what can be typed.
    :param asked: the number of the question that *words* and *entries* answer; 0 where none was asked.
    :param words: what came of it, above what was found.
    :param entries: what was found, the best first.
    """
    data = {
        "kind": "finder",
        "label": label,
        "hint": hint,
        "asked": asked,
        "words": words,
        "entries": tuple(entry._asdict() for entry in entries),
    }
    _component()(key=key, data=data, height="content", on_asked_change=_heard, on_open_change=_heard)


def asked(key: str) -> Question:
    """Return what was typed in the box *key*, or chosen of what was found, in the one run that follows."""
    told = st.session_state.get(key, {})
    question, opened = named(told.get("asked")), pairs([told.get("open")])
    words, number = question.get("words"), question.get("number")
    return Question(
        words=words if isinstance(words, str) else None,
        number=number if type(number) is int else 0,
        opened=opened[0] if opened else None,
    )


def _heard() -> None:
    """The component reruns the page; what it said is in its result."""
