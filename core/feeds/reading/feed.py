"""A feed as it was read, and how large it may be."""

from collections.abc import KeysView
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from core.refusal import Refusal

MOST_BYTES = 256 * 1024 * 1024
"""The largest file that is read, in bytes; a workbook's parts, unpacked, likewise."""
MOST_ROWS = 1_048_576
"""As many as a spreadsheet has, blank ones counted."""
MOST_COLUMNS = 500
"""Columns of a table at the most."""
MOST_CELLS = 5_000_000
"""Cells of a table at the most, blank ones counted: a cell of next to nothing takes fifty times its room in a file."""
MOST_LETTERS = 100_000
"""Letters of one cell at the most, three times what a spreadsheet holds: what reads cells takes time by the letter."""


class UnreadableFeed(Refusal):
    text = "This file cannot be read as a table."


class WhichSheet(UnreadableFeed):
    text = "The workbook has several sheets, and which of them is meant cannot be told."

    def __init__(self, sheets: tuple[str, ...], why: str) -> None:
        super().__init__(f"{why} Say which sheet to read: {', '.join(sheets)}.")
        self.sheets = sheets
        """Their names, as they are offered."""


class Row(NamedTuple):
    """One row: `number` as a spreadsheet counts (the first of the file is 1), `line` where it begins in the file."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """A file as read: headings made distinct, rows as they stand, and what had to be put up with, in sentences."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    """Empty for a workbook."""
    delimiter: str
    """Empty for a workbook."""
    notes: tuple[str, ...]
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    sheet: str = ""
    """The sheet that was read, where the file is a workbook."""
    sheets: tuple[str, ...] = ()
    """All sheets of the workbook, those that are hidden there last."""
    headed: bool = True
    """Whether the headings are the file's own. Where it has none they are `Column 1`, `Column 2` and so on."""

    @cached_property
    def columns(self) -> tuple[KeysView[str], ...]:
        """What stands in each column, each once, in the file's order; the rows are gone through once."""
        seen: list[dict[str, None]] = [{} for _ in self.headings]
        for row in self.rows:
            for column, cell in zip(seen, row.cells, strict=False):
                column[cell] = None
        return tuple(column.keys() for column in seen)


def too_many_rows() -> UnreadableFeed:
    """Return the refusal of a file with more than MOST_ROWS rows."""
    return UnreadableFeed(f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts.")


def too_many_cells() -> UnreadableFeed:
    """Return the refusal of a table with more than MOST_CELLS cells."""
    return UnreadableFeed(f"The table has more than {MOST_CELLS:,} cells. Split it and import the parts.")


def too_wide(number: int) -> UnreadableFeed:
    """Return the refusal of a file whose row *number* has more than MOST_COLUMNS cells."""
    return UnreadableFeed(f"The file is no table: its row {number:,} has more than {MOST_COLUMNS} cells.")


def too_long(number: int) -> UnreadableFeed:
    """Return the refusal of a file whose row *number* has a cell of more than MOST_LETTERS letters."""
    return UnreadableFeed(
        f"Row {number:,} of the file has a cell of more than {MOST_LETTERS:,} characters."
        " Shorten it, or look for a quotation mark there that is never closed."
    )


def never_closed(line: int) -> UnreadableFeed:
    """Return the refusal of a file in which a quotation mark in *line* opens a cell and none closes it."""
    return UnreadableFeed(
        f"A cell that begins in line {line:,} of the file runs over more than {MOST_LETTERS:,} lines."
        " Look for a quotation mark there that is never closed."
    )


def damaged() -> UnreadableFeed:
    """Return the refusal of a workbook that cannot be opened."""
    return UnreadableFeed("This workbook is damaged. Open it in Excel, save it again and import that.")


def too_large() -> UnreadableFeed:
    """Return the refusal of a workbook that is larger, unpacked, than any file that is read."""
    return UnreadableFeed("The workbook is larger than what is read at once. Split it and import the parts.")


def too_far() -> UnreadableFeed:
    """Return the refusal of a sheet whose few cells lie so far apart that the blank ones between are too many."""
    return UnreadableFeed(
        f"A sheet of the workbook reaches over more than {MOST_CELLS:,} cells."
        " Delete what stands apart from the table, or split the sheet."
    )
