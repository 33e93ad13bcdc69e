"""Whom the MCO works for and what it promised them; an administrator adds clients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from core import audit, promises, typed
from core.access import Action, Actor, of_client, require
from core.calendars import BusinessWeek, ZoneUnknown, zones
from core.clocks import Clock, NoPolicyInForce, Policy, policy_counting, policy_in_force, promised
from core.refusal import Refusal
from core.scope import NoSuchClient
from db.queries import clients as queries

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""
Since when a client's first promise holds: before any claim that its first feeds carry.

Not since ever: a report from before is more likely a mistyped year. A feed counts it by the first promise and asks, and
so it is counted from then on (`policy_counting`); the form and a correction refuse it.
"""

LONGEST_NAME = 80

_CODE = re.compile(r"[A-Z0-9-]{2,16}")
_ADD = text(
    "insert into client (code, name, timezone, created_at) values (:code, :name, :timezone, :at)"
    " on conflict (code) do nothing returning client_id"
)
# Not its key is locked: reports that refer to the client are taken in meanwhile.
_NEXT_VERSION = text(
    "update client set version = version + 1 where client_id = :client_id and version = :seen returning name"
)


class CodeNotSensible(Refusal):
    text = "The code must be 2 to 16 capital letters, digits or hyphens: write it as in ACME-2."


class CodeTaken(Refusal):
    text = "Another client has this code already: choose another code."


class NameNotSensible(Refusal):
    text = f"The client's name must have 1 to {LONGEST_NAME} characters: write it as the client does."


class ChangedMeanwhile(Refusal):
    text = "This client was changed by somebody else meanwhile: look at what is promised now, then send yours again."


@dataclass(frozen=True)
class Client:
    """
    A client and what was promised to it; `timezone` (IANA) is the zone in which its dates and times are meant.

    `promise` is in force at the asked instant, and `since` says since when, None being since the start; `planned` are
    those that begin after it, the next one first. `version` says which state of all this was seen.
    """

    client_id: int
    code: str
    name: str
    timezone: str
    version: int
    promise: Policy | None
    since: datetime | None
    planned: tuple[Policy, ...]

    @property
    def upcoming(self) -> Policy | None:
        """The first promise to begin after the asked instant."""
        return self.planned[0] if self.planned else None

    def promise_at(self, at: datetime) -> Policy | None:
        """Return the promise that counts at *at*, which is not before the asked instant; None where there is none."""
        known = [policy for policy in (self.promise, *self.planned) if policy is not None]
        return policy_counting(known, at) if known else None

    def timezone_at(self, at: datetime) -> str:
        """Return the zone in which the client's dates and times will be meant at *at*."""
        counting = self.promise_at(at)
        return counting.week.timezone if counting else self.timezone


def listed(actor: Actor, tx: Connection, *, at: datetime) -> list[Client]:
    """
    Return every client by name, with the promise in force at *at* and those to come.

    :raises NotAllowed: if the actor does not keep clients.
    """
    require(actor, Action.CLIENTS_MANAGE)
    known, versions = promises.of_all(actor, tx), queries.versions(tx)
    return [
        _client(row, versions[row.client_id], known.get(row.client_id, ()), at) for row in queries.in_zones(tx, at=at)
    ]


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
    code, name = code.strip(), client_name(name)
    if not _CODE.fullmatch(code):
        raise CodeNotSensible
    if timezone not in zones():
        raise ZoneUnknown
    first = promises.sensible(hours, clock, week, effective_from=BEGINNING, at=at)

    values = {"code": code, "name": name, "timezone": timezone, "at": at}
    client_id: int | None = tx.execute(_ADD, values).scalar()
    if client_id is None:
        raise CodeTaken
    promises.store(actor, tx, client_id, first, "Agreed at the start")
    audit.record(
        actor, tx, verb="added", noun="client", noun_id=client_id, client_id=client_id,
        detail={"code": code, "name": name, "timezone": timezone, "promise": promised(first)},
    )  # fmt: skip
    return client_id


def change_begins(actor: Actor, tx: Connection, client_id: int, seen: int) -> str:
    """
    Lock the client for a change decided on its version *seen*, count the change, and return the client's name.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient:
    :raises ChangedMeanwhile: if somebody else has changed the client since.
    """
    require(actor, Action.CLIENTS_MANAGE, of_client(client_id))
    name: str | None = tx.execute(_NEXT_VERSION, {"client_id": client_id, "seen": seen}).scalar()
    if name is not None:
        return name
    raise ChangedMeanwhile if queries.is_in_scope(tx, client_id) else NoSuchClient


def client_name(text: str) -> str:
    """
    Return *text* as a client's name, on one line.

    :raises NameNotSensible:
    """
    name = typed.one_line(text)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameNotSensible
    return name


def _client(row: queries.ClientInZone, version: int, known: Sequence[Policy], at: datetime) -> Client:
    promise = in_force(known, at)
    since = promise.effective_from if promise and promise is not known[0] else None
    planned = tuple(policy for policy in known if policy.effective_from > at)
    return Client(*row, version=version, promise=promise, since=since, planned=planned)


def in_force(known: Sequence[Policy], at: datetime) -> Policy | None:
    """Return the promise among *known* that holds at *at*; None where none does yet."""
    try:
        return policy_in_force(known, at)
    except NoPolicyInForce:
        return None
