"""What kind of thing a cell looks like, without reading it: a date, a number, a code, words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum


class Shape(Enum):
    """What a cell looks like."""

    BLANK = ""
    DATE = "date"
    TIME = "time"
    MAIL = "mail"
    NUMBER = "number"
    CODE = "code"
    """Letters and digits in one piece: A-1001, Member2."""
    CAPITALS = "capitals"
    """Three capital letters at the most: IL, F, CT."""
    WORDS = "words"


TYPED = frozenset({Shape.DATE, Shape.TIME, Shape.MAIL, Shape.NUMBER, Shape.CODE})
"""Shapes by which a column of values is told from its heading."""
NO_HEADING = frozenset({Shape.DATE, Shape.TIME, Shape.MAIL})
"""Shapes that no heading has."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\W{0,2}(?:[a-z]{3,9}\.?,?\s+)?"
    r"(?:\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s-]?{_MONTH},?[\s-]?\d{{2,4}}"
    rf"|{_MONTH}[\s-]\d{{1,2}}(?:st|nd|rd|th)?,?[\s-]\d{{2,4}}"
    r"|(?:19|20)\d{2}[01]\d[0-3]\d(?:t?\d{4,6})?)(?:$|\D)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}:\d{2}.{0,20}|\d{1,2}\s?[ap]\.?\s?m\.?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+")
_NUMBER = re.compile(r"[-+#$€£(]{0,3}\s?\d[\d,.\s()/-]*%?(?:e[+-]?\d+)?\)?", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{1,3}")
LONGEST_VALUE = 60
"""Letters beyond which a cell is a text, whatever it begins with."""


def shape(cell: str) -> Shape:
    """Return what *cell* looks like."""
    if not cell:
        return Shape.BLANK
    if len(cell) > LONGEST_VALUE:
        return Shape.WORDS
    if not any(map(str.isdigit, cell)):
        if _CAPITALS.fullmatch(cell):
            return Shape.CAPITALS
        return Shape.MAIL if _MAIL.fullmatch(cell) else Shape.WORDS
    for kind, pattern in ((Shape.TIME, _TIME), (Shape.MAIL, _MAIL)):
        if pattern.fullmatch(cell):
            return kind
    if _DATE.match(cell):
        return Shape.DATE
    if _NUMBER.fullmatch(cell):
        return Shape.NUMBER
    return Shape.WORDS if re.search(r"\s", cell) else Shape.CODE


def transposed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the cells of *rows* by column; a row that is too short has none in the last ones."""
    width = max(map(len, rows), default=0)
    return [[row[at] for row in rows if at < len(row)] for at in range(width)]


def columns(rows: Iterable[Sequence[str]], width: int) -> list[Counter[Shape]]:
    """Return for each of *width* columns how often each shape stands in it; blank cells are not counted."""
    counters: list[Counter[Shape]] = [Counter() for _ in range(width)]
    for cells in rows:
        for counter, cell in zip(counters, cells, strict=False):
            if cell:
                counter[shape(cell)] += 1
    return counters


def typed(column: Counter[Shape]) -> Shape | None:
    """Return the shape that most cells of *column* have, where it is one of TYPED."""
    if not column:
        return None
    commonest, count = column.most_common(1)[0]
    return commonest if commonest in TYPED and count >= 0.6 * column.total() else None
