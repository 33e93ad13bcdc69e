"""From a file's bytes to its text, line by line, in whatever encoding the client wrote it."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDTH = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_SAMPLE = 8192
_CHUNK = 1 << 20
"""Bytes that are decoded at a time where the whole file is looked at: what is held is bounded, however large it is."""

_LONG, _HARDLY, _NO_WORDS = 1 << 20, 1000, b'\0\t\r\n ",;|'
"""Bytes from which a file is long; how many times as long as its words it is with hardly any; and what no word has."""

# Everything that is neither text nor a tab or line break; lone halves of surrogate pairs cannot be stored either.
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1a\x7f\ud800-\udfff]"
_UNPRINTABLE_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1a\x7f]")
CONTROLS = frozenset(map(chr, (*range(1, 9), 11, 12, *range(14, 27), 127)))
"""Unprintable letters that may still divide a file's cells."""

# What words, figures and their punctuation are not made of.
_STRANGE = re.compile(r"[^\w\s\x20-\x7e–—‘’“”…•°§½¼¾€£]")
_STRANGE_SHARE, _STRANGE_FEW = 0.1, 3


@dataclass(frozen=True)
class Text:
    """A file's text: the name of its encoding, and what had to be put up with, in sentences."""

    encoding: str
    notes: tuple[str, ...]
    clean: bool
    """Whether it surely has no unprintable letters."""
    _data: bytes
    _start: int

    def lines(self) -> Iterator[str]:
        """Yield the lines, each with its end, decoded as they are asked for: the text is nowhere as a whole."""
        raw = io.BytesIO(self._data)
        raw.seek(self._start)
        lines = io.TextIOWrapper(raw, _codec(self.encoding), "replace", newline="")
        if first := lines.readline().removeprefix("\ufeff"):
            yield first
        yield from lines

    def least_lines(self) -> int:
        """Return how many lines there are at the least that stand in no quoted cell, as far as that is quickly told."""
        if _WIDTH.get(self.encoding, 1) > 1 or b'"' in self._data:
            return 0
        return max(self._data.count(b"\n"), self._data.count(b"\r"))

    def is_hardly_but_marks(self) -> bool:
        """Tell whether the file is long, a third of it or more is quotation marks, and next to nothing words."""
        size = len(self._data) // _WIDTH.get(self.encoding, 1)
        if size < _LONG or self._data.count(b'"') * 3 < size:
            return False
        return len(self._data.translate(None, _NO_WORDS)) * _HARDLY < size

    def head(self) -> str:
        """Return how the text begins, some thousand letters."""
        return self._data[self._start : self._start + _SAMPLE].decode(_codec(self.encoding), "ignore")


@dataclass
class Printable:
    """Leaves unprintable letters out of texts, *but* for one where it divides the cells, and counts what it left."""

    but: str = ""
    zeros: int = 0
    others: int = 0
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._pattern = _unprintable(self.but)

    def __call__(self, text: str) -> str:
        """Return *text* without them."""
        if not self._pattern.search(text):
            return text
        plain = self._pattern.sub("", text)
        zeros = text.count("\0")
        self.zeros += zeros
        self.others += len(text) - len(plain) - zeros
        return plain

    def notes(self) -> list[str]:
        """Say in sentences what was left out."""
        counts = {"Zero": self.zeros, "Unprintable": self.others}
        return [f"{kind} characters in the file were left out." for kind, count in counts.items() if count]


def decoded(data: bytes) -> Text:
    """Return the text of *data*."""
    encoding, start = _encoding(data)
    notes: list[str] = []
    width = _WIDTH.get(encoding, 1)
    if surplus := (len(data) - start) % width:
        data = data[:-surplus]
        notes.append("The file ends in the middle of a character.")
    notes += _faults(data, encoding, start)
    clean = width == 1 and not _UNPRINTABLE_BYTES.search(data)
    return Text(encoding, tuple(notes), clean, data, start)


def printable(text: str, *, but: str = "") -> str:
    """Return *text* without its unprintable letters, *but* for one where it divides the cells."""
    return _unprintable(but).sub("", text)


def is_text(text: str, *, but: str = "") -> bool:
    """
    Tell whether *text* is what people write, and not a program's own bytes.

    *but* is what divides its cells; where that is not known yet, it may be the strangest letter there is.
    """
    strange = Counter(_STRANGE.findall(text[:_SAMPLE]))
    divider = but or next((letter for letter, _ in strange.most_common(1)), "")
    length = len(text[:_SAMPLE].replace(divider, "")) if divider else len(text[:_SAMPLE])
    return strange.total() - strange[divider] <= _STRANGE_SHARE * length + _STRANGE_FEW


def _unprintable(but: str) -> re.Pattern[str]:
    return re.compile(f"(?!{re.escape(but)}){_UNPRINTABLE}" if but in CONTROLS else _UNPRINTABLE)


def _codec(encoding: str) -> str:
    return "cp1252" if encoding == "windows-1252" else encoding


def _encoding(data: bytes) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            sample = data[len(mark) : _SAMPLE]
            # A mark of two-byte text before text of one byte: the mark is wrong.
            if _WIDTH[encoding] > 1 and sample and b"\x00" not in sample and sample.isascii():
                return "utf-8", len(mark)
            return encoding, len(mark)
    sample = data[:_SAMPLE]
    evens, odds = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odds > half * 0.4 and evens < half * 0.1:
        return "utf-16-le", 0
    if evens > half * 0.4 and odds < half * 0.1:
        return "utf-16-be", 0
    return ("utf-8" if _mostly_utf8(data) else "windows-1252"), 0


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether what is not ASCII in *data* is, more often than not, well-formed UTF-8."""
    fault = _fault(data, "utf-8", 0)
    if not fault:
        return True
    broken = whole = 0
    for text in _pieces(data, "utf-8", 0, "replace"):
        unknown = text.count("\ufffd")
        broken += unknown
        whole += len(text) - len(text.encode("ascii", "ignore")) - unknown
    return whole > broken or (broken <= 1 and whole == 0 and fault == _CUT)


_CUT = "unexpected end of data"


def _faults(data: bytes, encoding: str, start: int) -> list[str]:
    fault = _fault(data, _codec(encoding), start)
    if fault == _CUT:
        return ["The file ends in the middle of a character."]
    return [f"Some characters are not {encoding.upper()} and show as �."] if fault else []


def _fault(data: bytes, encoding: str, start: int) -> str:
    """Return what the decoder says against *data* from *start* on; empty where it is well-formed."""
    try:
        for _ in _pieces(data, encoding, start, "strict"):
            pass
    except UnicodeDecodeError as error:
        return error.reason
    return ""


def _pieces(data: bytes, encoding: str, start: int, errors: str) -> Iterator[str]:
    decoder, view = codecs.getincrementaldecoder(encoding)(errors), memoryview(data)
    for at in range(start, len(data), _CHUNK):
        yield decoder.decode(bytes(view[at : at + _CHUNK]), at + _CHUNK >= len(data))
