"""What a picture says in one sentence, and of which cells it says it."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import NamedTuple

from core import words
from core.first_contact.figures import FEWEST, TARGET, WEEKDAYS, Cell, Figures, Picture, percent, together


class Finding(NamedTuple):
    """A sentence, and the cells (weekday, 1 is Monday, and hour) that it names: none where it is of all of them."""

    sentence: str
    cells: frozenset[tuple[int, int]]


class _Stretch(NamedTuple):
    """Hours of one weekday that follow each other, each below the target, counted together."""

    weekday: int
    first: int
    last: int
    figures: Figures


def finding(picture: Picture) -> Finding:
    """
    Return what *picture* says: is the promise kept, and which hours of the week cost most.

    The hours named follow each other on one weekday, are shown, and each of them misses the target; their share is
    that of these hours and no others.
    """
    worst = max(_stretches(picture.cells), key=lambda stretch: stretch.figures.short, default=None)
    if worst is not None:
        first, last = words.clock(time(worst.first)), words.clock(time(worst.last, 59))
        hours = f"{WEEKDAYS[worst.weekday - 1]}s from {first} to {last}"
        sentence = f"{hours} miss the promise: {percent(worst.figures.share)} reached in time"
        return Finding(sentence, frozenset((worst.weekday, hour) for hour in range(worst.first, worst.last + 1)))
    whole = picture.period.figures
    if whole is None:
        return Finding(f"Fewer than {FEWEST} promises were decided in this period: too few to say", frozenset())
    kept = "missed" if whole.share < TARGET else "kept"
    return Finding(f"The promise is {kept}: {percent(whole.share)} reached in time", frozenset())


def _stretches(cells: Iterable[Cell]) -> Iterator[_Stretch]:
    below = {(c.weekday, c.hour): c.figures for c in cells if c.figures is not None and c.figures.short > 0}
    for weekday, first in below:
        if (weekday, first - 1) in below:
            continue
        last = first
        while (weekday, last + 1) in below:
            last += 1
        yield _Stretch(weekday, first, last, together(below[weekday, hour] for hour in range(first, last + 1)))
