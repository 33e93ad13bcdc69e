"""What was approved and runs out: the days between which it holds, and the units of it that are left."""

from datetime import date, timedelta

from core.authorizations.vocabulary import APPROVING
from db.queries.authorizations import ServiceLine

WITHIN_DAYS = 7
"""So many days before its last one an approval is running out."""

SHARE, MORE_THAN = 5, 2
"""It is, too, while no more than one part in so many of its units is left, of more than so many; and at least one."""


def runs_out(line: ServiceLine, today: date) -> bool:
    """Tell whether what was approved of a line is running out *today*, a day of the claim's; `TO_RENEW` finds it."""
    if line.outcome not in APPROVING or not line.approved_units:
        return False
    left = line.approved_units - line.used_units
    by_day = line.until_on is not None and today <= line.until_on <= today + timedelta(days=WITHIN_DAYS)
    over = line.until_on is not None and line.until_on < today
    return by_day or (not over and line.approved_units > MORE_THAN and 0 < left * SHARE <= line.approved_units)
