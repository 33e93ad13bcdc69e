"""What a browser said of its reader, read: whatever has another form than our own component's is left out."""

from collections.abc import Sequence
from typing import Any

from desk_board.shapes import Answer, Key, Square


def answer(result: Any, cleared: int) -> Answer:
    """
    Return what the reader of a list has done, of all that its component has said.

    What was selected before the selection was emptied for the *cleared*-th time is not.
    """
    act, opening, selection = (named(result.get(name)) for name in ("act", "open", "selected"))
    opened = keys_of([opening.get("key")])
    choices = named((act or opening).get("filter"))
    return Answer(
        selected=keys_of(selection.get("keys")) if selection.get("cleared") == cleared else (),
        opened=opened[0] if opened else None,
        narrow=opening.get("narrow") is True,
        done=opening.get("key") == [],
        act=act.get("act") if isinstance(act.get("act"), str) else None,
        keys=keys_of(act.get("keys")),
        filter={name: value for name, value in choices.items() if isinstance(value, str)},
    )


def named(value: Any) -> dict[str, Any]:
    """Return *value* where it has names, as what our own component says has."""
    return value if isinstance(value, dict) else {}


def filled(chosen: Any, squares: Sequence[Sequence[Square]]) -> tuple[tuple[int, int], ...]:
    """Read those pairs that are squares with words in them."""
    return tuple(
        (row, column)
        for row, column in pairs(chosen)
        if row in range(len(squares)) and column in range(len(squares[row])) and squares[row][column].words
    )


def pairs(value: Any) -> tuple[tuple[int, int], ...]:
    """Read pairs of numbers; what has another form is not our own component's and is left out."""
    return tuple((key[0], key[1]) for key in keys_of(value) if len(key) == 2)


def keys_of(value: Any) -> tuple[Key, ...]:
    """Read rows of numbers; what has another form is not our own component's and is left out."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(tuple(key) for key in value if isinstance(key, list | tuple) and key and all(map(_numbers, key)))


def _numbers(part: Any) -> bool:
    """Tell whether *part* can be an id: a whole number that the database has room for."""
    return type(part) is int and 0 <= part < 2**31
