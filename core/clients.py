"""Whom the MCO works for and what it promised them: an administrator adds clients, and promises that begin later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from core import audit, promises
from core.access import Action, Actor, NotAllowed, of_client, require
from core.calendars import BusinessWeek, ZoneUnknown, zones
from core.clocks import Clock, NoPolicyInForce, Policy, deadline, policy_in_force, promised
from core.refusal import Refusal
from db.queries import promises as queries

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""
Since when a client's first promise holds: before any claim that its first feeds carry.

Not since ever: a report from before is more likely a mistyped year. A feed counts it by the first promise and asks, and
so it is counted from then on (`policy_counting`); the form and a correction refuse it.
"""

MOST_HOURS = 720
"""The most hours a promise can have: 30 days."""

LONGEST_NAME, LONGEST_REASON = 80, 300

_CODE = re.compile(r"[A-Z0-9-]{2,16}")
# Not its key: reports that refer to the client are taken in meanwhile.
_LOCK = text("select code from client where client_id = :client_id for no key update")
_ADD = text(
    "insert into client (code, name, timezone, created_at) values (:code, :name, :timezone, :at)"
    " on conflict (code) do nothing returning client_id"
)
_PROMISE = text(
    "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar,"
    " set_by, reason) values (:client_id, :effective_from, :hours, :clock, :timezone, :open_hours, :working_days,"
    " :calendar, :set_by, :reason)"
)


class CodeNotSensible(Refusal):
    text = "The code must be 2 to 16 capital letters, digits or hyphens: write it as in ACME-2."


class CodeTaken(Refusal):
    text = "Another client has this code already: choose another code."


class NameNotSensible(Refusal):
    text = "The client's name must have 1 to 80 characters: write it as the client does."


class HoursNotPromised(Refusal):
    text = "The hours promised must be a whole number from 1 to 720: change the hours."


class ReasonMissing(Refusal):
    text = "A changed promise needs a reason of at most 300 characters: write why it changes."


class BeginsInThePast(Refusal):
    text = "The beginning of a changed promise must not lie in the past: choose a later time."


class BeginningTaken(Refusal):
    text = "Another promise to this client begins at that very time: choose another time."


class ChangedMeanwhile(Refusal):
    text = "The promise to this client was changed by somebody else meanwhile: look at the list, then send yours again."


class NoSuchClient(NotAllowed):
    text = "There is no such client for you: choose one from the list."


@dataclass(frozen=True)
class Client:
    """
    A client and what was promised to it; `timezone` (IANA) is the zone in which its dates and times are meant.

    `promise` is in force at the asked instant, and `since` says since when, None being since the start; `upcoming` is
    the first to begin after it. `promises` counts all of them, past ones included; they are only ever added, so it says
    which state of them was seen.
    """

    client_id: int
    code: str
    name: str
    timezone: str
    promise: Policy | None
    since: datetime | None
    upcoming: Policy | None
    promises: int


def listed(actor: Actor, tx: Connection, *, at: datetime) -> list[Client]:
    """
    Return every client by name, with the promise in force at *at* and the next to come.

    :raises NotAllowed: if the actor does not keep clients.
    """
    require(actor, Action.CLIENTS_MANAGE)
    known = promises.of_all(actor, tx)
    return [_client(row, known.get(row.client_id, ()), at) for row in queries.clients(tx)]


def add(
    actor: Actor, tx: Connection, *, code: str, name: str, timezone: str, hours: int, clock: Clock, week: BusinessWeek,
    at: datetime,
) -> int:  # fmt: skip
    """
    Add a client with its first promise, in force since BEGINNING. Return its id.

    *hours* are those until first contact as *clock* counts them; *week* is open for a business clock.

    :raises NotAllowed: if the actor does not keep clients.
    :raises CodeNotSensible, CodeTaken, NameNotSensible, HoursNotPromised:
    :raises ZoneUnknown: if *timezone* is not among `zones()`.
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    require(actor, Action.CLIENTS_MANAGE)
    code, name = code.strip(), one_line(name)
    if not _CODE.fullmatch(code):
        raise CodeNotSensible
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameNotSensible
    if timezone not in zones():
        raise ZoneUnknown
    first = _sensible(hours, clock, week, effective_from=BEGINNING, at=at)

    values = {"code": code, "name": name, "timezone": timezone, "at": at}
    client_id: int | None = tx.execute(_ADD, values).scalar()
    if client_id is None:
        raise CodeTaken
    _store(actor, tx, client_id, first, "Agreed at the start")
    audit.record(
        actor, tx, verb="added", noun="client", noun_id=client_id, client_id=client_id,
        detail={"code": code, "name": name, "timezone": timezone, "promise": promised(first)},
    )  # fmt: skip
    return client_id


def promise(
    actor: Actor, tx: Connection, *, client_id: int, hours: int, clock: Clock, week: BusinessWeek,
    effective_from: datetime, reason: str, seen: int, at: datetime,
) -> None:  # fmt: skip
    """
    Promise something else from *effective_from* on, which is *at* or later.

    Claims reported before keep the deadline they were given: a claim's promise is that of its report. One that was to
    begin later still begins then. *seen* is how many promises the client had (`Client.promises`) when this was decided.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, ChangedMeanwhile, BeginsInThePast, BeginningTaken, ReasonMissing, HoursNotPromised:
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    require(actor, Action.CLIENTS_MANAGE, of_client(client_id))
    if tx.execute(_LOCK, {"client_id": client_id}).scalar() is None:
        raise NoSuchClient
    known = promises.policies(actor, tx, client_id)
    if len(known) != seen:
        raise ChangedMeanwhile
    if effective_from < at:
        raise BeginsInThePast
    if any(policy.effective_from == effective_from for policy in known):
        raise BeginningTaken
    reason = one_line(reason)
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise ReasonMissing
    new = _sensible(hours, clock, week, effective_from=effective_from, at=at)

    before = _in_force(known, effective_from)
    _store(actor, tx, client_id, new, reason)
    audit.record(
        actor, tx, verb="promise_changed", noun="client", noun_id=client_id, client_id=client_id,
        detail={
            "from": promised(before) if before else None, "to": promised(new),
            "effective_from": effective_from.astimezone(UTC).isoformat(), "reason": reason,
        },
    )  # fmt: skip


def _client(row: queries.ClientRow, known: Sequence[Policy], at: datetime) -> Client:
    promise = _in_force(known, at)
    since = promise.effective_from if promise and promise is not known[0] else None
    upcoming = next((policy for policy in known if policy.effective_from > at), None)
    return Client(*row, promise=promise, since=since, upcoming=upcoming, promises=len(known))


def _in_force(known: Sequence[Policy], at: datetime) -> Policy | None:
    try:
        return policy_in_force(known, at)
    except NoPolicyInForce:
        return None


def _sensible(hours: int, clock: Clock, week: BusinessWeek, *, effective_from: datetime, at: datetime) -> Policy:
    """Return the policy if claims can be counted by it: one reported at its beginning, or now, is due some day."""
    if not 1 <= hours <= MOST_HOURS:
        raise HoursNotPromised
    if week.timezone not in zones():
        raise ZoneUnknown
    policy = Policy(hours, clock, week, effective_from)
    deadline(policy, max(effective_from, at))
    return policy


def _store(actor: Actor, tx: Connection, client_id: int, policy: Policy, reason: str) -> None:
    week = policy.week
    tx.execute(
        _PROMISE,
        {
            "client_id": client_id, "effective_from": policy.effective_from, "hours": policy.hours,
            "clock": policy.clock.value, "timezone": week.timezone, "open_hours": week.hours_text,
            "working_days": sorted(week.days), "calendar": week.calendar, "set_by": actor.staff_id, "reason": reason,
        },
    )  # fmt: skip


def one_line(said: str) -> str:
    """Return *said* without line breaks, doubled blanks and characters that cannot be seen."""
    return "".join(sign for sign in " ".join(said.split()) if sign.isprintable())
