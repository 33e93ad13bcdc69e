"""How things are timed and told: interleaved rounds, medians, and one line for each promise."""

import gc
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, Self

import psycopg

WARM = 12
"""Calls before the first that counts: drivers prepare at the sixth, PostgreSQL may change its plan five later."""


@dataclass(frozen=True)
class Line:
    """
    One promise: what was measured, ours beside the reference (in words), the figure, and its limit.

    `most` and `least` bound the figure; a line with neither is for information.
    """

    what: str
    ours: str
    reference: str
    figure: float
    unit: str = "times"
    most: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool | None:
        """Tell whether the promise is kept; None where none was given."""
        if self.most is None and self.least is None:
            return None
        return (self.most is None or self.figure <= self.most) and (self.least is None or self.figure >= self.least)

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table shows it."""
        if self.most is not None:
            promised = f"at most {self.most:g} {self.unit}"
        elif self.least is not None:
            promised = f"at least {self.least:g} {self.unit}"
        else:
            promised = ""
        held = {True: "yes", False: "NO", None: ""}[self.holds]
        return self.what, self.ours, self.reference, f"{_rounded(self.figure)} {self.unit}", promised, held


HEADINGS = ("What", "Ours", "Reference", "Figure", "Promised", "Holds")


def table(lines: Sequence[Line]) -> str:
    """Return *lines* as one plain table."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    wide = [max(len(row[n]) for row in rows) for n in range(len(HEADINGS))]
    said = ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows]
    return "\n".join([said[0], "  ".join("-" * width for width in wide), *said[1:]])


def rounds(count: int, *candidates: Callable[[], object]) -> list[float]:
    """
    Call each of *candidates* in turn, *count* times around, after WARM calls of each; their medians, in seconds.

    Whatever disturbs the machine disturbs all of them alike.
    """
    for candidate in candidates:
        for _ in range(WARM):
            candidate()
    times: list[list[float]] = [[] for _ in candidates]
    gc.collect()
    gc.disable()
    try:
        for _ in range(count):
            for taken, candidate in zip(times, candidates, strict=True):
                began = perf_counter()
                candidate()
                taken.append(perf_counter() - began)
    finally:
        gc.enable()
    return [median(each) for each in times]


@contextmanager
def sent(connection: psycopg.Connection[Any]) -> Iterator[list[tuple[bytes, Any]]]:
    """Yield what is sent through *connection* while open: statements and their values, whoever sends them."""
    noted: list[tuple[bytes, Any]] = []

    class Noting(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
            noted.append((query if isinstance(query, bytes) else query.encode(), params))
            return super().execute(query, params, **how)

    before, connection.cursor_factory = connection.cursor_factory, Noting
    try:
        yield noted
    finally:
        connection.cursor_factory = before


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of *values* that at least *share* (0 to 1) of them do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def ms(seconds: float) -> str:
    """Return a time in words."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"


def _rounded(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"
