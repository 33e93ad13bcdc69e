"""Delimited text: what divides its cells, and its records one after the other."""

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Literal

from core.feeds.decoding import CONTROLS, Printable, Text, is_text, printable
from core.feeds.reading.feed import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    UnreadableFeed,
    never_closed,
    too_many_rows,
    too_wide,
)
from core.feeds.reading.headings import FIRST, LOOKED_AT
from core.feeds.reading.kinds import refuse_markup
from core.feeds.vocabulary import Vocabulary

_Quoting = Literal[0, 1, 2, 3]

# How long a cell may be is for the table to say, with its row: the module's own limit would break off in between.
csv.field_size_limit(MOST_BYTES)

_USUAL = ",;\t|"
_NEVER = set(" \"'_-./()\r\n#:?&@%+$*")
_RARE = ":#&%$*+@ _-/?.()"
"""Letters that stand in headings and cells of all kinds: they divide a file only where that brings its headings out."""
_AGREEING = 0.5
"""Share of the rows that must have equally many cells by a rare letter."""
_EITHER_WAY: tuple[_Quoting, _Quoting] = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
_CANDIDATES = 24
_SAMPLE_LINES, _SAMPLE_LETTERS, _LONGEST_SAMPLED = 200, 2_000_000, 100_000
_MOST_LINES = 32_767
"""Lines of one record that can still be read again: a spreadsheet's cell has no more letters than that."""
_PADDING = 16_384
"""Cells of one line, blank ones counted: as many columns as a spreadsheet has."""


class Delimited:
    """
    A file of delimited text.

    :raises UnreadableFeed: if there is no text in it, it is not text at all, or hardly anything but quotation marks.
    """

    def __init__(self, vocabulary: Vocabulary, text: Text) -> None:
        self._text = text
        refuse_markup(text.head())
        if text.least_lines() > MOST_ROWS:
            raise too_many_rows()
        if text.is_hardly_but_marks():
            raise UnreadableFeed("The file holds hardly anything but quotation marks. Ask the client for it once more.")
        self._skipped, named = _named_delimiter(next(text.lines(), ""))
        sample = self._sample()
        if not sample:
            raise UnreadableFeed("The file is empty.")
        head = text.head()
        self.delimiter = (named or _delimiter(vocabulary, sample)) if is_text(head) else ""
        if not self.delimiter or not is_text(head, but=self.delimiter):
            raise UnreadableFeed("This file holds no text. Ask the client for the table, saved as CSV.")
        self._printable = Printable(self.delimiter)
        sample = [line for each in sample if (line := printable(each, but=self.delimiter)).strip()]
        if not sample:
            raise UnreadableFeed("The file is empty.")
        self._width = _usual_width(self._reader(sample))[0]
        self._blank = self.delimiter + " "
        self._mends, self._cut_short = 0, False

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """
        Yield each record with the line where it begins (from 1), its cells as they stand.

        A quotation mark that was never meant to open a cell would swallow the rows after it. Where a record runs
        over several lines and has the wrong number of cells, or words after a closing mark, while one of its lines
        alone has the right number, its first line is read again with the mark as a letter, and reading goes on with
        the second.

        :raises UnreadableFeed: if a record runs on over more lines than a cell has letters.
        """
        lines, begin = _Lines(self._lines(), self._holds_a_row), self._skipped + 1
        while not lines.ended:
            try:
                for cells in self._reader(lines):
                    if lines.ended and cells == [_END]:
                        return
                    if len(lines.taken) > 1 and self._is_stray(lines, cells):
                        raise _Stray
                    if lines.ended:
                        cells[-1] = cells[-1].removesuffix(_END)
                        self._cut_short = True
                    yield begin, self._with_blanks(lines.taken, cells)
                    begin += lines.forget()
            except _Unclosed:
                raise never_closed(begin) from None
            except _Stray:
                self._mends += 1
                yield begin, next(self._reader([lines.put_back()], quoting=csv.QUOTE_NONE))
                begin += 1

    def notes(self) -> list[str]:
        """Say in sentences, once the records are read, what had to be put up with."""
        notes = [*self._text.notes, *self._printable.notes()]
        if self._cut_short:
            notes.append("The file ends inside a quoted cell: it may have been cut short.")
        if self._mends:
            notes.append(f"Rows with a quotation mark that opens no cell, read as it stands: {self._mends}.")
        return notes

    def _lines(self) -> Iterator[str]:
        lines = self._text.lines()
        for _ in range(self._skipped):
            next(lines)
        for number, line in enumerate(lines, start=self._skipped + 1):
            plain = line if self._text.clean else self._printable(line)
            if len(plain) > MOST_COLUMNS and plain.count(self.delimiter) > MOST_COLUMNS:
                _refuse_too_wide(plain, self.delimiter, number)
            yield plain

    def _sample(self) -> list[str]:
        """Return the first lines that are not blank, each as far as it is looked at."""
        sample: list[str] = []
        room = _SAMPLE_LETTERS
        for line in islice(self._text.lines(), self._skipped, MOST_ROWS):
            if line.strip():
                sample.append(line[: min(room, _LONGEST_SAMPLED)])
                room -= len(line)
            if room <= 0 or len(sample) == _SAMPLE_LINES:
                break
        return sample

    def _is_stray(self, lines: "_Lines", cells: Sequence[str]) -> bool:
        """Tell whether the record that was just read into *cells* begins with a mark that opens no cell."""
        taken = lines.taken
        doubtful = lines.patience > 0 and (len(cells) != self._width or lines.ended or self._is_troubled(taken))
        return doubtful and self._holds_a_row(taken)

    def _is_troubled(self, lines: Sequence[str]) -> bool:
        """Tell whether a strict reader says anything against the record in *lines*: words after a cell's end."""
        try:
            for _ in self._reader(lines, strict=True):
                pass
        except csv.Error:
            return True
        return False

    def _holds_a_row(self, lines: Sequence[str]) -> bool:
        """Tell whether one of *lines* after the first is a row by itself."""
        # A story told over several lines rarely has as many delimiters as a row of three cells or more.
        if self._width < 3:
            return False
        some = lines[1:51]
        quoted, bare = (self._reader(some, quoting=how) for how in _EITHER_WAY)
        return any(len(cells) == self._width for cells in chain(quoted, bare))

    def _with_blanks(self, lines: Sequence[str], cells: list[str]) -> list[str]:
        """Return *cells* with the blanks at their beginnings: where one text was broken up, they are its own."""
        if len(lines) != 1 or self._blank not in lines[0]:
            return cells
        whole = next(csv.reader(lines, delimiter=self.delimiter))
        return whole if len(whole) == len(cells) else cells

    def _reader(
        self, lines: Iterable[str], *, quoting: _Quoting = csv.QUOTE_MINIMAL, strict: bool = False
    ) -> Iterator[list[str]]:
        return _reader(lines, self.delimiter, quoting=quoting, strict=strict)


_END = "\ufdd0end\ufdd0"
"""A line after the last one, of letters that no text has: where it lands inside a cell, that was never closed."""


class _Stray(Exception):
    """The record that is being read begins with a quotation mark that opens no cell."""


class _Unclosed(Exception):
    """The record that is being read runs on over more lines than a cell has letters."""


class _Lines:
    """Lines one after the other, then _END; those of the record that is being read can be put back."""

    def __init__(self, lines: Iterable[str], holds_a_row: Callable[[Sequence[str]], bool]) -> None:
        self._fresh, self._again = iter(lines), deque[str]()
        self._holds_a_row = holds_a_row
        self._count = 0
        self.taken: list[str] = []
        """The lines of the record, the first _MOST_LINES at the most."""
        self.ended = False
        self.patience = 1000
        """Lines that may still be read a second time."""

    def __iter__(self) -> Iterator[str]:
        while True:
            if self._count == _MOST_LINES and self.patience > 0 and self._holds_a_row(self.taken):
                raise _Stray  # No cell runs on for so long: what it would swallow is rows.
            if self._again:
                line = self._again.popleft()
            else:
                fresh = next(self._fresh, None)
                if fresh is None:
                    break
                line = fresh
                self.patience += 2
            self._count += 1
            if self._count <= _MOST_LINES:
                self.taken.append(line)
            yield line
            while self._count > _MOST_LINES and (fresh := next(self._fresh, None)) is not None:
                if self._count > MOST_LETTERS:
                    raise _Unclosed  # a letter a line, at the least: no cell is so long
                self._count += 1
                yield fresh
        self.ended = True
        yield _END

    def forget(self) -> int:
        """Return how many lines the record had, and begin the next one."""
        count, self._count = self._count, 0
        self.taken.clear()
        return count

    def put_back(self) -> str:
        """Return the first line of the record; the others are read again."""
        first, *rest = self.taken
        self.patience -= self.forget()
        self._again.extendleft(reversed(rest))
        self.ended = False
        return first


def _reader(
    lines: Iterable[str], delimiter: str, *, quoting: _Quoting = csv.QUOTE_MINIMAL, strict: bool = False
) -> Iterator[list[str]]:
    """Read *lines* as records; blanks before a mark that opens a cell belong to none."""
    return csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=strict, skipinitialspace=delimiter != " ")


def _refuse_too_wide(line: str, delimiter: str, number: int) -> None:
    """Refuse *line* where it has more cells than any table, without making them."""
    if re.sub(r'"[^"]*"', "", line).count(delimiter) > _PADDING:
        raise too_wide(number)


def _named_delimiter(first: str) -> tuple[int, str]:
    """Return how many lines to skip and the delimiter, where the first line names it as Excel does: `sep=;`."""
    match = re.fullmatch(r'"?sep=(.)"?[\r\n]*', first[:20], re.IGNORECASE | re.DOTALL)
    return (1, match[1]) if match and match[1] not in '"\r\n' else (0, "")


def _delimiter(vocabulary: Vocabulary, lines: Sequence[str]) -> str:
    """Return the character that divides *lines* best: into known headings, then into equal numbers of cells."""
    whole = [line[:20_000] for line in lines]
    sample = [printable(line) for line in whole]
    letters = Counter(letter for line in sample[:FIRST] for letter in line if not letter.isalnum())
    often = [letter for letter, _ in letters.most_common(_CANDIDATES + len(_NEVER)) if letter not in _NEVER]
    seen = {*often[:_CANDIDATES], *(letter for letter in _USUAL if letter in letters)}
    controls = CONTROLS.intersection("".join(whole[:FIRST]))
    best, best_score = ",", (0, 0.0)
    usual_first = sorted(seen, key=lambda each: (_USUAL.find(each) % 99, each))
    for letter in [*usual_first, *sorted(controls), *(rare for rare in _RARE if rare in letters)]:
        if letter in _RARE and best_score[0] > 1:
            continue
        text = [printable(line, but=letter) for line in whole] if letter in controls else sample
        score = _score(vocabulary, text, letter)
        if score > best_score and (letter not in _RARE or (score[0] > 2 and score[1] > _AGREEING)):
            best, best_score = letter, score
    return best


def _score(vocabulary: Vocabulary, sample: Sequence[str], letter: str) -> tuple[int, float]:
    """Return how well *letter* divides: known headings in one row, then how many rows agree on how many cells."""
    rows = [row for row in _reader(sample, letter) if row]
    width, rows_of_it = _usual_width(rows)
    if width == 1:
        return 0, 0.0
    known = max(sum(_is_known(vocabulary, cell) for cell in row[:LOOKED_AT]) for row in rows[:FIRST])
    # One alone is likely a story's own word.
    return known if known > 1 else 0, rows_of_it / len(rows) + min(width, 40) / 1000


def _is_known(vocabulary: Vocabulary, cell: str) -> bool:
    return vocabulary.recognised(cell) and not _FIGURES.search(cell)


_FIGURES = re.compile(r"\d{3}")
"""What hardly any heading has and the cells of a row do, some of which have words of headings too."""


def _usual_width(rows: Iterable[Sequence[str]]) -> tuple[int, int]:
    """Return how many cells most of *rows* have, and how many have them; a title or a remark has only one."""
    widths = Counter(map(len, filter(None, rows)))
    alone = widths.pop(1, 0)
    return widths.most_common(1)[0] if widths else (1, alone)
