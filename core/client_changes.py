"""
What an administrator changes about a client: its name, its time zone, and what is promised to it from a moment on.

A promise that has begun never changes. One that is planned can be changed or withdrawn, so a client moves to another
zone by a promise too, which says the same in that zone: claims reported before keep their clock.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, takewhile

from sqlalchemy import Connection, text

from core import audit, promises, typed
from core import words as say
from core.access import Actor
from core.calendars import BusinessWeek
from core.clients import change_begins, client_name, in_force
from core.clocks import Clock, NoPolicyInForce, Policy, policy_counting, promised
from core.refusal import Refusal

LONGEST_REASON = 300
"""Characters of why a promise or a closed day changes."""

_RENAME = text("update client set name = :name where client_id = :client_id")
_WITHDRAW = text("delete from sla_policy where client_id = :client_id and effective_from = :effective_from")


class NothingChanged(Refusal):
    text = "Name and time zone are as they were: change one of them."


class BeginsInThePast(Refusal):
    text = "The beginning of a changed promise must not lie in the past: choose a later time."


class BeginningTaken(Refusal):
    text = "Another promise to this client begins at that very time: choose another time."


class SamePromise(Refusal):
    text = "This is what is promised then already: change the hours, the clock or the week."


class SamePromiseFollows(Refusal):
    text = "This is what is promised next already: change when that begins instead."


class NoSuchPromise(Refusal):
    text = "This promise is no longer planned: look at what is promised now."


class PromiseHasBegun(Refusal):
    text = "This promise has begun and stays as it is: promise something else from a later time on."


def edit(
    actor: Actor, tx: Connection, *, client_id: int, name: str, timezone: str | None, effective_from: datetime,
    seen: int, at: datetime,
) -> None:  # fmt: skip
    """
    Give the client another name, at once, or another time zone from *effective_from* on, or both.

    *timezone* None leaves the zone. The promise then in force goes on in the new zone, and so do those planned after
    it in the old one. Claims reported before keep their clock. *seen* is the `Client.version` this was decided on.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, ChangedMeanwhile, NameNotSensible, NothingChanged, ZoneUnknown:
    :raises BeginsInThePast, BeginningTaken, SamePromiseFollows: if the zone cannot change at that time.
    :raises NoPolicyInForce: if nothing is promised to the client, so that nothing can move.
    """
    before = change_begins(actor, tx, client_id, seen)
    name = client_name(name)
    moves = timezone is not None and _move(actor, tx, client_id, timezone, effective_from, at)
    if name == before and not moves:
        raise NothingChanged
    if name != before:
        tx.execute(_RENAME, {"client_id": client_id, "name": name})
        _record(actor, tx, "renamed", client_id, {"from": before, "to": name})


def promise(
    actor: Actor, tx: Connection, *, client_id: int, hours: int, clock: Clock, week: BusinessWeek,
    effective_from: datetime, reason: str, seen: int, at: datetime,
) -> None:  # fmt: skip
    """
    Promise something else from *effective_from* on, which is *at* or later.

    Claims reported before keep the deadline they were given: a claim's promise is that of its report. One that was to
    begin later still begins then. *seen* is the `Client.version` on which this was decided.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, ChangedMeanwhile, BeginsInThePast, BeginningTaken, NoReason, TooLong, HoursNotPromised:
    :raises SamePromise, SamePromiseFollows: if it says what is promised anyway.
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    change_begins(actor, tx, client_id, seen)
    known = promises.policies(actor, tx, client_id)
    reason = reason_for(reason)
    new = _next(known, hours, clock, week, effective_from, at)
    promises.store(actor, tx, client_id, new, reason)
    before = in_force(known, effective_from)
    _record(
        actor, tx, "promise_changed", client_id,
        {
            "from": promised(before) if before else None, "to": promised(new), "effective_from": _utc(effective_from),
            "reason": reason,
        },
    )  # fmt: skip


def replan(
    actor: Actor, tx: Connection, *, client_id: int, planned_from: datetime, hours: int, clock: Clock,
    week: BusinessWeek, effective_from: datetime, reason: str, seen: int, at: datetime,
) -> None:  # fmt: skip
    """
    Promise something else in the place of what was to begin at *planned_from*, or the same from another time on.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchPromise, PromiseHasBegun: if there is no such promise, or it is in force.
    :raises NoSuchClient, ChangedMeanwhile, BeginsInThePast, BeginningTaken, NoReason, TooLong, HoursNotPromised:
    :raises SamePromise, SamePromiseFollows: if it says what is promised anyway.
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    change_begins(actor, tx, client_id, seen)
    known = promises.policies(actor, tx, client_id)
    planned = _planned(known, planned_from, at)
    reason = reason_for(reason)
    others = [policy for policy in known if policy is not planned]
    new = _next(others, hours, clock, week, effective_from, at)
    if effective_from == planned_from and _same(new, planned):
        raise SamePromise
    _withdraw(tx, client_id, planned)
    promises.store(actor, tx, client_id, new, reason)
    _record(
        actor, tx, "promise_replanned", client_id,
        {
            "from": promised(planned), "to": promised(new), "planned_from": _utc(planned_from),
            "effective_from": _utc(effective_from), "reason": reason,
        },
    )  # fmt: skip


def withdraw(
    actor: Actor, tx: Connection, *, client_id: int, planned_from: datetime, reason: str, seen: int, at: datetime
) -> None:  # fmt: skip
    """
    Take back what was to be promised from *planned_from* on: what holds before goes on.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, ChangedMeanwhile, NoReason, TooLong:
    :raises NoSuchPromise, PromiseHasBegun: if there is no such promise, or it is in force.
    """
    change_begins(actor, tx, client_id, seen)
    planned = _planned(promises.policies(actor, tx, client_id), planned_from, at)
    reason = reason_for(reason)
    _withdraw(tx, client_id, planned)
    _record(
        actor, tx, "promise_withdrawn", client_id,
        {"promise": promised(planned), "effective_from": _utc(planned_from), "reason": reason},
    )  # fmt: skip


def _move(
    actor: Actor, tx: Connection, client_id: int, timezone: str, effective_from: datetime, at: datetime
) -> bool:  # fmt: skip
    """Have the client's dates and hours meant in *timezone* from *effective_from* on; tell whether that is a change."""
    known = promises.policies(actor, tx, client_id)
    if not known:
        raise NoPolicyInForce
    before = policy_counting(known, effective_from)
    if before.week.timezone == timezone:
        return False
    if effective_from < at:
        raise BeginsInThePast("A client's time zone must not change in the past: choose a later time.")
    later = [policy for policy in known if policy.effective_from > effective_from]
    along = list(takewhile(lambda policy: policy.week.timezone == before.week.timezone, later))
    replaced = [before] if before.effective_from == effective_from else []
    if replaced and effective_from <= at:
        raise BeginningTaken
    moved = [
        promises.sensible(
            int(policy.hours), policy.clock, replace(policy.week, timezone=timezone),
            effective_from=max(policy.effective_from, effective_from), at=at,
        )
        for policy in (before, *along)
    ]  # fmt: skip
    _differ([*moved, *later[len(along) :]])
    for policy in (*replaced, *along):
        _withdraw(tx, client_id, policy)
    moves = f"{say.zone(timezone)} in place of {say.zone(before.week.timezone)}"
    for policy in moved:
        promises.store(actor, tx, client_id, policy, moves)
    _record(
        actor, tx, "timezone_changed", client_id,
        {"from": before.week.timezone, "to": timezone, "effective_from": _utc(effective_from)},
    )  # fmt: skip
    return True


def _next(
    known: Sequence[Policy], hours: int, clock: Clock, week: BusinessWeek, effective_from: datetime, at: datetime
) -> Policy:
    """Return the promise that shall begin at *effective_from* among the *known* ones, if it can."""
    if effective_from < at:
        raise BeginsInThePast
    if any(policy.effective_from == effective_from for policy in known):
        raise BeginningTaken
    new = promises.sensible(hours, clock, week, effective_from=effective_from, at=at)
    before = in_force(known, effective_from)
    if before is not None and _same(before, new):
        raise SamePromise
    _differ([new, *[policy for policy in known if policy.effective_from > effective_from][:1]])
    return new


def _differ(following: Sequence[Policy]) -> None:
    if any(_same(one, after) for one, after in pairwise(following)):
        raise SamePromiseFollows


def _same(one: Policy, other: Policy) -> bool:
    """Tell whether two promises say the same; of true hours only their number and the zone say anything."""
    terms = [(policy.hours, policy.clock, policy.week.timezone) for policy in (one, other)]
    return terms[0] == terms[1] and (one.clock is Clock.ELAPSED or one.week == other.week)


def _planned(known: Sequence[Policy], planned_from: datetime, at: datetime) -> Policy:
    """Return the promise that begins at *planned_from*, which can still be changed."""
    planned = next((policy for policy in known if policy.effective_from == planned_from), None)
    if planned is None:
        raise NoSuchPromise
    if planned is known[0] or planned_from <= at:
        raise PromiseHasBegun
    return planned


def _withdraw(tx: Connection, client_id: int, planned: Policy) -> None:
    gone = tx.execute(_WITHDRAW, {"client_id": client_id, "effective_from": planned.effective_from})
    if gone.rowcount != 1:  # by the database's clock it has begun
        raise PromiseHasBegun


def reason_for(text: str) -> str:
    """
    Return the reason for a change as it is kept.

    :raises NoReason, TooLong: if it says nothing, or more than LONGEST_REASON characters.
    """
    return typed.reason(typed.one_line(text), LONGEST_REASON, "The reason for the change")


def _record(actor: Actor, tx: Connection, verb: str, client_id: int, detail: dict[str, object]) -> None:
    audit.record(actor, tx, verb=verb, noun="client", noun_id=client_id, client_id=client_id, detail=detail)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
