"""A feed as it came, delimited text or a workbook: its headings and its rows, whatever form they have."""

import hashlib

from core.feeds.decoding import decoded
from core.feeds.python_gc import no_garbage_collection
from core.feeds.reading import kinds
from core.feeds.reading.delimited import Delimited
from core.feeds.reading.feed import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Feed,
    Row,
    UnreadableFeed,
    WhichSheet,
)
from core.feeds.reading.table import Table, table
from core.feeds.reading.workbook import Workbook
from core.feeds.vocabulary import Vocabulary

__all__ = [
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Feed",
    "Row",
    "UnreadableFeed",
    "WhichSheet",
    "read_feed",
]


@no_garbage_collection()
def read_feed(vocabulary: Vocabulary, data: bytes, *, sheet: str = "") -> Feed:
    """
    Read *data*, a file of delimited text or an Excel workbook, whose headings are those of *vocabulary*.

    Of a workbook the sheet named *sheet* is read; without a name the only one that is shown and holds a table. Rows
    without any content are passed over, and so are titles, totals and remarks around the table, which the notes name;
    every other row is in the result, exactly once.

    :raises UnreadableFeed: if there is no table in it, it is another kind of file or too large, or it cannot be told
        whether the table has headings.
    :raises WhichSheet: if it is a workbook and which sheet is meant cannot be told.
    """
    kinds.refuse_binary(data)
    read = _from_workbook if data.startswith(kinds.ARCHIVE) else _from_text
    return read(vocabulary, data, sheet)


def _from_text(vocabulary: Vocabulary, data: bytes, sheet: str) -> Feed:
    if sheet:
        raise UnreadableFeed("The file is no workbook: it has no sheets.")
    text = decoded(data)
    delimited = Delimited(vocabulary, text)
    content = table(vocabulary, delimited.records(), delimiter=delimited.delimiter)
    notes = (*delimited.notes(), *content.notes)
    return Feed(
        content.headings, content.rows, text.encoding, delimited.delimiter, notes, _digest(data), headed=content.headed
    )


def _from_workbook(vocabulary: Vocabulary, data: bytes, sheet: str) -> Feed:
    workbook = Workbook(data)
    names = (*workbook.shown, *workbook.hidden)
    name, content = _named(vocabulary, workbook, sheet) if sheet else _only_table(vocabulary, workbook)
    notes = (*workbook.notes(), *content.notes)
    return Feed(content.headings, content.rows, "", "", notes, _digest(data), name, names, content.headed)


def _named(vocabulary: Vocabulary, workbook: Workbook, sheet: str) -> tuple[str, Table]:
    """Return the sheet named *sheet*, whether in capitals or not, and its table."""
    names = (*workbook.shown, *workbook.hidden)
    alike = [name for name in names if name.casefold().strip() == sheet.casefold().strip()]
    if not alike:
        raise WhichSheet(names, f"The workbook has no sheet called {sheet}.")
    name = sheet if sheet in alike else alike[0]
    return name, table(vocabulary, workbook.records(name))


def _only_table(vocabulary: Vocabulary, workbook: Workbook) -> tuple[str, Table]:
    """Return the only sheet that is shown and holds a table, and that."""
    if len(workbook.shown) == 1:
        return workbook.shown[0], table(vocabulary, workbook.records(workbook.shown[0]))
    names = (*workbook.shown, *workbook.hidden)
    only: tuple[str, Table] | None = None
    for name in workbook.shown:
        try:
            content = table(vocabulary, workbook.records(name))
        except UnreadableFeed:
            continue
        if len(content.headings) < 2 or not content.rows:
            continue
        if only:
            raise WhichSheet(names, "More than one sheet of the workbook holds a table.")
        only = name, content
    if only is None:
        raise WhichSheet(names, "No sheet of the workbook surely holds a table.")
    return only


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
