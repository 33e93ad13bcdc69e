"""
One column of a feed: what kind of thing stands in it, and which fields that can be.

What stands in a column is looked at before the words of its heading are believed: "Employee" may head names, staff
numbers or a category; "Notice" may head dates or amounts.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from core import email_addresses, injury_codes, instant, social_security, states, telephones
from core.feeds import moments, values, vocabulary
from core.injury_codes import Vocabulary

DATES = ("birth_date", "date_of_injury", "date_reported", "date_of_death", "date_of_hire")
NAMES = ("family_name", "given_name", "full_name")

_SEVERAL = 4
"""Cells from which a column that fits in none of them is believed to hold something else."""
_MANY = 8
"""Cells from which a column that says few things over and over is believed to hold a category."""

_YES_OR_NO = re.compile(r"y|n|yes|no|true|false|t|f|si|sí|x|[✓✔]", re.IGNORECASE)
_CATEGORY = re.compile(
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
_BODY = re.compile(
    r"\b(head|skull|face|eyes?|ears?|nose|mouth|teeth|neck|back|lumbar|spine|chest|ribs?|abdomen|shoulders?|arms?|"
    r"forearms?|elbows?|wrists?|hands?|fingers?|thumbs?|hips?|legs?|thighs?|knees?|shins?|ankles?|foot|feet|toes?|"
    r"groin|body|trunk)\b",
    re.IGNORECASE,
)
_NO_REPORTER = re.compile(
    r"y|n|yes|no|true|false|phone|telephone|text|e-?mail|letter|fax|web|online|portal", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_OF_NONE = 0.3
"""Share of cells below which a column that should hold telephones, addresses or methods holds something else."""


class Column:
    """One column: its index, its heading and the cells of the first rows that say anything."""

    def __init__(self, at: int, heading: str, rows: Sequence[Sequence[str]]) -> None:
        self.at, self.heading = at, heading
        self._by_row = [row[at] if at < len(row) else "" for row in rows]
        self.cells = [cell for cell in self._by_row if not values.blank(cell)]

    def share(self, fitting: Callable[[str], Any]) -> float:
        """Return the share of the cells that are *fitting*."""
        return sum(1 for cell in self.cells if fitting(cell)) / len(self.cells) if self.cells else 0.0

    def guesses(self) -> dict[str, int]:
        """Return every field that the column can be by its heading, and how likely; content that denies it counts."""
        meant = vocabulary.meanings(self.heading).items()
        return {field: weight + fit for field, weight in meant if (fit := self.fit(field)) is not None}

    def fit(self, field: str) -> int | None:
        """Return how far what stands in the column speaks for its being *field*, or None where it cannot be that."""
        if not self.cells:
            return -10
        return None if self._is_another_kind(field) else self._fits(field)

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
        year, says_date = instant.now().year, vocabulary.says_date(self.heading)
        read = moments.day_reader(self.cells, says_date=says_date, this_year=year)
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

    def _is_another_kind(self, field: str) -> bool:
        """Tell whether what stands here is plainly of a kind that *field* is not."""
        if field != "emergency" and self.share(_YES_OR_NO.fullmatch) > 0.5:
            return True
        if self.share(social_security.holds) > 0.5 and not self.is_story:
            return True
        if field in DATES or field.startswith("time_"):
            return False
        return self.is_dates or (field != "postal_code" and self.share(_MONEY.fullmatch) > 0.5)

    def _fits(self, field: str) -> int | None:
        several = len(self.cells) >= _SEVERAL
        match field:
            case "family_name" | "given_name" | "full_name":
                return 0 if self.is_names(field) else None
            case "birth_date" | "date_of_injury" | "date_reported" | "date_of_death" | "date_of_hire":
                if self.is_dates:
                    return 10
                numbers = self.share(is_number) > 0.5 and not vocabulary.says_date(self.heading)
                return None if numbers or (several and not any(self.days)) else -70
            case "time_of_injury" | "time_reported":
                share = self.share(moments.time_reader(self.cells, this_year=instant.now().year))
                return 10 if share > 0.5 else None if several and not share else -70
            case "client_claim_number":
                return 0 if self._is_numbers_of_claims() else None
            case "jurisdiction" | "injury_state":
                share = self.share(states.code)
                return 10 if share > 0.5 else None if several and not share else -60
            case "phone" | "email" | "preferred_contact" | "language":
                return None if several and self.share(_READS[field]) < _OF_NONE else 0
            case "reporter":
                return 0 if self.share(_like_a_reporter) > 0.5 else -90
            case "reporter_phone":
                # Beside numbers such a column holds an "ask at the gate": it needs some that can be dialled, not most.
                return 0 if self.share(telephones.readable) >= _OF_NONE else -90
            case "emergency":
                return 0 if not several or self.share(_yes_or_no) > 0.5 else None
            case "narrative":
                return self._fits_a_story()
        return self._fits_in_words(field)

    def is_names(self, field: str) -> bool:
        """
        Tell whether the cells are names: words that are no category, no code and no site.

        Nearly each full name is somebody else's; family or given names may be few (see `few_names`).
        """
        if self.share(like_a_name) < 0.6 or self.share(_ORGANISATION.search) > _OF_NONE or self.is_story:
            return False
        return field != "full_name" or not self.repeats(3, 12)

    @property
    def few_names(self) -> bool:
        """Whether the cells are so few over and over that they would be no names without others beside them."""
        return self.repeats(3, 100)

    def _is_numbers_of_claims(self) -> bool:
        if self.repeats(2, 8) or self.share(lambda cell: len(cell.split()) > 3) > 0.5:
            return False
        if len(self.cells) >= _SEVERAL and self.share(re.compile(r"\d").search) < _OF_NONE:
            return False
        # 1, 2, 3 under "No" counts the rows of this one file.
        counted = [str(number) for number in range(1, len(self.cells) + 1)]
        return not (self.cells == counted and not re.search("cl(ai)?m|case", vocabulary.plain(self.heading)))

    def _fits_a_story(self) -> int | None:
        if self.share(is_number) > 0.5:
            return None
        if self.is_story:
            return 20
        if vocabulary.meanings(self.heading)["narrative"] < 100 and (
            self.repeats(3, 8) or self.share(_CATEGORY.fullmatch) > 0.5
        ):
            return None
        return 0

    def _fits_in_words(self, field: str) -> int | None:
        numbers = self.share(is_number) > 0.5
        if field in ("body_part", "nature", "cause"):
            # A code is better than nothing where no other column says it in words.
            body = 20 if field == "body_part" and self.share(_BODY.search) > 0.5 else 0
            return -50 if numbers else body - 30 * self.is_story
        if field in injury_codes.CODES:
            return 0 if self.share(partial(injury_codes.code, Vocabulary(field))) > 0.5 else None
        if field in ("postal_code", "injury_postal_code"):
            return 0 if self.share(values.postal_code) >= 0.5 else None
        if self.share(email_addresses.readable) > 0.5 or (not numbers and self.share(telephones.readable) > 0.5):
            return None
        if field == "injury_place":
            return -20 * numbers
        return None if numbers else 0


def like_a_name(cell: str) -> bool:
    """Tell whether *cell* can be somebody's name by its shape: no category, no code, no number."""
    if len(cell) > 60 or not values.is_name(cell) or "@" in cell:
        return False
    if _CATEGORY.fullmatch(cell) or _CODE.fullmatch(cell):
        return False
    return sum(map(str.isdigit, cell)) < sum(map(str.isalpha, cell)) and len(cell.split()) <= 7


def _like_a_reporter(cell: str) -> bool:
    """Tell whether *cell* can name somebody, and not a way of reporting, a yes or no, or a number."""
    return (
        values.is_name(cell) and "@" not in cell and not telephones.readable(cell) and not _NO_REPORTER.fullmatch(cell)
    )


def is_number(cell: str) -> bool:
    """Tell whether *cell* is a number and nothing else."""
    return _NUMBER.fullmatch(cell) is not None


def _yes_or_no(cell: str) -> bool:
    return bool(_YES_OR_NO.fullmatch(cell)) or values.yes(cell) or cell in ("0", "0.0")


def _like_a_phone(cell: str) -> bool:
    return telephones.readable(cell) is not None or re.fullmatch(r"\d{3}[-. ]?\d{4}", cell) is not None


_READS: dict[str, Callable[[str], Any]] = {
    "phone": _like_a_phone,
    "email": email_addresses.readable,
    "preferred_contact": values.contact_method,
    "language": values.language,
}
