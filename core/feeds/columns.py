"""
One column of a feed: what kind of thing stands in it.

What stands in a column is looked at before the words of its heading are believed: "Employee" may head names, staff
numbers or a category; "Notice" may head dates or amounts.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from core import instant, social_security
from core.feeds import moments, values

_SEVERAL = 4
"""Cells from which a column that fits in none of them is believed to hold something else."""
_MANY = 8
"""Cells from which a column that says few things over and over is believed to hold a category."""
OF_NONE = 0.3
"""Share of cells below which a column that should hold telephones, addresses or methods holds something else."""

YES_OR_NO = re.compile(r"y|n|yes|no|true|false|t|f|si|sí|x|[✓✔]", re.IGNORECASE)
CATEGORY = re.compile(
    r"med(ical)?[- ]?only|medical|indemnity|(no )?lost[- ]?(time|workday)|time[- ]?loss|first[- ]?aid( only)?"
    r"|(report|record|information|notice|incident)[- ]?only|near[- ]?miss|accepted|denied|open(ed)?|closed?|re-?opened"
    r"|pending|active|inactive|male|female|m|f|full[- ]?time|part[- ]?time|seasonal|temp(orary)?|regular|hourly"
    r"|salar(y|ied)|employee|claimant|worker|insured|driver|work(ers?)?[' ]*s? ?comp(ensation)?|wc|gl|auto|liability"
    r"|property|other|(non-?)?recordable|restricted( duty)?|day|night|evening|[123](st|nd|rd) shift"
    r"|yes|no|y|n|true|false",
    re.IGNORECASE,
)
_CODE = re.compile(r"\w{1,3}[-# ]?\d{2,}|[^\W\d_]+ #?\d+|[\d\W_]+")
_ORGANISATION = re.compile(
    r"\b(plant|warehouse|store|site|facility|office|dept|department|building|bldg|depot|terminal|yard|campus|unit|"
    r"hospital|school|distribution|dc|inc|llc|ltd|corp|corporation|company|shop|branch|division|region|district|county|route|line|"
    r"dock|floor|north|south|east|west|central|services|logistics|manufacturing|mfg|planta|bodega|location|mine|mill)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[-(]?\s?[$€]\s?-?[\d,]+(\.\d+)?\)?|[-(]?\d{1,3}(,\d{3})+(\.\d\d)?\)?|[-(]?\d+\.\d\d\)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Column:
    """
    One column: its index, its heading and the cells of the first rows that say anything.

    Plain numbers in it can be days where its heading `says_date`.
    """

    def __init__(self, at: int, heading: str, rows: Sequence[Sequence[str]], *, says_date: bool) -> None:
        self.at, self.heading, self.says_date = at, heading, says_date
        self._by_row = [row[at] if at < len(row) else "" for row in rows]
        self.cells = [cell for cell in self._by_row if not values.blank(cell)]

    def share(self, fitting: Callable[[str], Any]) -> float:
        """Return the share of the cells that are *fitting*."""
        return sum(1 for cell in self.cells if fitting(cell)) / len(self.cells) if self.cells else 0.0

    @property
    def several(self) -> bool:
        """Whether there are cells enough to believe that a column in which none fits holds something else."""
        return len(self.cells) >= _SEVERAL

    @property
    def distinct(self) -> int:
        """How many different things the cells say."""
        return len({cell.casefold() for cell in self.cells})

    def repeats(self, few: int, one_in: int) -> bool:
        """Tell whether many cells say no more than *few* things, or than one in so many of them is another."""
        return len(self.cells) >= _MANY and self.distinct <= max(few, len(self.cells) // one_in)

    @cached_property
    def days(self) -> list[date | None]:
        """
        The day in the cell of each row; None where there is none.

        Plain numbers are days only under a heading that says so, and where all of them lie in likely years.
        """
        read = moments.day_reader(self.cells, says_date=self.says_date, this_year=instant.now().year)
        moments_read = [None if values.blank(cell) else read(cell) for cell in self._by_row]
        return [moment.day if moment else None for moment in moments_read]

    @cached_property
    def is_dates(self) -> bool:
        """Whether most cells are days."""
        return bool(self.cells) and sum(day is not None for day in self.days) / len(self.cells) > 0.5

    @cached_property
    def is_story(self) -> bool:
        """Whether the cells run on."""
        return bool(self.cells) and sum(map(len, self.cells)) / len(self.cells) > 40

    @cached_property
    def is_numbers(self) -> bool:
        """Whether most cells are numbers and nothing else."""
        return self.share(is_number) > 0.5

    def is_another_kind(self, *, dated: bool = False, choice: bool = False, digits: bool = False) -> bool:
        """
        Tell whether what stands here is plainly of a kind that a field is not.

        No field holds social security numbers; only one of *choice* yes or no, only a *dated* one days and hours, and
        amounts none but one of *digits*.
        """
        if not choice and self.share(YES_OR_NO.fullmatch) > 0.5:
            return True
        if self.share(social_security.holds) > 0.5 and not self.is_story:
            return True
        if dated:
            return False
        return self.is_dates or (not digits and self.share(_MONEY.fullmatch) > 0.5)

    @property
    def fit_of_days(self) -> int | None:
        """How far what stands here speaks for days, or None where it cannot be days."""
        if self.is_dates:
            return 10
        if self.is_numbers and not self.says_date:
            return None
        return None if self.several and not any(self.days) else -70

    @property
    def fit_of_times(self) -> int | None:
        """How far what stands here speaks for times of day, or None where it cannot be such."""
        share = self.share(moments.time_reader(self.cells, this_year=instant.now().year))
        return 10 if share > 0.5 else None if self.several and not share else -70

    def is_names(self, *, whole: bool) -> bool:
        """
        Tell whether the cells are names: words that are no category, no code and no site.

        Nearly each *whole* name is somebody else's; family or given names may be few (see `few_names`).
        """
        if self.share(like_a_name) < 0.6 or self.share(_ORGANISATION.search) > OF_NONE or self.is_story:
            return False
        return not whole or not self.repeats(3, 12)

    @property
    def few_names(self) -> bool:
        """Whether the cells are so few over and over that they would be no names without others beside them."""
        return self.repeats(3, 100)


def like_a_name(cell: str) -> bool:
    """Tell whether *cell* can be somebody's name by its shape: no category, no code, no number."""
    if len(cell) > 60 or not values.is_name(cell) or "@" in cell:
        return False
    if CATEGORY.fullmatch(cell) or _CODE.fullmatch(cell):
        return False
    return sum(map(str.isdigit, cell)) < sum(map(str.isalpha, cell)) and len(cell.split()) <= 7


def is_number(cell: str) -> bool:
    """Tell whether *cell* is a number and nothing else."""
    return _NUMBER.fullmatch(cell) is not None
