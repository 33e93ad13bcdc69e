"""Which fields of a claim a column can be, by what stands in it."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from core import email_addresses, injury_codes, states, telephones
from core.feeds import heading_words
from core.feeds.columns import CATEGORY, OF_NONE, YES_OR_NO, Column
from core.feeds.kinds.claims import values
from core.feeds.kinds.claims.fields import CHOICES, DAYS, TIMES
from core.feeds.kinds.claims.headings import meanings
from core.feeds.values import is_name, postal_code, yes
from core.injury_codes import Vocabulary

_BODY = re.compile(
    r"\b(head|skull|face|eyes?|ears?|nose|mouth|teeth|neck|back|lumbar|spine|chest|ribs?|abdomen|shoulders?|arms?|"
    r"forearms?|elbows?|wrists?|hands?|fingers?|thumbs?|hips?|legs?|thighs?|knees?|shins?|ankles?|foot|feet|toes?|"
    r"groin|body|trunk)\b",
    re.IGNORECASE,
)
_NO_REPORTER = re.compile(
    r"y|n|yes|no|true|false|phone|telephone|text|e-?mail|letter|fax|web|online|portal", re.IGNORECASE
)


def fit(column: Column, field: str) -> int | None:
    """Return how far what stands in *column* speaks for its being *field*, or None where it cannot be that."""
    dated = field in DAYS or field in TIMES
    if column.is_another_kind(dated=dated, choice=field in CHOICES, digits=field == "postal_code"):
        return None
    if field in DAYS:
        return column.fit_of_days
    if field in TIMES:
        return column.fit_of_times
    match field:
        case "family_name" | "given_name" | "full_name":
            return 0 if column.is_names(whole=field == "full_name") else None
        case "client_claim_number":
            return 0 if is_numbers_of_claims(column) else None
        case "jurisdiction" | "injury_state":
            share = column.share(states.code)
            return 10 if share > 0.5 else None if column.several and not share else -60
        case "phone" | "email" | "preferred_contact" | "language":
            return None if column.several and column.share(_READS[field]) < OF_NONE else 0
        case "reporter":
            return 0 if column.share(_like_a_reporter) > 0.5 else -90
        case "reporter_phone":
            # Beside numbers such a column holds an "ask at the gate": it needs some that can be dialled, not most.
            return 0 if column.share(telephones.readable) >= OF_NONE else -90
        case "emergency":
            return 0 if not column.several or column.share(_yes_or_no) > 0.5 else None
        case "narrative":
            return _fit_of_a_story(column)
        case "lost_time" | "modified_duty" | "initial_treatment":
            share = column.share(_READS[field])
            return 0 if share > 0.5 else None if column.several and share < OF_NONE else -60
    return _fit_in_words(column, field)


def is_numbers_of_claims(column: Column) -> bool:
    """Tell whether the cells number claims: not a few over and over, not words, and not the rows of this one file."""
    if column.repeats(2, 8) or column.share(lambda cell: len(cell.split()) > 3) > 0.5:
        return False
    if column.several and column.share(re.compile(r"\d").search) < OF_NONE:
        return False
    # 1, 2, 3 under "No" counts the rows of this one file.
    counted = [str(number) for number in range(1, len(column.cells) + 1)]
    return not (column.cells == counted and not re.search("cl(ai)?m|case", heading_words.plain(column.heading)))


def _fit_of_a_story(column: Column) -> int | None:
    if column.is_numbers:
        return None
    if column.is_story:
        return 20
    if meanings(column.heading)["narrative"] < 100 and (column.repeats(3, 8) or column.share(CATEGORY.fullmatch) > 0.5):
        return None
    return 0


def _fit_in_words(column: Column, field: str) -> int | None:
    if field in ("body_part", "nature", "cause"):
        # A code is better than nothing where no other column says it in words.
        body = 20 if field == "body_part" and column.share(_BODY.search) > 0.5 else 0
        return -50 if column.is_numbers else body - 30 * column.is_story
    if field in injury_codes.CODES:
        return 0 if column.share(partial(injury_codes.code, Vocabulary(field))) > 0.5 else None
    if field in ("postal_code", "injury_postal_code"):
        return 0 if column.share(postal_code) >= 0.5 else None
    if column.share(email_addresses.readable) > 0.5 or (
        not column.is_numbers and column.share(telephones.readable) > 0.5
    ):
        return None
    if field == "injury_place":
        return -20 * column.is_numbers
    return None if column.is_numbers else 0


def _like_a_reporter(cell: str) -> bool:
    """Tell whether *cell* can name somebody, and not a way of reporting, a yes or no, or a number."""
    return is_name(cell) and "@" not in cell and not telephones.readable(cell) and not _NO_REPORTER.fullmatch(cell)


def _yes_or_no(cell: str) -> bool:
    return bool(YES_OR_NO.fullmatch(cell)) or yes(cell) or cell in ("0", "0.0")


def _like_a_phone(cell: str) -> bool:
    return telephones.readable(cell) is not None or re.fullmatch(r"\d{3}[-. ]?\d{4}", cell) is not None


_READS: dict[str, Callable[[str], Any]] = {
    "phone": _like_a_phone,
    "email": email_addresses.readable,
    "preferred_contact": values.contact_method,
    "language": values.language,
    "lost_time": values.lost_time,
    "modified_duty": lambda cell: values.yes_or_no(cell) is not None,
    "initial_treatment": values.treatment,
}
