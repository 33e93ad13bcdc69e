"""An Excel workbook (.xlsx): its sheets, and a sheet's rows as text."""

import io
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.feeds.decoding import Printable
from core.feeds.reading import worksheet_size
from core.feeds.reading.feed import MOST_BYTES, UnreadableFeed, damaged, too_large

_MOST_PARTS = 2_000
"""Files inside a workbook; one of two hundred sheets has about a thousand."""
_MOST_TAGS = 12_000_000
"""Tags inside a workbook: a cell has four, and each takes its time to look at."""
_CHUNK = 1 << 20
_SPOILT = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, RuntimeError,
    ValueError,
)  # fmt: skip
"""What reading an archive raises where it is damaged, locked, or packed in a way that is not known."""
_EXACT = 10**15
"""Whole numbers from here on are not kept to the last figure by a spreadsheet."""

_OTHERS = (
    ("xl/workbook.bin", "This is a binary Excel workbook. Save it as .xlsx or the sheet as CSV, and import that."),
    ("content.xml", "This is an OpenDocument file. Save it as .xlsx or the sheet as CSV, and import that."),
    ("word/document.xml", "This is a Word document, not a workbook. Ask the client for the table it was made from."),
    ("ppt/presentation.xml", "This is a presentation, not a workbook. Ask the client for the table it was made from."),
)

Value = int | float | str | bool | time | date | datetime | timedelta


class Workbook:
    """
    A workbook, opened.

    :raises UnreadableFeed: if it is another kind of file, damaged, or larger than what is read.
    """

    def __init__(self, data: bytes) -> None:
        parts = _parts(data)
        with _readable():
            self._book = CalamineWorkbook.from_filelike(parts)
            sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.shown = tuple(sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible)
        self.hidden = tuple(sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible)
        self._printable = Printable()

    def records(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Yield each row of *sheet*, as the spreadsheet numbers it, with its cells as text."""
        with _readable():
            rows = self._book.get_sheet_by_name(sheet)
            for number, row in enumerate(rows.iter_rows(), start=1):
                yield number, [self._printable(_text(cell)) for cell in row]

    def notes(self) -> list[str]:
        """Say in sentences, once the rows are read, what had to be put up with."""
        return self._printable.notes()


@contextmanager
def _readable() -> Iterator[None]:
    """Refuse the workbook where its reader stumbles over it."""
    try:
        yield
    except CalamineError:
        raise damaged() from None
    except BaseException as error:
        # A panic in the reader's own language is no Exception, and has no class that could be named here.
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def _parts(data: bytes) -> io.BytesIO:
    """
    Return the workbook *data* packed anew, with only those of its parts that cells are read from, each looked at.

    What an archive says of itself may be wrong: how large a part is, is known when it has been unpacked. What comes
    out is no larger, whoever unpacks it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename.lower(): info for info in archive.infolist()}
            _refuse_others(parts)
            packed = _packed(archive, [info for name, info in parts.items() if name.endswith((".xml", ".rels"))])
    except _SPOILT:
        raise damaged() from None
    worksheet_size.check(packed)
    packed.seek(0)
    return packed


def _refuse_others(parts: Container[str]) -> None:
    for part, sentence in _OTHERS:
        if part in parts:
            raise UnreadableFeed(sentence)
    if "xl/workbook.xml" not in parts:
        raise UnreadableFeed("This is an archive, not a CSV file or a workbook. Unpack it and import what is inside.")


def _packed(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> io.BytesIO:
    if len(parts) > _MOST_PARTS:
        raise too_large()
    packed, room, tags = io.BytesIO(), MOST_BYTES, 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for info in parts:
            with archive.open(info) as part, out.open(info.filename, "w") as copy:
                while chunk := part.read(_CHUNK):
                    room -= len(chunk)
                    tags += chunk.count(b"<")
                    if room < 0 or tags > _MOST_TAGS:
                        raise too_large()
                    copy.write(chunk)
    return packed


def _text(value: Value) -> str:
    """Return a cell's *value* as text that is read in one way only: days and times in the order of ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()} {_clock(value.time())}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(value)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if abs(value) >= _EXACT:
        return f"{value:.14e}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"
