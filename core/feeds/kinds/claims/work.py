"""What a row says of care so far, of what the injury means for work, and of the worker's supervisor."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from core import telephones
from core.feeds.kinds.claims import values
from core.feeds.kinds.claims.dating import DatesOfClaim
from core.feeds.kinds.claims.told import checked, kept
from core.feeds.quoting import unread
from core.intake.doubts import days_away
from core.intake.elements import UNREADABLE, Question
from core.intake.readers import too_far_ahead
from core.intake.told import Report
from core.words import quoted

_FIELDS = frozenset(
    (
        *("initial_treatment", "treated_at", "occupation", "lost_time", "last_day_worked", "return_to_work"),
        *("modified_duty", "work_supervisor", "work_supervisor_phone"),
    )
)
_LIFETIME = timedelta(days=70 * 366)
DAYS_AWAY = "days_away"
"""Reason of a question about days away from work that do not go together."""


def care_and_work(given: dict[str, str], dates: DatesOfClaim, today: date, wrong: list[Question]) -> dict[str, Any]:
    """Return what the row says of them; what is none of what a report can say is quoted and asked about."""
    if _FIELDS.isdisjoint(given):
        return {}
    phone = given.get("work_supervisor_phone", "")

    def text(field: str, element: str) -> str | None:
        return kept(" ".join(given.get(field, "").split()), field, element, wrong)

    return {
        "initial_treatment": checked(
            given, "initial_treatment", "initial_treatment", values.treatment, "initial treatment", wrong
        ),
        "treated_at": text("treated_at", "treated_at"),
        "occupation": text("occupation", "occupation"),
        "lost_time": checked(given, "lost_time", "lost_time", values.lost_time, "yes, no or expected", wrong),
        "last_day_worked": _day(given, "last_day_worked", dates, today, lambda day: day > today, wrong),
        "return_to_work": _day(given, "return_to_work", dates, today, lambda day: too_far_ahead(day, today), wrong),
        "modified_duty": checked(given, "modified_duty", "modified_duty", values.yes_or_no, "yes or no", wrong),
        "work_supervisor": text("work_supervisor", "work_supervisor"),
        "work_supervisor_phone": telephones.readable(phone)
        or kept(phone, "work_supervisor_phone", "work_supervisor", wrong),
    }


def doubt_days_away(report: Report, today: date, wrong: list[Question]) -> None:
    """Ask about the days away from work that *report* tells and that do not go together; they stand as they are."""
    if report.last_day_worked or report.return_to_work:
        wrong += [Question(element, DAYS_AWAY, why) for element, why in days_away(report, today=today)]


def _day(
    given: dict[str, str],
    field: str,
    dates: DatesOfClaim,
    today: date,
    too_late: Callable[[date], bool],
    wrong: list[Question],
) -> date | None:
    """Return the day in *field*; one that cannot be read, or that nobody means, is quoted and asked about."""
    cell = given.get(field)
    if cell is None:
        return None
    moment = dates.moment(given, field)
    if moment and today - _LIFETIME < moment.day and not too_late(moment.day):
        return moment.day
    why = unread(cell, _WORDS[field])
    if moment and too_late(moment.day):
        why = f"The file says {quoted(cell)}; that day lies {'too far ' * (field == 'return_to_work')}ahead."
    wrong.append(Question(field, UNREADABLE, why))
    return None


_WORDS = {"last_day_worked": "last day worked", "return_to_work": "date of return to work"}
