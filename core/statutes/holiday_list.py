"""The days off of a jurisdiction by year: those of its list, and what an administrator adds or takes out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from core import states, typed, walltime
from core.access import Action, Actor, Subject, require
from core.calendars import DayChange
from core.holiday_calendars import sources
from core.refusal import NoReason, Refusal, limited
from core.statutes import kept
from core.statutes.choosing import jurisdictions
from core.statutes.holidays import days_off, week_of
from core.statutes.shipped import shipped

NOUN = "statutory_holiday"
LONGEST_NAME, LONGEST_REASON = 80, 300
_YEARS = range(2000, 2100)

_ADD = text(
    "insert into statutory_holiday (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at)"
    " values (:jurisdiction, :day, :at, :closed, :name, :reason, :set_by, :at)"
)
_TAKEN = text(
    "select 1 from statutory_holiday where jurisdiction = :jurisdiction and day = :day and effective_from >= :at"
)


class NoDaysOff(Refusal):
    text = "No clock of this jurisdiction is kept, and so no days off."


class OnAWeekend(Refusal):
    text = "That day is a Saturday or a Sunday, which no clock counts as a working day."


class OffAlready(Refusal):
    text = "That day is off already."


class NotOff(Refusal):
    text = "That day is no day off: choose one of the list."


class YearNotListed(Refusal):
    text = f"Days off are listed for the years {_YEARS[0]} to {_YEARS[-1]}."


class ChangedMeanwhile(Refusal):
    text = "Somebody has just changed that day: look at what holds now."


@dataclass(frozen=True)
class DayOff:
    """
    A day off, or one that would be if it had not been taken out. `change` is what was last said of it, None where the
    list of the jurisdiction alone has it; `source` is how sure that is and from where, empty where that is not known.
    """

    day: date
    name: str
    off: bool
    change: DayChange | None
    source: str = ""


def listed(actor: Actor, tx: Connection, *, jurisdiction: str, year: int, at: datetime) -> list[DayOff]:
    """
    Return the days off of a year for clocks that start at *at*, and those taken out, in order.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoDaysOff: if no clock of the jurisdiction is kept.
    :raises YearNotListed:
    """
    require(actor, Action.RULES_MANAGE, Subject(NOUN))
    zone = _zone(jurisdiction)
    if year not in _YEARS:
        raise YearNotListed
    week = week_of(jurisdiction, zone, at=datetime(year, 1, 1, tzinfo=at.tzinfo))
    known = sources(week.calendar)
    days = {
        day: DayOff(day, name, True, None, known.get(name.removesuffix(" (observed)"), ""))
        for day, name in days_off(week, year).items()
    }
    # The week itself takes out what is in doubt; what an administrator says comes behind that.
    changes = [change for change in kept.changes(tx, jurisdiction) if change.effective_from <= at]
    for change in (*week.changes, *changes):
        if change.day.year == year:
            days[change.day] = DayOff(change.day, change.name, change.closed, change)
    return [days[day] for day in sorted(days)]


def add(actor: Actor, tx: Connection, *, jurisdiction: str, day: date, name: str, reason: str, at: datetime) -> None:
    """
    Have *day*, called *name*, be a day off for clocks that start from *at* on. Earlier ones stay as they were.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoDaysOff, OnAWeekend, OffAlready, YearNotListed, ChangedMeanwhile, NoReason, TooLong:
    """
    _only_here(actor, jurisdiction, day)
    name = limited(typed.one_line(name), LONGEST_NAME, "The name of the day")
    if not name:
        raise NoReason("Say what the day is called.")
    if day.isoweekday() > 5:
        raise OnAWeekend
    if any(each.day == day and each.off for each in listed(actor, tx, jurisdiction=jurisdiction, year=day.year, at=at)):
        raise OffAlready
    _store(actor, tx, jurisdiction, day, True, name, reason, at)


def take_out(actor: Actor, tx: Connection, *, jurisdiction: str, day: date, reason: str, at: datetime) -> None:
    """
    Have *day*, which is off, count as a working day for clocks that start from *at* on.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoDaysOff, NotOff, YearNotListed, ChangedMeanwhile, NoReason, TooLong:
    """
    _only_here(actor, jurisdiction, day)
    here = listed(actor, tx, jurisdiction=jurisdiction, year=day.year, at=at)
    off = next((each for each in here if each.day == day and each.off), None)
    if off is None:
        raise NotOff
    _store(actor, tx, jurisdiction, day, False, off.name, reason, at)


def today(jurisdiction: str, at: datetime) -> date:
    """
    Return which day it is where a jurisdiction's clocks run.

    :raises NoDaysOff: if no clock of the jurisdiction is kept.
    """
    return walltime.today(_zone(jurisdiction), at)


def _only_here(actor: Actor, jurisdiction: str, day: date) -> None:
    require(actor, Action.RULES_MANAGE, Subject(NOUN))
    _zone(jurisdiction)
    if day.year not in _YEARS:
        raise YearNotListed


def _zone(jurisdiction: str) -> str:
    if jurisdiction not in jurisdictions(shipped()):
        raise NoDaysOff(
            f"No clock of {states.NAMES.get(jurisdiction, 'this jurisdiction')} is kept, and so no days off."
        )
    return next(rule.zone for rule in shipped() if rule.jurisdiction == jurisdiction)


def _store(
    actor: Actor, tx: Connection, jurisdiction: str, day: date, closed: bool, name: str, reason: str, at: datetime
) -> None:
    why = typed.reason(typed.one_line(reason), LONGEST_REASON, "The reason for the change")
    which = {"jurisdiction": jurisdiction, "day": day, "at": at}
    if tx.execute(_TAKEN, which).first():
        raise ChangedMeanwhile
    tx.execute(_ADD, which | {"closed": closed, "name": name, "reason": why, "set_by": actor.staff_id})
