"""A client's closed days of the coming two years: its calendar's, and what an administrator adds or takes out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, text

from core import audit, promises, typed, walltime
from core.access import Action, Actor, of_client, require
from core.calendars import BusinessWeek, DayChange
from core.client_changes import BeginningTaken, BeginsInThePast, reason_for
from core.clients import LONGEST_NAME, NameNotSensible
from core.clocks import NoPolicyInForce, Policy, policy_counting
from core.holiday_calendars import closures
from core.refusal import Refusal
from core.scope import NoSuchClient
from db.queries import clients

_LISTED = timedelta(days=731)

# As where its promise changes: what two administrators decide at the same time comes one after the other.
_LOCK = text("select code from client where client_id = :client_id for no key update")
_ADD = text(
    "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
    " values (:client_id, :day, :effective_from, :closed, :name, :reason, :set_by, :set_at)"
)
_WITHDRAW = text("select desk_withdraw_closed_day(:client_id, :day, :effective_from, :reason)")


class DayNotListed(Refusal):
    text = "The day must lie within the coming two years, and not before the change begins: choose another day."


class DayNotWorked(Refusal):
    text = "The client does not work on that day of the week: there is nothing to close."


class AlreadyClosed(Refusal):
    text = "That day is closed already."


class NotClosed(Refusal):
    text = "That day is worked already: choose one of the closed days."


class ChangeHasBegun(Refusal):
    text = "This change of the closed days has begun, or is no longer planned: look at what holds now."


@dataclass(frozen=True)
class ListedDay:
    """
    A day that is closed, or would be if the client's own list did not say otherwise.

    `name` is that of the holiday. `change` is the latest entry of the client's own list for the day, None where its
    calendar alone closes it; `closed` tells what holds once that entry has begun.
    """

    day: date
    name: str
    closed: bool
    change: DayChange | None


def listed(actor: Actor, tx: Connection, *, client_id: int, at: datetime) -> list[ListedDay]:
    """
    Return the closed days of the coming two years, by the promise in force at *at*; none where nothing is promised.

    :raises NotAllowed: if the actor does not keep clients.
    """
    require(actor, Action.CLIENTS_MANAGE, of_client(client_id))
    known, timezone = promises.policies(actor, tx, client_id), clients.timezone_of(tx, client_id, at=at)
    if not known or timezone is None:
        return []
    week = policy_counting(known, at).week
    first = walltime.today(timezone, at)
    days = {
        day: ListedDay(day, name, True, None)
        for year in range(first.year, (first + _LISTED).year + 1)
        for day, name in closures(week.calendar, week.days, year).items()
    }
    for change in promises.changes_of(actor, tx, client_id):
        days[change.day] = ListedDay(change.day, change.name, change.closed, change)
    return [days[day] for day in sorted(days) if first <= day < first + _LISTED]


def add(
    actor: Actor, tx: Connection, *, client_id: int, day: date, name: str, effective_from: datetime, reason: str,
    at: datetime,
) -> None:  # fmt: skip
    """
    Close *day*, called *name*, for claims reported from *effective_from* on, which is *at* or later.

    Claims reported before keep the deadline they were given.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, BeginsInThePast, BeginningTaken, DayNotListed, NameNotSensible, NoReason, TooLong:
    :raises NoPolicyInForce: if nothing is promised to the client.
    :raises DayNotWorked, AlreadyClosed: if there is nothing to close.
    """
    week, timezone = _week(actor, tx, client_id, effective_from)
    name = typed.one_line(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameNotSensible(
            f"The day needs a name of at most {LONGEST_NAME} characters: write what it is closed for."
        )
    if day.isoweekday() not in week.days:
        raise DayNotWorked
    if closure := week.closure(day):
        raise AlreadyClosed(f"That day is closed already: {closure.holiday}.")
    change = DayChange(day, name, True, effective_from, actor.name, reason_for(reason))
    _store(actor, tx, client_id, change, timezone, at)


def take_out(
    actor: Actor, tx: Connection, *, client_id: int, day: date, effective_from: datetime, reason: str, at: datetime
) -> None:
    """
    Have *day* worked, which is a closed one, for claims reported from *effective_from* on, which is *at* or later.

    Claims reported before keep the deadline they were given.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, BeginsInThePast, BeginningTaken, DayNotListed, NoReason, TooLong:
    :raises NoPolicyInForce: if nothing is promised to the client.
    :raises NotClosed: if the day is worked.
    """
    week, timezone = _week(actor, tx, client_id, effective_from)
    closure = week.closure(day) if day.isoweekday() in week.days else None
    if closure is None:
        raise NotClosed
    change = DayChange(day, closure.holiday, False, effective_from, actor.name, reason_for(reason))
    _store(actor, tx, client_id, change, timezone, at)


def withdraw(
    actor: Actor, tx: Connection, *, client_id: int, day: date, effective_from: datetime, reason: str, at: datetime
) -> None:
    """
    Take back a change of *day* that was to begin at *effective_from*, later than *at*: what holds before goes on.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, NoReason, TooLong:
    :raises ChangeHasBegun: if it has begun, or there is none.
    """
    require(actor, Action.CLIENTS_MANAGE, of_client(client_id))
    if tx.execute(_LOCK, {"client_id": client_id}).scalar() is None:
        raise NoSuchClient
    which = {"client_id": client_id, "day": day, "effective_from": effective_from, "reason": reason_for(reason)}
    if effective_from <= at or not tx.execute(_WITHDRAW, which).scalar_one():
        raise ChangeHasBegun


def _week(actor: Actor, tx: Connection, client_id: int, at: datetime) -> tuple[BusinessWeek, str]:
    """Lock the client, and return the week that counts a report of *at*, and the zone of its days."""
    require(actor, Action.CLIENTS_MANAGE, of_client(client_id))
    if tx.execute(_LOCK, {"client_id": client_id}).scalar() is None:
        raise NoSuchClient
    known = promises.policies(actor, tx, client_id)
    if not known:
        raise NoPolicyInForce
    counting = policy_counting(known, at)
    timezone = counting.week.timezone
    changes = tuple(promises.changes_of(actor, tx, client_id))
    return Policy(counting.hours, counting.clock, counting.week, at, changes=changes).week_at(at), timezone


def _store(actor: Actor, tx: Connection, client_id: int, change: DayChange, timezone: str, at: datetime) -> None:
    if change.effective_from < at:
        raise BeginsInThePast("A change of the closed days must not begin in the past: choose a later time.")
    first = walltime.today(timezone, at)
    if not max(first, walltime.today(timezone, change.effective_from)) <= change.day < first + _LISTED:
        raise DayNotListed
    if any(
        (other.day, other.effective_from) == (change.day, change.effective_from)
        for other in promises.changes_of(actor, tx, client_id)
    ):
        raise BeginningTaken("That day is changed already from that very time on: choose another time.")
    tx.execute(
        _ADD,
        {
            "client_id": client_id, "day": change.day, "effective_from": change.effective_from,
            "closed": change.closed, "name": change.name, "reason": change.reason, "set_by": actor.staff_id,
            "set_at": at,
        },
    )  # fmt: skip
    _record(actor, tx, "closed_day_added" if change.closed else "closed_day_taken_out", client_id, change)


def _record(actor: Actor, tx: Connection, verb: str, client_id: int, change: DayChange) -> None:
    audit.record(
        actor, tx, verb=verb, noun="client", noun_id=client_id, client_id=client_id,
        detail={
            "day": change.day.isoformat(), "name": change.name, "reason": change.reason,
            "effective_from": change.effective_from.astimezone(UTC).isoformat(),
        },
    )  # fmt: skip
