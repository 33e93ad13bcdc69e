"""What is in doubt of a claim's dates: the flags that are raised, what settles them, and the question of each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core import walltime
from core.intake.elements import Question
from core.intake.readers import MOST_DAYS_AHEAD, too_far_ahead
from core.intake.told import Report

TIME_UNREAD = "report_time_unread"
"""The flag of a report whose time stands in a file and was not read: what stands there is quoted where it is asked."""

DATE_FLAGS = (
    *("future_injury", "negative_lag", "future_date", "report_time_missing", TIME_UNREAD, "report_time_midnight"),
)
"""The flags that speak of dates; a corrected report is looked at for these anew."""

LOOKED_AT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "birth_date": ("age_doubtful",),
        "date_of_injury": (*DATE_FLAGS, "age_doubtful", "hired_after_injury"),
        "injured_time": DATE_FLAGS,
    }
)
"""The fields whose change settles doubts or raises them, each with the flags that are looked at anew."""

_CANNOT_BE = ("future_injury", "negative_lag", "future_date")
"""The flags of dates that are likely typed wrong: a person is told before the report is kept."""

DEATH_FLAGS = ("death_in_future", "death_before_injury")
"""The flags that speak of a date of death."""

_SHIFT = timedelta(days=1)
"""Who is injured in a night's shift worked last on the day on which it began."""

YOUNGEST, OLDEST = 14, 90
"""Ages at injury between which a birth date is believed without asking."""


def date_flags(
    injured: date, reported_at: datetime, reported_to: str, *, injured_time: time | None = None,
    time_unread: bool = False, timezone: str, at: datetime,
) -> list[str]:  # fmt: skip
    """
    Return what looks wrong in a claim's dates, by name; nothing is corrected.

    Days are the client's, in *timezone*, and so is *injured_time*; *at* is the moment of looking. *time_unread* tells
    that a report of which only the day is known came with a time that was not read.
    """
    zone = ZoneInfo(timezone)
    reported, now = reported_at.astimezone(zone), _shown(at, timezone)
    of_day, midnight = reported_to == "day", reported.time() == time(0)
    # Instants are compared in UTC: in one zone a repeated hour would be compared by the wall.
    if injured < reported.date() and reported_at <= at and not (of_day or midnight):
        return []  # as nearly every claim; an import asks this of every row

    def follows(other: datetime, *, timed: bool) -> bool:
        """Tell whether the injury is later than *other*: on one day by the minute, where both have a time."""
        if injured_time is None or not timed or injured != other.date():
            return injured > other.date()
        return walltime.meant(injured, injured_time, zone).first.replace(second=0, microsecond=0) > other

    checks = {
        "future_injury": follows(now, timed=True),
        "negative_lag": follows(reported, timed=not (of_day or midnight)),
        "future_date": reported_at > at,
        "report_time_missing": of_day and not time_unread,
        TIME_UNREAD: of_day and time_unread,
        "report_time_midnight": not of_day and midnight,
    }
    return [name for name, holds in checks.items() if holds]


@lru_cache(maxsize=100)
def _shown(at: datetime, timezone: str) -> datetime:
    """Return *at* as clocks in *timezone* show it; an import asks it of one moment for every row."""
    return at.astimezone(ZoneInfo(timezone))


def flags(report: Report, *, timezone: str, at: datetime, time_unread: bool = False) -> list[str]:
    """Return everything that looks wrong in *report*, by name; the arguments are those of `date_flags`."""
    raised = date_flags(
        report.date_of_injury, report.reported_at, report.reported_to, injured_time=report.injured_time,
        time_unread=time_unread, timezone=timezone, at=at,
    )  # fmt: skip
    raised += age_flags(report.birth_date, report.date_of_injury)
    raised += death_flags(report.date_of_death, report.date_of_injury, timezone=timezone, at=at)
    if report.date_of_hire and report.date_of_hire > report.date_of_injury:
        raised.append("hired_after_injury")
    return raised


def cannot_be(report: Report, *, timezone: str, at: datetime) -> tuple[Question, ...]:
    """Return the questions about dates of *report* that are likely typed wrong; arguments as in `date_flags`."""
    return doubts([flag for flag in flags(report, timezone=timezone, at=at) if flag in _CANNOT_BE])


def days_away(report: Report, *, today: date) -> list[tuple[str, str]]:
    """Return what looks wrong in the days that *report* tells of being away from work: element and sentence."""
    last, back = report.last_day_worked, report.return_to_work
    last_day, returned = "last_day_worked", "return_to_work"
    checks = (
        (last_day, "The last day worked is before the date of injury.", last and last < report.date_of_injury - _SHIFT),
        (last_day, "The last day worked lies in the future.", last and last > today),
        (returned, "The return to work is before the last day worked.", last and back and back < last),
        (
            returned,
            f"The return to work lies more than {MOST_DAYS_AHEAD} days ahead.",
            back and too_far_ahead(back, today),
        ),
    )
    return [(element, sentence) for element, sentence, holds in checks if holds]


def death_flags(died: date | None, injured: date, *, timezone: str, at: datetime) -> list[str]:
    """Return what looks wrong in a date of death, by name; days and moment are those of `date_flags`."""
    if died is None:
        return []
    checks = {"death_in_future": died > walltime.today(timezone, at), "death_before_injury": died < injured}
    return [name for name, holds in checks.items() if holds]


def age_flags(born: date | None, injured: date) -> list[str]:
    """Return what looks wrong in a worker's age at injury, by name."""
    if born is None:
        return []
    age = injured.year - born.year - ((injured.month, injured.day) < (born.month, born.day))
    return [] if YOUNGEST <= age <= OLDEST else ["age_doubtful"]


def doubts(raised: Sequence[str]) -> tuple[Question, ...]:
    """
    Return the question of each flag in *raised*: the flag is its reason.

    An injury in the future is after its report too: that is not asked beside it.
    """
    implied = ("negative_lag",) if "future_injury" in raised else ()
    return tuple(Question(DOUBTS[flag][0], flag, DOUBTS[flag][1]) for flag in raised if flag not in implied)


DOUBTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "future_injury": ("date_of_injury", "The injury lies in the future."),
        "negative_lag": ("date_of_injury", "The injury is later than the report of it."),
        "future_date": ("reported_at", "The time of the report lies in the future."),
        "report_time_missing": ("reported_at", "The report came with a day and no time."),
        TIME_UNREAD: ("reported_at", "The time of the report was not read."),
        "report_time_midnight": (
            "reported_at",
            "The report's time is exactly midnight, which is often a missing time.",
        ),
        "hired_after_injury": ("date_of_injury", "The worker was hired after the date of injury."),
        "death_in_future": ("date_of_death", "The date of death lies in the future."),
        "death_before_injury": ("date_of_death", "The date of death is before the date of injury."),
        "age_doubtful": ("birth_date", f"By the date of birth the worker is not {YOUNGEST} to {OLDEST} years old."),
    }
)
"""Each flag: which element it puts in doubt, and why in words."""
