"""From a file's bytes to its text, in whatever encoding the client wrote it."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDTH = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_SAMPLE = 8192

# Everything that is neither text nor a tab or line break; lone halves of surrogate pairs cannot be stored either.
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1a\x7f\ud800-\udfff]"
CONTROLS = frozenset(map(chr, (*range(1, 9), 11, 12, *range(14, 27), 127)))
"""Unprintable letters that may still divide a file's cells."""

# What words, figures and their punctuation are not made of.
_STRANGE = re.compile(r"[^\w\s\x20-\x7e–—‘’“”…•°§½¼¾€£]")
_STRANGE_SHARE, _STRANGE_FEW = 0.1, 3


def decoded(data: bytes) -> tuple[str, str, list[str]]:
    """Return the text of *data*, the name of its encoding, and what had to be put up with, in sentences."""
    encoding, start = _encoding(data)
    notes: list[str] = []
    body = data[start:]
    width = _WIDTH.get(encoding, 1)
    if len(body) % width:
        body = body[: len(body) - len(body) % width]
        notes.append("The file ends in the middle of a character.")
    text = _text(body, encoding, notes)
    return text.removeprefix("\ufeff"), encoding, notes


def printable(text: str, *, but: str = "") -> str:
    """Return *text* without its unprintable letters, *but* for one where it divides the cells."""
    which = f"(?!{re.escape(but)}){_UNPRINTABLE}" if but else _UNPRINTABLE
    return re.sub(which, "", text)


def left_out(text: str, plain: str) -> list[str]:
    """Say in sentences what *plain*, the printable part of *text*, lacks."""
    zeros, others = text.count("\0"), len(text) - len(plain) - text.count("\0")
    found = {"Zero": zeros, "Unprintable": others}
    return [f"{kind} characters in the file were left out." for kind, count in found.items() if count]


def is_text(text: str, *, but: str) -> bool:
    """Tell whether *text* is what people write, and not a program's own bytes; *but* is what divides its cells."""
    sample = text[:_SAMPLE].replace(but, "")
    return len(_STRANGE.findall(sample)) <= _STRANGE_SHARE * len(sample) + _STRANGE_FEW


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
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    else:
        return True
    broken = text.count("\ufffd")
    whole = sum(1 for letter in re.findall(r"[^\x00-\x7f]", text) if letter != "\ufffd")
    return whole > broken or (broken <= 1 and whole == 0 and _cut_at_end(data))


def _cut_at_end(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _text(body: bytes, encoding: str, notes: list[str]) -> str:
    try:
        return body.decode("cp1252" if encoding == "windows-1252" else encoding)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            notes.append("The file ends in the middle of a character.")
        else:
            notes.append(f"Some characters are not {encoding.upper()} and show as �.")
    return body.decode("cp1252" if encoding == "windows-1252" else encoding, "replace")
