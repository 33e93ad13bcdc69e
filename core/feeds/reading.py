"""A claim feed as it came: its headings and its rows, whatever its encoding, delimiter and quoting."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from core import social_security
from core.feeds import values, vocabulary
from core.feeds.decoding import CONTROLS, decoded, is_text, left_out, printable
from core.feeds.sweeping import no_sweeping
from core.refusal import Refusal

MOST_BYTES = 256 * 1024 * 1024
"""The largest file that is read, in bytes."""

# One cell may be as long as the file; the module's own limit of 128 kB would call that an error.
csv.field_size_limit(MOST_BYTES)

_USUAL = ",;\t|"
_NEVER = set(" \"'_-./()\r\n#:?&@%+$*")
_RARE = ":#&%$*+@ _-/?.()"
"""Letters that stand in headings and cells of all kinds: they divide a file only where that brings its headings out."""
_AGREEING = 0.5
"""Share of the rows that must have equally many cells by a rare letter."""
_PREAMBLE = 20
_CANDIDATES = 24
_MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""
_SAMPLE_LINES = 200
_MOST_ROWS = 1_048_576
"""As many as a spreadsheet has. Rows of next to nothing take a hundred times the file's own room."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OTHER_KINDS = (
    (b"PK\x03\x04", "This is a workbook or an archive, not a CSV file. Save the sheet as CSV and import that."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook, not a CSV file. Save the sheet as CSV and import that."),
    (b"%PDF", "This is a PDF, not a CSV file. Ask the client for the table it was made from."),
    (b"{\\rtf", "This is a text document, not a CSV file. Ask the client for the table it was made from."),
    *((start, "This is a picture, not a CSV file. Ask the client for the table it shows.") for start in _PICTURES),
    (b"\x1f\x8b", "This file is compressed. Unpack it and import what is inside."),
)


class UnreadableFeed(Refusal):
    """This file cannot be read as a claim feed."""


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
    delimiter: str
    notes: tuple[str, ...]
    digest: str
    """SHA-256 of the file, in hexadecimal."""


@no_sweeping()
def read_feed(data: bytes) -> Feed:
    """
    Read *data*, a file of delimited text.

    Rows without any content are passed over; every other row after the headings is in the result, exactly once.

    :raises UnreadableFeed: if there is no text in it, or it is not text at all.
    """
    _refuse_other_kinds(data)
    text, encoding, notes = decoded(data)
    if not text.strip():
        raise UnreadableFeed("The file is empty.")
    lines = io.StringIO(text, newline="").readlines()
    skipped, named = _named_delimiter(lines[0])
    delimiter = named or _delimiter(_sample(lines, skipped))
    if not is_text(text, but=delimiter):
        raise UnreadableFeed("This file holds no text. Ask the client for the table, saved as CSV.")
    if (plain := printable(text, but=delimiter)) != text:
        notes += left_out(text, plain)
        lines = io.StringIO(plain, newline="").readlines()
    if not _sample(lines, skipped):
        raise UnreadableFeed("The file is empty.")
    records = _records(lines, skipped, delimiter, notes)
    headings, rows = _headed(records, notes)
    rows = without_social_security_numbers(headings, rows, notes)
    return Feed(headings, rows, encoding, delimiter, tuple(notes), hashlib.sha256(data).hexdigest())


def _sample(lines: Sequence[str], start: int) -> list[str]:
    """Return the first lines from *start* on that are not blank."""
    return list(islice(filter(str.strip, islice(lines, start, None)), _SAMPLE_LINES))


def _refuse_other_kinds(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise UnreadableFeed(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts.")
    for start, sentence in _OTHER_KINDS:
        if data.startswith(start):
            raise UnreadableFeed(sentence)


def _named_delimiter(first: str) -> tuple[int, str]:
    """Return how many lines to skip and the delimiter, where the first line names it as Excel does: `sep=;`."""
    match = re.fullmatch(r'"?sep=(.)"?[\r\n]*', first, re.IGNORECASE | re.DOTALL)
    return (1, match[1]) if match and match[1] not in '"\r\n' else (0, "")


def _delimiter(lines: Sequence[str]) -> str:
    """Return the character that divides *lines* best: into known headings, then into equal numbers of cells."""
    whole = [line[:20_000] for line in lines]
    sample = [printable(line) for line in whole]
    letters = Counter(letter for line in sample[:_PREAMBLE] for letter in line if not letter.isalnum())
    often = [letter for letter, _ in letters.most_common(_CANDIDATES + len(_NEVER)) if letter not in _NEVER]
    seen = {*often[:_CANDIDATES], *(letter for letter in _USUAL if letter in letters)}
    controls = CONTROLS.intersection("".join(whole[:_PREAMBLE]))
    best, best_score = ",", (0, 0.0)
    usual_first = sorted(seen, key=lambda each: (_USUAL.find(each) % 99, each))
    for letter in [*usual_first, *sorted(controls), *(rare for rare in _RARE if rare in letters)]:
        if letter in _RARE and best_score[0] > 1:
            continue
        text = [printable(line, but=letter) for line in whole] if letter in controls else sample
        score = _score(text, letter)
        if score > best_score and (letter not in _RARE or (score[0] > 2 and score[1] > _AGREEING)):
            best, best_score = letter, score
    return best


def _score(sample: Sequence[str], letter: str) -> tuple[int, float]:
    """Return how well *letter* divides: known headings in one row, then how many rows agree on how many cells."""
    rows = [row for row in csv.reader(sample, delimiter=letter) if row]
    width, rows_of_it = Counter(len(row) for row in rows).most_common(1)[0]
    if width == 1:
        return 0, 0.0
    known = max(sum(vocabulary.recognised(cell) for cell in row[:400]) for row in rows[:_PREAMBLE])
    return known, rows_of_it / len(rows) + min(width, 40) / 1000


def _records(lines: Sequence[str], start: int, delimiter: str, notes: list[str]) -> Iterator[tuple[int, list[str]]]:
    """
    Yield each record of *lines* with the line where it begins (from 1).

    A quotation mark that was never meant to open a cell would swallow the rows after it. Where a record runs over
    several lines and has the wrong number of cells, or words after a closing mark, while one of its lines alone has
    the right number, its first line is read again with the mark as a letter, and reading goes on with the second.
    """
    sample = csv.reader(_sample(lines, start), delimiter=delimiter)
    width = Counter(len(cells) for cells in sample if cells).most_common(1)[0][0]
    mends, begin = 0, start
    patience = 2 * len(lines) + 1000  # lines that may be read a second time
    while begin < len(lines):
        offset = begin
        reader = csv.reader(map(lines.__getitem__, range(offset, len(lines))), delimiter=delimiter)
        for cells in reader:
            end = offset + reader.line_num
            last = end == len(lines) and _trouble(lines[begin:end], delimiter) == _UNENDED
            doubtful = (
                end - begin > 1 and patience > 0 and (len(cells) != width or _trouble(lines[begin:end], delimiter))
            )
            if doubtful and _holds_a_row(lines[begin + 1 : end], width, delimiter):
                mends, patience = mends + 1, patience - (end - begin)
                yield begin + 1, next(csv.reader(lines[begin : begin + 1], delimiter=delimiter, quoting=csv.QUOTE_NONE))
                begin += 1
                break
            if last:
                notes.append("The file ends inside a quoted cell: it may have been cut short.")
            yield begin + 1, cells
            begin = end
    if mends:
        notes.append(f"Rows with a quotation mark that opens no cell, read as it stands: {mends}.")


_UNENDED = "unexpected end of data"


def _trouble(lines: Sequence[str], delimiter: str) -> str:
    """Return what a strict reader says against the record in *lines*: a cell never closed, words after its end."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return str(error)
    return ""


def _holds_a_row(lines: Sequence[str], width: int, delimiter: str) -> bool:
    # A story told over several lines rarely has as many delimiters as a row of three cells or more.
    if width < 3:
        return False
    some = lines[:50]
    quoted, bare = (csv.reader(some, delimiter=delimiter, quoting=how) for how in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE))
    return any(len(cells) == width for cells in chain(quoted, bare))


def _headed(records: Iterator[tuple[int, list[str]]], notes: list[str]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Split *records* into the headings and the rows under them."""
    numbered = [
        (number, line, [_said(cell) for cell in cells])
        for number, (line, cells) in enumerate(islice(records, _MOST_ROWS + 1), start=1)
    ]
    if len(numbered) > _MOST_ROWS:
        raise UnreadableFeed(f"The file has more than {_MOST_ROWS:,} rows. Split it and import the parts.")
    filled = [record for record in numbered if any(record[2])]
    if not filled:
        raise UnreadableFeed("The file has no words in it.")
    at = _heading_row(filled)
    if at:
        notes.append(f"Lines above the headings, passed over: {at}.")
    headings = filled[at][2]
    if len(headings) > _MOST_COLUMNS:
        raise UnreadableFeed(f"The file is no table: its first row has {len(headings):,} cells.")
    while len(headings) > 1 and not headings[-1]:
        headings.pop()
    body = filled[at + 1 :]
    empty = sum(1 for record in numbered if not any(record[2]) and record[0] > filled[at][0] and record[2])
    if empty:
        notes.append(f"Empty rows, passed over: {empty}.")
    return _distinct([social_security.removed(each) for each in headings]), tuple(
        Row(number, line, tuple(cells)) for number, line, cells in body
    )


def without_social_security_numbers(headings: Sequence[str], rows: Sequence[Row], notes: list[str]) -> tuple[Row, ...]:
    """Return *rows* with `social_security.REMOVED` for each such number; *notes* are told how many that were."""
    places = [at for at, heading in enumerate(headings) if social_security.headed(vocabulary.plain(heading))]
    cleaned = tuple(_without_numbers(row, places) for row in rows)
    count = sum(
        cell != before
        for row, clean in zip(rows, cleaned, strict=True) if clean is not row
        for before, cell in zip(row.cells, clean.cells, strict=True)
    )  # fmt: skip
    if count:
        notes.append(f"Cells with a social security number, which is not kept: {count:,}.")
    return cleaned


def _without_numbers(row: Row, places: Sequence[int]) -> Row:
    # All cells at once: nearly every row has nothing to take out.
    text = "\0".join(row.cells)
    if not places and social_security.removed(text) == text:
        return row
    cells = [social_security.removed(cell) for cell in row.cells]
    for at in places:
        if at < len(cells) and not values.blank(cells[at]):
            cells[at] = social_security.REMOVED
    return row._replace(cells=tuple(cells))


def _said(cell: str) -> str:
    """Return what *cell* says: without blanks around it, and without a spreadsheet's marks for plain text."""
    cell = cell.strip()
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):  # as our own files of refused rows write it
        return cell[1:]
    if cell[:2] == '="' and cell[-1:] == '"' and len(cell) > 2:  # how leading zeros are kept: ="00123"
        return cell[2:-1]
    return cell


def _heading_row(filled: Sequence[tuple[int, int, list[str]]]) -> int:
    """Return which of the first rows heads the columns: the first, unless a later one has headings and it has none."""
    known = [sum(map(vocabulary.recognised, set(cells[:400]))) for _, _, cells in filled[:_PREAMBLE]]
    best = max(known)
    return known.index(best) if best >= 2 and known[0] < 2 else 0


def _distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """Return *headings* with blanks named by place and repeated ones numbered: `Phone`, `Phone (2)`."""
    made: list[str] = []
    used: set[str] = set()
    times: Counter[str] = Counter()
    for place, heading in enumerate(headings, start=1):
        name = base = re.sub(r"\s+", " ", heading)[:200] or f"Column {place}"
        times[base] += 1
        while name in used:
            name = f"{base} ({max(times[base], 2)})"
            times[base] += name in used
        used.add(name)
        made.append(name)
    return tuple(made)
