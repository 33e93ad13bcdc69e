"""What pages tell the scripts of our own to draw, and what these tell of their reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Destination(NamedTuple):
    """Somewhere to go by keyboard: G, then *key*, a capital letter. The address is a page's, without the slash."""

    key: str
    title: str
    address: str


class Act(NamedTuple):
    """
    Something to do with the selected rows: a name for the page, words for the button, a single key.

    Without its button it has the key alone, where the page itself offers the same beside the list. What is done to
    `one` row is not done while several are selected: the list says so instead.
    """

    name: str
    words: str
    key: str | None = None
    button: bool = True
    one: bool = False


class Square(NamedTuple):
    """
    One cell of a heatmap: the words in it (none: it cannot be chosen), its colour in CSS, and what it says aloud.

    One that is `marked` has a border, one that is `outlined` a dashed one and no colour.
    """

    words: str
    colour: str
    said: str
    marked: bool = False
    outlined: bool = False


class Meaning(NamedTuple):
    """What a colour or a border of a heatmap means, in words; colours in CSS, borders as those of a Square."""

    words: str
    colour: str = ""
    marked: bool = False
    outlined: bool = False


class Entry(NamedTuple):
    """
    Something that was found: its key, its address, its title, what else tells it from others, and how it stands.

    `state` is a `State` of core/clocks/standing.py, and `standing` the same in words.
    """

    key: tuple[int, int]
    address: str
    title: str
    about: str
    state: str
    standing: str


class Question(NamedTuple):
    """
    What the box was asked: the words typed (none: they are not there to be answered) and the question's number.

    Or `opened`, the key of the entry that was chosen. All of it comes from a browser.
    """

    words: str | None = None
    number: int = 0
    opened: tuple[int, int] | None = None


Key = tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """
    What the reader has done. A row's key is its numbers: client id first, then the ids of what it is about.

    `narrow` says that the screen has no room to open a row beside the list, `done` that nothing is left to open.
    `selected` lasts; `opened` and `act` (with `keys`, the selection or the row under the keyboard) are there in
    the one run that follows the key or click, and with either `filter`: by name, the ids and codes of the choices to
    which the list was narrowed. All of it comes from a browser: the services check it again.
    """

    selected: tuple[Key, ...] = ()
    opened: Key | None = None
    narrow: bool = False
    done: bool = False
    act: str | None = None
    keys: tuple[Key, ...] = ()
    filter: Mapping[str, str] = field(default_factory=dict)
