"""
What a kind of feed brings: its words, its columns, what becomes of its rows, and how that is taken back.

All else is shared by every kind and knows none. What a kind's own steps hand on to each other (its terms, what it
knows, rows judged and new) is looked into by itself alone, but for the number of the `row`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from core.access import Action, Actor
from core.feeds.mapping import FeedMapping
from core.feeds.reading import Feed
from core.feeds.rows import RefusedRow
from core.feeds.vocabulary import Vocabulary

if TYPE_CHECKING:
    from core.feeds.planning import Plan

Terms = Any
"""What the database holds of a client by which rows are judged, whatever they say: a promise, rules."""
Known = Any
"""What the database holds of a client that the judged rows could repeat, or speak of."""
Judged = Any
"""A row as it was judged by what it says itself; it has the number of its `row`."""
New = Any
"""A row of which something new becomes; it has the number of its `row`."""


class Setting(NamedTuple):
    """For which client an import is, in which zone the days of its file are meant, and when it is looked at."""

    client_id: int
    timezone: str
    at: datetime


class Other(NamedTuple):
    """What a row repeats or may repeat: an earlier row of the file, or what is there by its key and its number."""

    row: int
    key: int | None = None
    number: str = ""

    @property
    def name(self) -> str:
        """As a question names it: C-1234, or row 5 while that row has become nothing yet."""
        return self.number or f"row {self.row}"

    def said(self, one: str) -> str:
        """As a sentence names it, with *one* for what it is: claim C-1234, or row 5."""
        return f"{one} {self.number}" if self.number else f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that adds nothing, since it repeats another or what is there; and why."""

    row: int
    other: Other
    why: str


class Carrying(NamedTuple):
    """Into which import new rows are carried, by whom and when; `between` is told how many are in, and may stop it."""

    client_id: int
    import_id: int
    by_id: int
    at: datetime
    between: Callable[[int], None]


class Cell(NamedTuple):
    """What stands in a column of the preview; before it, what must not be overlooked."""

    said: str = ""
    first: str = ""


class Line(NamedTuple):
    """
    One row of the preview that is not refused.

    `whose` is of whom or what the row is, and may be protected information; `cells` are under the kind's own columns.
    `claims` are the numbers of claims that `why` may name, and their ids.
    """

    row: int
    what: str
    whose: str
    why: str
    cells: tuple[Cell, ...] = ()
    claims: tuple[tuple[str, int], ...] = ()


class Figure(NamedTuple):
    """What is counted of the new rows, by its code and its name; `warning` is said after how many they are."""

    code: str
    label: str
    counts: Callable[[New, datetime], bool]
    warning: str = ""


@dataclass(frozen=True)
class Words:
    """
    How a kind is spoken of: `one` of what becomes of its rows; `whose`, as a heading, of whom or what a row is.

    `worked_on` is what keeps an import from being undone ("worked on a claim of this import"), `deletes` what goes with
    an import that is undone ("their workers and stories").
    """

    one: str
    whose: str
    worked_on: str
    deletes: str
    repeated: str = "Reported before"

    @property
    def many(self) -> str:
        return f"{self.one}s"

    @property
    def new(self) -> str:
        return f"New {self.one}"


@dataclass(frozen=True)
class FeedKind:
    """
    A kind of feed. Its `code` is kept in the database, and names its command; `action` is what a person may do.

    What its rows become stands in `table`, under `client_id` and `key`, with the `import_id` that brought it;
    `worked_on` is a condition in SQL on a row `it` of that: it may go with its import no more.

    - `terms` reads what rows are judged by; it refuses where nothing can be taken in.
    - `judge` says of each row, in the file's order, what it says itself, or why nothing can become of it.
    - `known` reads what of the client the judged rows could repeat or speak of.
    - `settle` says of each judged row, in order, whether it is new, a duplicate, or refused for what is known.
    - `carry` puts new rows into the tables; it returns the key of what each row has become, by the row's number.
    - `take_back` takes out what an import brought, by its keys.
    - `lines` says of each row of a plan that is not refused what will happen, in the order in which it is looked at;
      `columns` head its cells.
    """

    code: str
    words: Words
    action: Action
    vocabulary: Vocabulary
    terms: Callable[[Actor, Connection, Setting], Terms]
    judge: Callable[[Feed, FeedMapping, Setting, Terms], Sequence[Judged | RefusedRow]]
    known: Callable[[Connection, int, Sequence[Judged]], Known]
    settle: Callable[[Sequence[Judged], Terms, Known], Sequence[New | Duplicate | RefusedRow]]
    carry: Callable[[Connection, Carrying, Sequence[New]], Mapping[int, int]]
    take_back: Callable[[Connection, int, Sequence[int]], None]
    lines: Callable[["Plan"], Iterator[Line]]
    table: str
    key: str
    worked_on: str
    columns: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
