"""Rows with more cells than there are headings: one text that a delimiter broke up, put together where that is sure."""

from collections import Counter
from collections.abc import Sequence

from core.feeds.reading import shapes
from core.feeds.reading.feed import Row
from core.feeds.reading.shapes import TYPED, Shape, shape
from core.feeds.vocabulary import Vocabulary

_SAMPLE = 500
_STORY_WORDS = 4
"""Words that a cell of a column of texts has on average."""
_SEEN = 0.05
"""Share of a column's cells that have a shape that is nothing unusual in it."""

Columns = Sequence[Counter[Shape]]


def put_together(vocabulary: Vocabulary, rows: list[Row], headings: Sequence[str], delimiter: str) -> list[str]:
    """
    Put the text of each of the *rows* that are too long together, in its place; say in a sentence how many those are.

    It is done only where there is one column of texts, and the row's other cells are like their columns in that way
    and in no other. A row that is too long for another reason stays as it is.
    """
    width, mended = len(headings), 0
    long = [at for at, row in enumerate(rows) if len(row.cells) > width]
    if not long:
        return []
    sample = [row.cells for row in rows if len(row.cells) == width][:_SAMPLE]
    story = _story(vocabulary, headings, sample) if delimiter else None
    columns = shapes.columns(sample, width)
    for at in long:
        number, line, cells = rows[at]
        together = None if story is None else _together(cells, columns, story, delimiter)
        mended += together is not None
        rows[at] = Row(number, line, together or tuple(cell.strip() for cell in cells))
    return [f"Rows with a text that ran over several cells, put together: {mended}."] if mended else []


def _story(vocabulary: Vocabulary, headings: Sequence[str], sample: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the only column of texts, or None."""
    stories = []
    for at, (heading, cells) in enumerate(zip(headings, shapes.transposed(sample), strict=False)):
        meanings = vocabulary.meanings(heading)
        says_story = bool(meanings) and max(meanings, key=meanings.__getitem__) == vocabulary.story
        filled = [len(cell.split()) for cell in cells if cell]
        if says_story or (filled and sum(filled) / len(filled) >= _STORY_WORDS):
            stories.append(at)
    return stories[0] if len(stories) == 1 else None


def _together(cells: Sequence[str], columns: Columns, story: int, delimiter: str) -> tuple[str, ...] | None:
    """Return *cells* with those of the text at *story* as one, or None where another column may have been broken up."""
    surplus = len(cells) - len(columns)
    fitting = []
    for at, column in enumerate(columns):
        kind = shapes.typed(column)
        if kind in TYPED:
            continue
        whole = delimiter.join(cells[at : at + surplus + 1]).strip()
        made = (*(cell.strip() for cell in cells[:at]), whole, *(cell.strip() for cell in cells[at + surplus + 1 :]))
        if all(_fits(cell, each) for cell, each in zip(made, columns, strict=True)):
            fitting.append((at, made))
    return fitting[0][1] if len(fitting) == 1 and fitting[0][0] == story else None


def _fits(cell: str, column: Counter[Shape]) -> bool:
    """Tell whether *cell* is like the others of its *column*; of a column of which nothing is known, none is."""
    return not cell or (column.total() > 0 and column[shape(cell)] >= _SEEN * column.total())
