"""Rows gathered into one: a statement answers at once for a thing and for all that hangs on it, without a join."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import TextualSelect, column, text

T = TypeVar("T", bound=NamedTuple)


def gathered(kind: type[NamedTuple], rows: str) -> str:
    """Return SQL of the one row that holds what *rows* selects, in its order: an array for each field of *kind*."""
    arrays = ", ".join(f"array_agg(r.{name}) as {name}" for name in kind._fields)
    return f"(select {arrays} from ({rows}) r ({', '.join(kind._fields)}))"


def by_position(sql: str, *kinds: type[NamedTuple], more: int = 0) -> TextualSelect:
    """
    Return the statement *sql*, whose rows hold the fields of *kinds* and so many columns *more*.

    The rows of a plain text are read by the names that the database gives their columns, and those are looked into
    anew at each execution: of a wide row that costs as much as all the rest.
    """
    names = [*(name for kind in kinds for name in kind._fields), *(["more"] * more)]
    return text(sql).columns(*map(column, names))


def one(kind: type[T], values: Iterator[Any]) -> T:
    """Take what *kind* has fields for off *values*, the rest of a row."""
    return kind._make(islice(values, len(kind._fields)))


def many(kind: type[T], values: Iterator[Any]) -> list[T]:
    """Take rows that were `gathered` off *values*, the rest of a row."""
    arrays = [array or () for array in islice(values, len(kind._fields))]
    return [kind._make(row) for row in zip(*arrays, strict=True)]
