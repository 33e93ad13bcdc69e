"""Instants and days as they are typed on the command line."""

from datetime import UTC, date, datetime

from core import words as say
from core.calendars import zone
from core.refusal import Refusal

_YEARS = range(1900, 2101)


class NotUnderstood(Refusal):
    text = "This is not understood."


def moment(given: str, timezone: str, what: str) -> datetime:
    """
    Return the instant that was *given*; *what* names it for whoever wrote it.

    A time without an offset is taken in *timezone*; one that comes twice there, or never, is refused, not guessed.

    :raises NotUnderstood:
    """
    try:
        at = datetime.fromisoformat(given)
    except ValueError as unclear:
        raise NotUnderstood(f"{given!r} is not a date and time: write it as in 2026-11-01T01:30-05:00.") from unclear
    if _is_date(given):
        raise NotUnderstood(f"{given!r} has no time of day: write it as in 2026-11-01T01:30-05:00.")
    if at.year not in _YEARS:
        raise NotUnderstood(f"{what} must lie in the years {_YEARS[0]} to {_YEARS[-1]}.")
    return at if at.tzinfo is not None else _local(at, timezone)


def _is_date(given: str) -> bool:
    try:
        date.fromisoformat(given)
    except ValueError:
        return False
    return True


def _local(wall: datetime, timezone: str) -> datetime:
    first, second = (wall.replace(tzinfo=zone(timezone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    shown = f"{say.clock(wall)} on {say.brief_day(wall)}"
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) == wall:
        choices = f"{first.isoformat(timespec='minutes')} or {second.isoformat(timespec='minutes')}"
        raise NotUnderstood(f"{shown} comes twice in {timezone}: write {choices}.")
    moved = say.duration(abs(second.astimezone(UTC) - first.astimezone(UTC)))
    raise NotUnderstood(f"{shown} does not occur in {timezone}: the clocks go forward {moved} there.")


def day(given: str) -> date:
    """
    Return the day that was *given*.

    :raises NotUnderstood:
    """
    try:
        on = date.fromisoformat(given)
    except ValueError as unclear:
        raise NotUnderstood(f"{given!r} is not a day: write it as in 2026-11-30.") from unclear
    if on.year not in _YEARS:
        raise NotUnderstood(f"A day must lie in the years {_YEARS[0]} to {_YEARS[-1]}.")
    return on
