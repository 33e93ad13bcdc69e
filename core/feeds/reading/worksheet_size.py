"""
How large the sheets of a workbook are, before they are read.

The reader makes a cell for every place between a sheet's first cell and its last, and a copy of a text for every cell
that shares it: a workbook of a few kilobytes can take more memory than there is.
"""

import io
import zipfile
from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

from core.feeds.reading.feed import MOST_BYTES, MOST_CELLS, damaged, too_far, too_large

_CHUNK = 1 << 18


def check(packed: io.BytesIO) -> None:
    """
    Look at every part of the workbook *packed*.

    :raises UnreadableFeed: if one is damaged, or its sheets would take too much memory.
    """
    size = _Size()
    with zipfile.ZipFile(packed) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                parser = size.parser()
                try:
                    while chunk := part.read(_CHUNK):
                        parser.Parse(chunk)
                    parser.Parse(b"", True)
                except expat.ExpatError:
                    raise damaged() from None
    if size.letters() > MOST_BYTES:
        raise too_large()


_LAST_ROW = 1_048_576
"""The last row that a worksheet can have."""


class _Size:
    """Counts, part by part, what its elements will take as cells and texts. A sheet is told by its cells alone."""

    def __init__(self) -> None:
        self._shared_lengths = array("L")
        self._shared_used: Counter[str] = Counter()

    def parser(self) -> expat.XMLParserType:
        """Return a parser for the next part."""
        self._row = self._column = self._rows = self._columns = 0
        self._kind = ""
        self._index: list[str] | None = None
        self._length: int | None = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_declarations
        return parser

    def letters(self) -> int:
        """Return how many letters the cells hold that share a text with others."""
        lengths = self._shared_lengths
        return sum(
            count * lengths[int(index)]
            for index, count in self._shared_used.items()
            if index.isdecimal() and int(index) < len(lengths)
        )

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if handler := self._STARTS.get(name.rpartition(":")[2] if ":" in name else name):
            handler(self, attributes)

    def _row_starts(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number.lstrip("0")[:9] or "0") if number.isdecimal() else self._row + 1
        if self._row > _LAST_ROW:  # what reads the sheet makes room for every row up to this one, or falls in trying
            raise too_far()
        self._column = 0

    def _cell_starts(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self._column = _column(letters) if letters else self._column + 1
        if digits := reference[len(letters) :]:
            self._row = max(self._row, int(digits.lstrip("0")[:9] or "0"))
        self._kind = attributes.get("t", "")

    def _value_starts(self, attributes: Mapping[str, str]) -> None:
        if self._row > self._rows or self._column > self._columns:
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
            if self._rows * self._columns > MOST_CELLS:
                raise too_far()
        if self._kind == "s":
            self._index = []

    def _shared_starts(self, attributes: Mapping[str, str]) -> None:
        self._length = 0

    _STARTS: Mapping[str, Callable[["_Size", Mapping[str, str]], None]] = {
        "row": _row_starts,
        "c": _cell_starts,
        "v": _value_starts,
        "is": _value_starts,
        "si": _shared_starts,
    }

    def _end(self, name: str) -> None:
        if self._index is not None and name.rpartition(":")[2] == "v":
            self._shared_used["".join(self._index)[:12].strip()] += 1
            self._index = None
        elif self._length is not None and name.rpartition(":")[2] == "si":
            self._shared_lengths.append(self._length)
            self._length = None

    def _text(self, text: str) -> None:
        if self._index is not None:
            self._index.append(text)
        elif self._length is not None:
            self._length += len(text)


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    """Return the number of the column with these *letters*: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + ord(letter) - 64
    return max(number, 1)


def _refuse_declarations(*_: object) -> None:
    raise damaged()
