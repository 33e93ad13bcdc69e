"""What of a claim a column without a heading can be, by what stands in it: to be confirmed, never taken."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from core import email_addresses, social_security, states, telephones
from core.feeds.columns import Column, is_number, like_a_name
from core.feeds.kinds.claims.columns import fit

_ENOUGH = 3
"""Cells from which a column is looked at."""
_NEARLY_ALL = 0.9
_YOUNGEST = timedelta(days=14 * 365)
_NUMBER = re.compile(r"[\w./-]*\d[\w./-]*")


def by_content(columns: Sequence[Column], wanted: Collection[str]) -> dict[str, Column]:
    """Return for each of the *wanted* fields the one of *columns* whose cells are surely that."""
    left = [
        column for column in columns
        if len(column.cells) >= _ENOUGH and column.share(social_security.holds) == 0
    ]  # fmt: skip
    fields = _days([column for column in left if column.is_dates])
    left = [column for column in left if not column.is_dates]
    for field, holds in _SINGLY.items():
        fitting = [column for column in left if holds(column)]
        if len(fitting) == 1:  # of two telephones nobody can tell whose is whose
            fields[field] = fitting[0]
            left.remove(fitting[0])
    fields |= _names(left)
    left = [column for column in left if column not in fields.values()]
    if left and _counts_claims(left[0]):
        fields["client_claim_number"] = left[0]
    return {field: column for field, column in fields.items() if field in wanted}


def _days(dated: list[Column]) -> dict[str, Column]:
    """Return birth, injury and report: births lie long before, and nobody reports an injury before it happens."""
    fields: dict[str, Column] = {}
    dated = sorted(dated, key=_median)
    if len(dated) > 1 and _median(dated[1]) - _median(dated[0]) > _YOUNGEST:
        fields["birth_date"] = dated.pop(0)
    if len(dated) == 2 and _never_after(dated[0], dated[1]):
        fields |= {"date_of_injury": dated[0], "date_reported": dated[1]}
    return fields


def _median(column: Column) -> date:
    days = sorted(filter(None, column.days))
    return days[len(days) // 2]


def _never_after(first: Column, second: Column) -> bool:
    pairs = [(one, other) for one, other in zip(first.days, second.days, strict=True) if one and other]
    return all(one <= other for one, other in pairs) and any(one < other for one, other in pairs)


def _names(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the full names, or family and given names in the two columns beside each other that hold single ones."""
    named = [column for column in columns if column.is_names(whole=True) and column.distinct * 2 > len(column.cells)]
    full = [column for column in named if column.share(_full_name) >= _NEARLY_ALL]
    if len(full) == 1:
        return {"full_name": full[0]}
    single = [column for column in named if column.share(_single_name) >= _NEARLY_ALL]
    if not full and len(single) == 2 and single[1].at - single[0].at == 1:
        return {"family_name": single[0], "given_name": single[1]}
    return {}


def _full_name(cell: str) -> bool:
    return like_a_name(cell) and not any(map(str.isdigit, cell)) and 2 <= len(re.split(r"[\s,]+", cell)) <= 5


def _single_name(cell: str) -> bool:
    return like_a_name(cell) and not any(map(str.isdigit, cell)) and len(cell.split()) == 1


def _counts_claims(column: Column) -> bool:
    return (
        fit(column, "client_claim_number") is not None
        and column.distinct == len(column.cells)
        and column.share(_NUMBER.fullmatch) == 1
        and column.share(is_number) == 0
    )


_SINGLY: dict[str, Callable[[Column], bool]] = {
    "email": lambda column: column.share(email_addresses.readable) >= _NEARLY_ALL,
    "phone": lambda column: column.share(telephones.readable) >= _NEARLY_ALL,
    "jurisdiction": lambda column: column.share(states.code) >= _NEARLY_ALL,
    "narrative": lambda column: column.is_story,
}
