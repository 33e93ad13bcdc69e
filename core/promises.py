"""What was promised to a client, in the form that clocks count in; and a claim's deadline fixed by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, text

from core.access import Actor
from core.calendars import BusinessWeek, DayChange, ZoneUnknown, zones
from core.clocks import (
    Clock,
    Correction,
    Deadline,
    Grounds,
    Pause,
    Policy,
    deadline,
    policy_counting,
    policy_in_force,
)
from core.open_hours import stretches
from core.refusal import Refusal
from db.queries import claims, promises
from db.queries.claims import Frame, Whole
from db.queries.promises import Promise
from db.queries.timeline import Entry

MOST_HOURS = 720
"""The most hours a promise can have: 30 days."""

_PROMISE = text(
    "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar,"
    " set_by, reason) values (:client_id, :effective_from, :hours, :clock, :timezone, :open_hours, :working_days,"
    " :calendar, :set_by, :reason)"
)
_FIX = text(
    "update claim set reported_at = :reported_at, reported_to = :reported_to, sla_effective_from = :effective_from,"
    " due_at = :due_at, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)


class HoursNotPromised(Refusal):
    text = f"The hours promised must be a whole number from 1 to {MOST_HOURS}: change the hours."


def policies(actor: Actor, tx: Connection, client_id: int) -> list[Policy]:
    """Return the client's SLA policies, oldest first; none where the client is out of *actor*'s scope."""
    rows = promises.of_client(tx, client_id)
    by_week = any(row.clock == Clock.BUSINESS for row in rows)
    changes = changes_of(actor, tx, client_id) if by_week else []  # Nothing else is counted by them.
    return [_policy(row, changes) for row in rows]


def changes_of(actor: Actor, tx: Connection, client_id: int) -> list[DayChange]:
    """Return the days that the client closes or works besides its calendar, in the order in which that begins."""
    return [DayChange._make(row) for row in promises.changes_of(tx, client_id)]


def of_all(actor: Actor, tx: Connection) -> Mapping[int, list[Policy]]:
    """Return the SLA policies of every client in *actor*'s scope by client id, oldest first; a client's may be none."""
    changes: defaultdict[int, list[DayChange]] = defaultdict(list)
    for client_id, change in promises.changes_of_all(tx):
        changes[client_id].append(DayChange._make(change))
    known: defaultdict[int, list[Policy]] = defaultdict(list)
    for client_id, row in promises.of_all(tx):
        known[client_id].append(_policy(row, changes[client_id]))
    return known


def due(known: Sequence[Policy], reported_at: datetime) -> tuple[Policy, datetime]:
    """
    Return the policy among *known* in force at *reported_at*, and when first contact is due by it.

    :raises NoPolicyInForce: if none was in force so early.
    """
    policy = policy_in_force(known, reported_at)
    return policy, deadline(policy, reported_at).due_at


def sensible(hours: int, clock: Clock, week: BusinessWeek, *, effective_from: datetime, at: datetime) -> Policy:
    """
    Return the promise if claims can be counted by it: one reported at its beginning, or *at*, is due some day.

    :raises HoursNotPromised:
    :raises ZoneUnknown: if the week's zone is not among `zones()`.
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    if not 1 <= hours <= MOST_HOURS:
        raise HoursNotPromised
    if week.timezone not in zones():
        raise ZoneUnknown
    policy = Policy(hours, clock, week, effective_from)
    deadline(policy, max(effective_from, at))
    return policy


def store(actor: Actor, tx: Connection, client_id: int, policy: Policy, reason: str) -> None:
    """Write the promise down, as set by *actor*."""
    week = policy.week
    tx.execute(
        _PROMISE,
        {
            "client_id": client_id, "effective_from": policy.effective_from, "hours": policy.hours,
            "clock": policy.clock.value, "timezone": week.timezone, "open_hours": week.hours_text,
            "working_days": sorted(week.days), "calendar": week.calendar, "set_by": actor.staff_id, "reason": reason,
        },
    )  # fmt: skip


def deadline_of(claim: Whole, timeline: Sequence[Entry], *, now: datetime | None = None) -> Deadline:
    """
    Return the claim's deadline by the promise it carries and its pauses: every interval on the way, and its grounds.

    A pause that lasts is counted until *now*, if given. The *timeline* is the claim's, latest first.
    """
    policy = _policy(claim.promise, [DayChange._make(change) for change in claim.changes])
    grounds = Grounds(
        claim.told.client_name,
        None if claim.first_promise else policy.effective_from,
        tuple(_correction(entry) for entry in reversed(timeline) if entry.kind == "report_corrected"),
    )
    return replace(_count(claim.told.reported_at, claim.pauses, policy, now), grounds=grounds)


def stands_still(actor: Actor, tx: Connection, claim: Frame) -> bool:
    """Tell whether the claim's clock stands still: not where its pause began when the claim was overdue."""
    return _count(claim.reported_at, _pauses(tx, claim), _carried(actor, tx, claim)).lasting_pause is not None


def recount(actor: Actor, tx: Connection, claim: Frame) -> datetime:
    """
    Return when the claim is due now that a pause of it has ended, storing nothing.

    Counted by the promise that the claim carries, whatever was promised since. The end of a pause never makes a claim
    due earlier: a deadline that was given stands.
    """
    return max(claim.due_at, _count(claim.reported_at, _pauses(tx, claim), _carried(actor, tx, claim)).due_at)


def recount_paused(actor: Actor, tx: Connection, claim: Frame) -> datetime | None:
    """
    Return when the claim is due where its first contact ended no pause; None where it ended none. Nothing is stored.

    A deadline that was given, and that no pause has moved, stands.
    """
    pauses = _pauses(tx, claim)
    if not any(pause.by_contact for pause in pauses):
        return None
    policy = _carried(actor, tx, claim)
    if claim.due_at > _count(claim.reported_at, pauses, policy).due_at:
        return claim.due_at
    return _count(claim.reported_at, pauses, policy, given_back=True).due_at


def move(actor: Actor, tx: Connection, claim: Frame) -> datetime:
    """Store what `recount` says of *claim*, which is locked, and return it."""
    due_at = recount(actor, tx, claim)
    _store(tx, claim, claim.sla_effective_from, due_at)
    return due_at


def fix(actor: Actor, tx: Connection, claim: Frame) -> datetime:
    """
    Fix the deadline of a claim whose report's time was corrected; store both and return the deadline.

    *claim* is locked and carries the time that shall hold. It chooses its promise anew: what was in force when the
    report came is what was given to the client, earlier or later than the promise that the claim carried so far.
    """
    policy = policy_counting(policies(actor, tx, claim.client_id), claim.reported_at)
    due_at = _count(claim.reported_at, _pauses(tx, claim), policy).due_at
    _store(tx, claim, policy.effective_from, due_at)
    return due_at


def _store(tx: Connection, claim: Frame, effective_from: datetime, due_at: datetime) -> None:
    tx.execute(
        _FIX,
        {
            "reported_at": claim.reported_at,
            "reported_to": claim.reported_to,
            "effective_from": effective_from,
            "due_at": due_at,
            "client_id": claim.client_id,
            "claim_id": claim.claim_id,
        },
    )


def _policy(row: Promise, changes: Sequence[DayChange]) -> Policy:
    week = BusinessWeek(
        hours=stretches(row.open_hours),
        days=frozenset(row.working_days),
        timezone=row.timezone,
        calendar=row.calendar,
    )
    return Policy(row.hours, Clock(row.clock), week, row.effective_from, row.set_by, tuple(changes))


def _correction(entry: Entry) -> Correction:
    detail = entry.detail or {}
    before, after = (datetime.fromisoformat(at) for at in detail["reported_at"])
    return Correction(entry.at, entry.by, before, after, detail["why"])


def _carried(actor: Actor, tx: Connection, claim: Frame) -> Policy:
    """Return the promise that *claim* carries."""
    known = policies(actor, tx, claim.client_id)
    return next(policy for policy in known if policy.effective_from == claim.sla_effective_from)


def _pauses(tx: Connection, claim: Frame) -> list[claims.Pause]:
    return claims.pauses(tx, claim.client_id, claim.claim_id)


def _count(
    reported_at: datetime, pauses: Sequence[claims.Pause], policy: Policy, now: datetime | None = None, *,
    given_back: bool = False,
) -> Deadline:  # fmt: skip
    spans = [
        Pause(pause.starts_at, None if given_back and pause.by_contact else pause.ends_at, pause.reason, pause.set_by)
        for pause in pauses
    ]
    return deadline(policy, reported_at, spans, now=now)
