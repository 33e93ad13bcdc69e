"""The clocks and days off that this desk goes by: what it came with, and what its administrators set since."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, text

from core.calendars import DayChange
from core.statutes.rows import MORE, SAYS, as_rule
from core.statutes.rule import Rule

_COLUMNS = ("clock_id", "jurisdiction", "kind", "network", "effective_from", *SAYS, *MORE)
_RULES = text(
    f"select {', '.join(_COLUMNS)} from statutory_clock where withdrawn_at is null"
    " and (cast(:jurisdiction as text) is null or jurisdiction = :jurisdiction) order by clock_id"
)
_CHANGED = (
    "select {0}h.day, h.name, h.closed, h.effective_from, coalesce(s.full_name, ''), h.reason from statutory_holiday h"
    " left join staff s on s.staff_id = h.set_by {1} order by h.effective_from, h.holiday_id"
)
_CHANGES = text(_CHANGED.format("", "where h.jurisdiction = :jurisdiction"))
_CHANGES_OF_ALL = _CHANGED.format("h.jurisdiction, ", "")


def rules(tx: Connection, jurisdiction: str | None = None) -> tuple[Rule, ...]:
    """
    Return every rule of the desk with its number, those that are planned among them; of one jurisdiction or of all.

    Which of them counts a clock says `rule_of`, by when it starts. Whoever is signed in may ask.
    """
    return tuple(
        as_rule(row["jurisdiction"], row["kind"], row["network"], row["effective_from"], dict(row), row["clock_id"])
        for row in tx.execute(_RULES, {"jurisdiction": jurisdiction}).mappings()
    )


def changes(tx: Connection, jurisdiction: str) -> tuple[DayChange, ...]:
    """Return the days off that were added to a jurisdiction's list or taken out, in the order in which they begin."""
    return tuple(DayChange._make(row) for row in tx.execute(_CHANGES, {"jurisdiction": jurisdiction}))


def changes_of_all(tx: Connection) -> Mapping[str, tuple[DayChange, ...]]:
    """Return the same of every jurisdiction that has any, at once."""
    found: dict[str, tuple[DayChange, ...]] = defaultdict(tuple)
    for jurisdiction, *change in tx.exec_driver_sql(
        _CHANGES_OF_ALL
    ).all():  # most looks find none: nothing is left to be compiled
        found[jurisdiction] += (DayChange._make(change),)
    return found
