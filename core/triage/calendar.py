"""Clinicians' calendars for booking: hours, time off, languages and licences; set by themselves or a supervisor."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, Subject, require
from core.calendars import DAY_NAMES
from core.open_hours import HoursUnclear, stretches
from core.refusal import Refusal
from core.states import JURISDICTIONS
from db.queries import triage as queries
from db.queries.triage import Calendar

LONGEST_LANGUAGE = 40
MOST_LANGUAGES = 20
LONGEST_WEEK = 700
"""Letters of a week's hours; the database says the same."""
_LATEST = timedelta(days=3 * 366)
"""How far ahead time off ends at the latest."""
MOST_CALLS = 48
"""Calls a day, half an hour each."""


class NotYours(Refusal):
    text = "A clinician's calendar is set by that person or by a supervisor."


class CalendarChanged(Refusal):
    text = "Somebody has changed this calendar meanwhile. Look at it again before you change it."


class NotALanguage(Refusal):
    text = f"Name at most {MOST_LANGUAGES} languages, each in at most {LONGEST_LANGUAGE} letters, as 'Spanish'."


class NotAState(Refusal):
    text = "Licences are held in states that there are."


class CallsOutOfRange(Refusal):
    text = f"Between 0 and {MOST_CALLS} calls are booked on a day."


class TimeOffUnclear(Refusal):
    text = "Time off ends after it begins, is still to come within three years, and lasts a year at most."


class NoSuchTimeOff(Refusal):
    text = "This time off is not there any more."


def calendars(actor: Actor, tx: Connection, *, at: datetime) -> list[Calendar]:
    """
    Return the calendars that the actor sets: one's own, of a supervisor everybody's who is of the clinical staff. Time
    off that is over before *at* is left out; where nobody has set a calendar yet its hours are empty and version 0.

    :raises NotAllowed: if the actor sets no calendars.
    """
    require(actor, Action.CALENDAR_SET)
    return queries.calendars(tx, at=at)


def set_calendar(
    actor: Actor, tx: Connection, *, staff_id: int, hours: Sequence[str], languages: Collection[str],
    licences: Collection[str], compact: bool, daily_calls: int, version: int, at: datetime,
) -> None:  # fmt: skip
    """
    Set the clinician's calendar: *hours* of each day from Monday on, as in 08:00-12:00,13:00-17:00, or empty, on clocks
    in that person's zone. *version* is the one that the actor saw; 0 where none was set.

    :raises NotAllowed: if the actor sets no calendars.
    :raises NotYours: if it is another person's, and the actor is no supervisor; or that person is no clinician.
    :raises HoursUnclear, HoursOverlap: if a day's hours are written otherwise; says which.
    :raises NotALanguage, NotAState, CallsOutOfRange: if these are none.
    :raises CalendarChanged: if it was set by somebody else since.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", staff_id))
    spoken = list(dict.fromkeys(filter(None, map(typed.one_line, languages))))
    if (
        len(spoken) > MOST_LANGUAGES
        or len("".join(spoken)) > MOST_LANGUAGES * 20
        or max(map(len, spoken), default=0) > LONGEST_LANGUAGE
    ):
        raise NotALanguage
    if not set(licences) <= set(JURISDICTIONS):
        raise NotAState
    if not 0 <= daily_calls <= MOST_CALLS:
        raise CallsOutOfRange
    week = [_day(each) for each in hours]
    if len(week) != len(DAY_NAMES) or len("".join(week)) > LONGEST_WEEK:
        raise HoursUnclear("Give the hours of seven days, in a few stretches each.")
    values: dict[str, Any] = {
        "staff_id": staff_id, "hours": week, "languages": spoken,
        "licences": sorted(set(licences)), "compact": compact, "daily_calls": daily_calls, "version": version, "at": at,
        "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.settable(tx, staff_id):
        raise NotYours
    if not queries.set_calendar(tx, values):
        raise CalendarChanged


def add_time_off(
    actor: Actor, tx: Connection, *, staff_id: int, starts_at: datetime, ends_at: datetime, at: datetime
) -> int:
    """
    Note that the clinician is away between two instants (aware), and return how many booked calls that meets: they stay
    booked, and are moved by whoever sees them.

    :raises NotAllowed: if the actor sets no calendars.
    :raises NotYours: if it is another person's, and the actor is no supervisor; or that person is no clinician.
    :raises TimeOffUnclear: if it does not end after it begins, is over, or lasts more than a year.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", staff_id))
    if not at < ends_at < at + _LATEST or not starts_at < ends_at or (ends_at - starts_at).days >= 366:
        raise TimeOffUnclear
    if not queries.settable(tx, staff_id):
        raise NotYours
    values = {"staff_id": staff_id, "starts_at": starts_at, "ends_at": ends_at, "at": at, "by_id": actor.staff_id}
    return queries.add_time_off(tx, values)


def withdraw_time_off(actor: Actor, tx: Connection, *, staff_id: int, off_id: int) -> None:
    """
    Take back that the clinician is away.

    :raises NotAllowed: if the actor sets no calendars.
    :raises NoSuchTimeOff: if it is not there, or another person's and the actor is no supervisor.
    """
    require(actor, Action.CALENDAR_SET, Subject("clinician", staff_id))
    if not queries.withdraw_time_off(tx, staff_id, off_id):
        raise NoSuchTimeOff


def _day(hours: str) -> str:
    """Return a day's hours as they are kept: the stretches in their order; empty for a day that is not worked."""
    return ",".join(each.text for each in stretches(hours)) if hours.strip() else ""
