"""
What a live list is: declared once, read per scope, kept up to date in the browser, drawn by the kinds of its columns.

A new list is a `Source` (what is read, and when again), a `LiveList` (how it is shown) and its line in core/lists.py;
nothing in core/live or in the browser's scripts knows what its rows are about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from core.access import Action, Actor

Key = tuple[int, ...]
"""What tells a row from every other of its list: client id first, then the ids of what it is about."""

Scope = frozenset[int] | None
"""The clients whose rows a list shows; None for all."""


class Kind(StrEnum):
    """
    How a column's values are drawn, sorted, filtered and searched. Instants are milliseconds since 1970, UTC.

    clock: [due, soon, paused, paused late], how long before it is due a thing is due soon, and since when it stands
    still, or null; or since when it is paused though it was overdue by then and so stays.
    link: [words, those who have it open, each by staff id and name]; opens the row. The reader is not told of oneself.
    text: words, or null.
    name: [id, words], or null.
    moment: an instant.
    chip: a code among the column's words.
    tags: codes, some of which the column has words for.
    event: [instant, words, all of it in words], or null.
    marks: who put the row aside: [staff id, name, until, why or null] each. What the reader put aside goes last, and
    what was put aside until now comes first.
    """

    CLOCK = "clock"
    LINK = "link"
    TEXT = "text"
    NAME = "name"
    MOMENT = "moment"
    CHIP = "chip"
    TAGS = "tags"
    EVENT = "event"
    MARKS = "marks"


class Narrow(StrEnum):
    """Where a column stands on a narrow list, on which a row has two lines or three; one that has no place is heard."""

    HEAD = "head"
    KEY = "key"
    REST = "rest"
    END = "end"
    FOOT = "foot"


@dataclass(frozen=True)
class Column:
    """
    A column: its name, its heading, the kind of its values, and its width in rem where there is room.

    :param words: words for codes.
    :param everything: what its filter says while it lets everything through; without, there is no such filter.
    :param nothing: what stands where there is no value, and `nothing_whole` what that means.
    """

    name: str
    title: str
    kind: Kind
    width: float
    words: Mapping[str, str] = field(default_factory=dict)
    everything: str = ""
    nothing: str = "–"
    nothing_whole: str = ""
    narrow: Narrow | None = None


class Condition(StrEnum):
    """Which rows a figure counts: all; those whose column is empty or names the reader; by a clock, soon or overdue."""

    ALL = "all"
    EMPTY = "empty"
    MINE = "mine"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Figure:
    """A figure above the list: how many rows meet its condition on a column. `nothing` is said where none does."""

    name: str
    words: str
    condition: Condition
    column: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class Snapshot:
    """
    What a list holds for one scope at one moment: its rows by key, the most urgent first.

    `counts` are its figures by name, over all rows of the scope, also those that are too many to be shown: how many
    rows there are, and of the others those that are known. `notes` are figures in words, each with what it means. `at`
    is aware, UTC.
    """

    rows: Mapping[Key, Any]
    counts: Mapping[str, int]
    notes: Sequence[tuple[str, str]]
    at: datetime


@dataclass(frozen=True, eq=False)
class Source:
    """
    What one list shows, or several that show the same: read once per scope, however many look.

    `read` is given a person of the scope, a transaction and the time. It is called again whenever `channel` announces
    a change of a client of the scope ({"client": 7, ...}), and once a minute. `cells` gives a row's values, those of
    `columns` in their order. Of a scope with more rows than a list holds it reads the most urgent.
    """

    name: str
    channel: str
    columns: Sequence[Column]
    read: Callable[[Actor, Connection, datetime], Snapshot]
    cells: Callable[[Any], Sequence[Any]]


@dataclass(frozen=True)
class Appointments:
    """Rows at a fixed time: those that have *code* in *column*, from so long before it on."""

    column: str
    code: str
    within: timedelta

    def drawn(self) -> Mapping[str, Any]:
        """Return it as JSON can say it, the time in milliseconds."""
        return {"column": self.column, "code": self.code, "within": int(self.within.total_seconds() * 1000)}


@dataclass(frozen=True, eq=False)
class LiveList:
    """
    A list: its name, which is its address too, its title, who may look at it, and what it shows.

    :param rights: each of these actions opens it.
    :param noun: what a row is, in words: claim.
    :param nothing: what it says while it holds no row.
    :param named: the columns by which a row is called where it is heard.
    :param own: the column that says whose a row is, where the list holds only what is the reader's or nobody's.
    :param appointments: which rows are at a fixed time, where there are such: those of the reader's own that come soon
        stand before all others.
    """

    name: str
    title: str
    rights: frozenset[Action]
    source: Source
    figures: Sequence[Figure]
    noun: str
    nothing: str
    named: Sequence[str]
    own: str = ""
    appointments: Appointments | None = None

    def may_watch(self, actor: Actor) -> bool:
        """Tell whether the role includes this list."""
        return any(actor.may(action) for action in self.rights)

    def drawn(self) -> Mapping[str, Any]:
        """Return what the browser needs to know in order to draw it, as JSON can say it."""
        return MappingProxyType(
            {
                "name": self.name,
                "title": self.title,
                "noun": self.noun,
                "nothing": self.nothing,
                "named": list(self.named),
                "own": self.own,
                "appointments": self.appointments and self.appointments.drawn(),
                "columns": [{**vars(column), "words": dict(column.words)} for column in self.source.columns],
                "figures": [dict(vars(figure)) for figure in self.figures],
            }
        )


def milliseconds(at: datetime) -> int:
    """Return an instant as a list sends it: milliseconds since 1970, UTC."""
    return int(at.timestamp() * 1000)
