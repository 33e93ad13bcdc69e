"""From a file's records to a table: its headings, its rows, and the lines around them that belong to no row of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from core import social_security
from core.feeds.reading import around, overflow, shapes
from core.feeds.reading.feed import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Row,
    UnreadableFeed,
    too_long,
    too_many_cells,
    too_many_rows,
    too_wide,
)
from core.feeds.reading.headings import opening
from core.feeds.reading.social_security import without_social_security_numbers
from core.feeds.vocabulary import Vocabulary

_FIRST = 100
"""Rows by which it is found out what the table is like."""

_SHORT, _SHARED = 5, 20_000
"""Cells of fewer letters are kept once, up to that many: they are the same again and again."""
_MARKS = frozenset("'=")


@dataclass(frozen=True)
class Table:
    """A table: headings made distinct, the rows under them, whether the headings are the file's own, and notes."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    headed: bool
    notes: tuple[str, ...]


def table(vocabulary: Vocabulary, records: Iterable[tuple[int, list[str]]], *, delimiter: str = "") -> Table:
    """
    Return the table that *records* hold, each the line where it begins and its cells.

    *delimiter* is what parted the cells, where a text that it broke up may have to be put together.

    :raises UnreadableFeed: if there is none, it is too large, or it cannot be told whether it has headings.
    """
    filled = _Filled(records)
    coming = iter(filled)
    first = list(islice(coming, _FIRST))
    if not first:
        raise UnreadableFeed("The file has no words in it.")
    for row in first:
        if _extent(row.cells) > MOST_COLUMNS:
            raise too_wide(row.number)
    start = opening(vocabulary, [[said(cell) for cell in row.cells[:MOST_COLUMNS]] for row in first])
    above = [row for at, row in enumerate(first[: start.start]) if at not in start.rows_above]
    sample = [*(first[at] for at in start.rows_above), *first[start.body :]]
    width = _width(start.headings, sample)
    rows, totals = _rows(chain(sample, coming), width, around.dated([row.cells for row in sample], width))
    remarks = around.remarks_below(rows, width)
    notes = [*around.named("above the table", above), *around.named("below the table", remarks)]
    notes += around.named("as totals", totals)
    if start.headings is None:
        notes.append("The file has no headings: its columns are numbered, and its first row is read like the others.")
    if blank := sum(number > first[start.start].number for number in filled.blank):
        notes.append(f"Empty rows, passed over: {blank}.")
    headings = (*(start.headings or ()), *[""] * width)[:width]
    notes += overflow.put_together(vocabulary, rows, headings, delimiter)
    _leave_out_marks(rows)
    names = _distinct([social_security.removed(each) for each in headings], notes)
    cleaned = without_social_security_numbers(names, rows, notes)
    return Table(names, cleaned, start.headings is not None, tuple(map(social_security.removed, notes)))


class _Filled:
    """The records that have anything in them, as rows; `blank` are the numbers of those that have only blank cells."""

    def __init__(self, records: Iterable[tuple[int, list[str]]]) -> None:
        self._records = records
        self.blank: list[int] = []

    def __iter__(self) -> Iterator[Row]:
        for number, (line, cells) in enumerate(self._records, start=1):
            if number > MOST_ROWS:
                raise too_many_rows()
            if max(map(len, cells), default=0) > MOST_LETTERS:
                raise too_long(number)
            if any(map(str.strip, cells)):
                yield Row(number, line, tuple(cells))
            elif cells:
                self.blank.append(number)


def _width(headings: Sequence[str] | None, sample: Sequence[Row]) -> int:
    """
    Return how many columns the table has.

    A spreadsheet fills its headings up with blank ones, to the longest row. Such a column counts where most rows have
    something in it; where few have, that is the rest of a text that a delimiter broke up.
    """
    if headings is None:
        usual = Counter(len(row.cells) for row in sample).most_common(1)[0][0]
        return min(usual, max(_extent(row.cells) for row in sample))
    for width in range(len(headings), 0, -1):
        if headings[width - 1]:
            return width
        filled = sum(len(row.cells) >= width and bool(row.cells[width - 1].strip()) for row in sample)
        if filled * 2 >= len(sample) > 0:
            return width
    return 1


def _extent(cells: Sequence[str]) -> int:
    """Return how many *cells* there are without the blank ones at the end."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _rows(coming: Iterable[Row], width: int, dated: Sequence[int]) -> tuple[list[Row], list[Row]]:
    """Return the rows of the table, and apart from them its lines of totals. A row too long keeps its blanks."""
    rows: list[Row] = []
    totals: list[Row] = []
    room = MOST_CELLS
    short: dict[str, str] = {}
    for number, line, cells in coming:
        if len(cells) > width:
            cells = cells[: max(width, _extent(cells))]
            if len(cells) > MOST_COLUMNS:
                raise too_wide(number)
        room -= len(cells)
        if room < 0:
            raise too_many_cells()
        if len(cells) <= width:
            share = short.setdefault if len(short) < _SHARED else short.get
            cells = tuple(
                [
                    said(cell) if cell[:1] in _MARKS else share(cell, cell) if len(cell) < _SHORT else cell
                    for cell in map(str.strip, cells)
                ]
            )
        row = Row(number, number if line == number else line, cells)
        (totals if around.is_total(row.cells, dated) else rows).append(row)
    return rows, totals


def said(cell: str) -> str:
    """Return what *cell* says: without blanks around it, and without a spreadsheet's marks for plain text."""
    cell = cell.strip()
    start = cell[:1]
    if start == "'":
        return cell[1:] if _MARKED.fullmatch(cell) else cell
    if start == "=" and cell[1:2] == '"' and cell[-1:] == '"' and len(cell) > 2:  # leading zeros are kept: ="00123"
        return cell[2:-1]
    return cell


# An apostrophe before a formula, as our own files of refused rows have it, before a figure, or before a code: 'A-1001.
_MARKED = re.compile(r"'(?:[=+@-].*|[\d(.$#][^']*|[^\s']*\d[^\s']*)", re.DOTALL)


def _leave_out_marks(rows: list[Row]) -> None:
    """Leave out an apostrophe that begins every cell of a column: a spreadsheet's mark for plain text, no letter."""
    sample = shapes.transposed([row.cells for row in rows[:_FIRST]])
    marked = [at for at, cells in enumerate(sample) if len(cells) > 1 and _all_marked(cells)]
    marked = [at for at in marked if _all_marked(row.cells[at] for row in rows if at < len(row.cells))]
    if not marked:
        return
    for position, (number, line, cells) in enumerate(rows):
        bare = [cell.removeprefix("'") if at in marked else cell for at, cell in enumerate(cells)]
        rows[position] = Row(number, line, tuple(bare))


def _all_marked(cells: Iterable[str]) -> bool:
    return all(cell.startswith("'") for cell in cells if cell)


def _distinct(headings: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    """Return *headings* with blanks named by place and repeated ones numbered, `Phone (2)`, which *notes* say."""
    made: list[str] = []
    used: set[str] = set()
    alike: dict[str, list[str]] = {}
    for position, heading in enumerate(headings, start=1):
        name = base = re.sub(r"\s+", " ", heading)[:200] or f"Column {position}"
        names = alike.setdefault(base, [])
        times = len(names) + 1
        while name in used:
            times = max(times, 2)
            name = f"{base} ({times})"
            times += 1
        used.add(name)
        names.append(name)
        made.append(name)
    for base, names in alike.items():
        if len(names) > 1:
            others = ", ".join(f"'{name}'" for name in names[1 : 1 + around.NAMED])
            notes.append(f"{len(names)} columns have the heading '{base}': the others are called {others}.")
    return tuple(made)
