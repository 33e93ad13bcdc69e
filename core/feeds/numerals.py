"""
Plain numbers that stand for days: a spreadsheet's own (46350) and packed ones (20261124).

A staff number, an amount or a claim number looks the same. So a plain number is a day only in a column that is known
to hold days, and only where every plain number of the column is one in the years in which the day can lie.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from core.feeds import moments, values

_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_REPORTS_BEGIN = 1990
"""The first year in which a plain number is taken for the day of an injury or a report."""


@lru_cache(maxsize=100_000)
def plain(cell: str) -> bool:
    """Tell whether *cell* is a number and nothing else."""
    return _PLAIN.fullmatch(cell) is not None


def are_days(cells: Iterable[str], field: str, *, this_year: int) -> bool:
    """Tell whether the plain numbers among *cells*, a column that holds the dates of *field*, stand for days."""
    earliest = moments.EARLIEST_YEAR if field == "birth_date" else _REPORTS_BEGIN
    return all(
        (told := moments.moment(cell, "mdy", this_year=this_year)) is not None
        and earliest <= told.day.year <= this_year + 1
        for cell in cells
        if plain(cell) and not _says_nothing(cell)
    )


def _says_nothing(cell: str) -> bool:
    return values.blank(cell) or not cell.strip("0.")
