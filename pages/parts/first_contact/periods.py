"""The periods that the page First contact is usually asked about."""

from datetime import date, timedelta

_AT_FIRST = "90 days"


def usual(today: date) -> dict[str, tuple[date, date]]:
    """Return by name the usual periods up to *today*, first and last day of each."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "7 days": _last(7, today),
        "30 days": _last(30, today),
        _AT_FIRST: _last(90, today),
        "This month": (month, today),
        "Last month": (before.replace(day=1), before),
    }


def at_first(today: date) -> tuple[date, date]:
    """Return the period that is asked about where nobody has chosen one."""
    return usual(today)[_AT_FIRST]


def _last(days: int, today: date) -> tuple[date, date]:
    return today - timedelta(days=days - 1), today
