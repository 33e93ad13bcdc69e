"""Where a table begins: its headings on one line or two, or none; and what stands above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from core.feeds.reading import shapes
from core.feeds.reading.feed import UnreadableFeed
from core.feeds.reading.shapes import NO_HEADING, Shape, shape
from core.feeds.vocabulary import Vocabulary

FIRST = 20
"""Rows among which the headings are looked for."""
LOOKED_AT = 400
"""Cells of a row that are compared with known headings."""
_HEADINGS_OR_NOT = (
    "It cannot be told whether the first row of the file holds headings."
    " Put headings above the columns and import it again."
)
_CRITERION = re.compile(r":\s*\S")
"""A heading may end in a colon; a line of search criteria has something after it."""

Cells = Sequence[str]


@dataclass(frozen=True)
class Opening:
    """
    How a table begins: its headings (None where it has none), which of the file's first rows they stand in, and which
    of those rows belong to the table, though they stand above the headings.
    """

    headings: tuple[str, ...] | None
    start: int
    """The first row of the table, headings included."""
    body: int
    """The first row under the headings."""
    rows_above: tuple[int, ...] = ()


def opening(vocabulary: Vocabulary, rows: Sequence[Cells]) -> Opening:
    """
    Return how the table begins whose file begins with *rows*, each with something in it.

    :raises UnreadableFeed: if it cannot be told whether it has headings.
    """
    known, _, opening = max(_candidates(vocabulary, rows), key=lambda each: each[:2], default=(0, 0, None))
    if opening and known >= 2:
        return Opening(opening.headings, opening.start, opening.body, _rows_above(rows, opening))
    start = _first_full(rows)
    if _is_heading(vocabulary, rows[start], rows[start + 1 :]):
        return Opening(tuple(rows[start]), start, start + 1)
    return Opening(None, start, start)


def _candidates(vocabulary: Vocabulary, rows: Sequence[Cells]) -> list[tuple[int, int, Opening]]:
    """Return what could be the headings, each with how many of them are known and how plain a reading that is."""
    candidates = []
    for at, cells in enumerate(rows[:FIRST]):
        if not _may_head(cells):
            continue
        candidates.append((_known(vocabulary, cells), 0, Opening(tuple(cells), at, at + 1)))
        if at + 1 < len(rows) and _is_second_line(cells, rows[at + 1], rows[at + 2 :]):
            for plainness, upper in ((-1, cells), (-2, _spread(cells, rows[at + 1]))):
                joined = tuple(" ".join(filter(None, pair)) for pair in zip_longest(upper, rows[at + 1], fillvalue=""))
                candidates.append((_known(vocabulary, joined), plainness, Opening(joined, at, at + 2)))
    return candidates


def _known(vocabulary: Vocabulary, cells: Cells) -> int:
    return sum(map(vocabulary.recognised, set(cells[:LOOKED_AT])))


def _may_head(cells: Cells) -> bool:
    """Tell whether *cells* can be headings: no date, time or address among them, and not mostly numbers."""
    kinds = [shape(cell) for cell in cells[:LOOKED_AT] if cell]
    return not NO_HEADING.intersection(kinds) and kinds.count(Shape.NUMBER) * 2 < len(kinds)


def _is_second_line(upper: Cells, lower: Cells, below: Sequence[Cells]) -> bool:
    """Tell whether *lower* can go on with the headings that *upper* begins."""
    if sum(map(bool, upper)) < 2 or any(map(_CRITERION.search, upper)) or not _may_head(lower):
        return False
    words_over_values, values = _against(lower, below)
    return not values and (words_over_values > 0 or not below)


def _spread(upper: Cells, lower: Cells) -> list[str]:
    """Return *upper* with each heading repeated over the blank ones after it: it heads those columns together."""
    spread: list[str] = []
    for index, cell in enumerate([*upper, *[""] * (len(lower) - len(upper))]):
        under = index < len(lower) and lower[index]
        spread.append(cell or (spread[-1] if spread and under else ""))
    return spread


def _against(cells: Cells, below: Sequence[Cells]) -> tuple[int, int]:
    """Return in how many columns *cells* has words over values of one kind, and in how many the same kind of value."""
    words = values = 0
    for cell, column in zip(cells, shapes.columns(below, len(cells)), strict=True):
        kind = shapes.typed(column)
        if kind is None or not cell:
            continue
        values += shape(cell) is kind
        words += shape(cell) in (Shape.WORDS, Shape.CAPITALS)
    return words, values


def _is_heading(vocabulary: Vocabulary, cells: Cells, below: Sequence[Cells]) -> bool:
    """
    Tell whether *cells*, of which hardly any is a known heading, heads the columns of the rows *below*.

    :raises UnreadableFeed: if it cannot be told.
    """
    if not _may_head(cells):
        return False
    words, values = _against(cells, below)
    if words > values or (not values and _known(vocabulary, cells)):
        return True
    if values > words or _said_again(cells, below):
        return False
    raise UnreadableFeed(_HEADINGS_OR_NOT)


def _said_again(cells: Cells, below: Sequence[Cells]) -> bool:
    """Tell whether a cell stands in the same column of a row *below* too, as values do and headings do not."""
    again = {(index, cell) for row in below for index, cell in enumerate(row) if cell}
    return any((index, cell) in again for index, cell in enumerate(cells))


def _first_full(rows: Sequence[Cells]) -> int:
    """Return the first row that fills as many columns as rows of a table do: titles have one cell or two."""
    filled = [sum(map(bool, cells)) for cells in rows]
    usual = sorted(filled)[len(filled) * 3 // 4]
    return next(at for at, count in enumerate(filled) if count * 2 > usual or usual < 3)


def _rows_above(rows: Sequence[Cells], opening: Opening) -> tuple[int, ...]:
    """Return which rows above the headings are like those below in every column: a file glued from two, say."""
    assert opening.headings is not None
    kinds = [shapes.typed(column) for column in shapes.columns(rows[opening.body :], len(opening.headings))]
    if sum(kind is not None for kind in kinds) < 2 or Shape.DATE not in kinds:
        return ()
    return tuple(
        at
        for at, cells in enumerate(rows[: opening.start])
        if len(cells) == len(opening.headings)
        and sum(map(bool, cells)) >= 4
        and all(not kind or not cell or shape(cell) is kind for cell, kind in zip(cells, kinds, strict=True))
    )
