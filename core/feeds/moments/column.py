"""What a column as a whole tells of its cells: whether plain numbers are days, and whether 30 is a time."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from core.feeds.moments.clock import TimeOfDay, clock_time
from core.feeds.moments.day import Moment, Order, figures, moment
from core.feeds.moments.plain import plain

_LIFETIME = 110
"""Years back from today that a date in a feed can lie at the most; the birth of the oldest."""
_NUMBER = re.compile(r"[-+$(]*\d[\d,]*(\.\d*)?\)?")


class Shown(NamedTuple):
    """
    What a column's dates show of the order of day and month.

    `day_first` and `month_first` are cells that can only be that; `either` one that could be both; `dotted` one of
    these that is parted by dots. Empty where there is none.
    """

    day_first: str = ""
    month_first: str = ""
    either: str = ""
    dotted: str = ""


def shown(cells: Iterable[str], *, this_year: int) -> Shown:
    """Return what *cells* show of the order of day and month."""
    day_first = month_first = either = dotted = ""
    for cell in cells:
        if (date_figures := figures(cell)) is None or moment(cell, "mdy", this_year=this_year) is None:
            continue
        if date_figures.first > 12:
            day_first = day_first or date_figures.text
        elif date_figures.second > 12:
            month_first = month_first or date_figures.text
        elif date_figures.first != date_figures.second and date_figures.dotted:
            dotted = dotted or date_figures.text
        elif date_figures.first != date_figures.second:
            either = either or date_figures.text
    return Shown(day_first, month_first, either, dotted)


def could_be_either(cell: str) -> bool:
    """Tell whether *cell* is a date whose day and month could stand the other way round."""
    date_figures = figures(cell)
    return (
        date_figures is not None
        and date_figures.first != date_figures.second
        and max(date_figures.first, date_figures.second) <= 12
    )


def numbers_are_days(cells: Iterable[str], *, this_year: int, oldest: int = _LIFETIME) -> bool:
    """
    Tell whether the plain numbers among *cells*, of a column that says it holds dates, are days.

    They are if every one is, in a year from *oldest* years ago to the next: money and staff numbers are not. A zero
    says nothing.
    """
    numbers = [text for cell in cells if _NUMBER.fullmatch(text := plain(cell)) and text.strip("0.")]
    days = [moment(text, "mdy", this_year=this_year, numbers=True) for text in numbers]
    return bool(numbers) and all(day and this_year - oldest <= day.day.year <= this_year + 1 for day in days)


def days_in(cells: Collection[str], *, says_date: bool, this_year: int) -> list[Moment]:
    """Return the moments among *cells*, of a column whose heading *says_date* or does not, in the order it shows."""
    return list(filter(None, map(day_reader(cells, says_date=says_date, this_year=this_year), cells)))


def day_reader(cells: Collection[str], *, says_date: bool, this_year: int) -> Callable[[str], Moment | None]:
    """Return what reads one of *cells* as `days_in` does: its moment, or None where it is none."""
    numbers = says_date and numbers_are_days(cells, this_year=this_year)
    seen = shown(cells, this_year=this_year)
    order: Order = "dmy" if seen.day_first and not seen.month_first else "mdy"

    def read(cell: str) -> Moment | None:
        day = moment(cell, order, this_year=this_year, numbers=numbers)
        # A day with words behind it is a story that begins with one; with figures, a day whose time cannot be read.
        return day if day and (not day.unread or day.unread.lstrip("T:-,;@ ")[:1].isdigit()) else None

    return read


def is_date_like(cells: Collection[str], *, says_date: bool, this_year: int) -> bool:
    """Tell whether more than half of *cells* are days; plain numbers only where the heading *says_date*."""
    return 2 * len(days_in(cells, says_date=says_date, this_year=this_year)) > len(cells)


def is_time_like(cells: Collection[str]) -> bool:
    """Tell whether more than half of *cells* are times of day."""
    read = time_reader(cells)
    return 2 * sum(read(cell) is not None for cell in cells) > len(cells)


def time_reader(cells: Collection[str], *, this_year: int | None = None) -> Callable[[str], TimeOfDay | None]:
    """Return what reads one of *cells* as a time of day; with *this_year* also that of a day and time."""
    packed, fractions = times_are_packed(cells), times_are_fractions(cells)

    def read(cell: str) -> TimeOfDay | None:
        time_of_day = clock_time(cell, packed=packed, fractions=fractions)
        if time_of_day or this_year is None:
            return time_of_day
        whole = moment(cell, "mdy", this_year=this_year)
        return whole.time_of_day if whole else None

    return read


def times_are_packed(cells: Iterable[str]) -> bool:
    """Tell whether the plain numbers among *cells*, of a column of times, are hours and minutes: 815, and so 30."""
    numbers = [digits for cell in cells if (digits := cell.removesuffix(".0")).isdecimal()]
    valid = all(len(each) <= 4 and int(each) <= 2400 and int(each) % 100 < 60 for each in numbers)
    return valid and any(len(each) > 2 for each in numbers)


def times_are_fractions(cells: Iterable[str]) -> bool:
    """Tell whether the numbers below one among *cells*, of a column of times, are parts of a day: so 0.25 is."""
    parts = [cell.partition(".")[2] for cell in cells if cell.startswith(("0.", ".")) and cell.count(".") == 1]
    return any(len(digits) > 2 and digits.isdecimal() for digits in parts)
