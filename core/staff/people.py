"""What an administrator keeps: who works here, in which role, for which clients, and whose sign-ins are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core import assignment, audit
from core.access import SEES_ALL_CLIENTS, Action, Actor, NotAllowed, Role, Subject, require
from core.refusal import Refusal
from core.scope import NoSuchClient
from core.staff.sessions import end_all, end_tickets
from db import locks

_PEOPLE = text(
    "select s.staff_id, s.sign_in_name, s.full_name, s.role, s.active, s.version,"
    " coalesce(array_agg(c.code order by c.code) filter (where c.code is not null), '{}') as clients,"
    " (select count(*) from staff_session e where e.staff_id = s.staff_id and e.ended_at is null"
    "   and e.last_seen_at > :since) as sessions"
    " from staff s left join staff_client sc using (staff_id) left join client c using (client_id)"
    " where s.sign_in_name <> 'command-line' group by s.staff_id order by s.active desc, s.full_name"
)
_FIND = text(
    "select sign_in_name, full_name, role, version from staff"
    " where staff_id = :id and sign_in_name <> 'command-line' for update"
)
_ACTIVE = text("update staff set active = :active, version = version + 1 where staff_id = :id")
_ROLE = text("update staff set role = :role, version = version + 1 where staff_id = :id")
_NEXT_VERSION = text("update staff set version = version + 1 where staff_id = :id")
_KNOWN = text("select count(*) from client where client_id = any (:client_ids)")
_SERVED = text("select client_id from staff_client where staff_id = :id")
_SERVE = text("insert into staff_client (staff_id, client_id) values (:id, :client_id) on conflict do nothing")
_LEAVE = text("delete from staff_client where staff_id = :id and client_id = :client_id")
_ALONE = text(f"select pg_advisory_xact_lock({locks.RIGHTS})")
_MANAGES = text("select desk_manages()")
_CLEAR = text("select desk_clear_lockout(:id)")


class NoSuchPerson(Refusal):
    text = "There is no such person."


class NotYourself(Refusal):
    text = "You cannot disable yourself or change your own role: ask another administrator."


class PersonChangedMeanwhile(Refusal):
    text = "This person was changed by somebody else meanwhile: look at what stands now, then save yours again."


class NoLongerAdministrator(NotAllowed):
    text = "You are no longer an administrator: somebody has just disabled you or changed your role."


@dataclass(frozen=True)
class Person:
    """
    Somebody who works here; `clients` are codes, `sessions` counts sign-ins seen since the asked instant.

    `version` says which state of role, clients and the right to sign in was seen.
    """

    staff_id: int
    sign_in_name: str
    full_name: str
    role: Role
    active: bool
    version: int
    clients: tuple[str, ...]
    sessions: int


class Disabled(NamedTuple):
    """What ended with a person: how many sessions, and how many claims were taken back."""

    sessions: int
    claims: int


class Locked(NamedTuple):
    """A person whom nobody else can change meanwhile."""

    sign_in_name: str
    full_name: str
    role: str
    version: int


def people(actor: Actor, tx: Connection, *, since: datetime) -> list[Person]:
    """
    Return everybody who works here, those who may sign in first; sessions not seen since *since* count as closed.

    :raises NotAllowed: if the actor does not manage people.
    """
    require(actor, Action.PEOPLE_MANAGE)
    return [
        Person(
            r.staff_id,
            r.sign_in_name,
            r.full_name,
            Role(r.role),
            r.active,
            r.version,
            tuple(r.clients),
            r.sessions,
        )
        for r in tx.execute(_PEOPLE, {"since": since})
    ]


def disable(actor: Actor, tx: Connection, *, staff_id: int, at: datetime, to: int | None = None) -> Disabled:
    """
    Shut a person out, now: every session ends, and what is held goes to the colleague *to*, or to nobody yet. What the
    person covers ends too, by `desk_rights_ended` in the database.

    :raises NotAllowed, NoSuchPerson, NotYourself, NoLongerAdministrator:
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all that is held.
    """
    _find_other(actor, tx, staff_id)
    tx.execute(_ACTIVE, {"id": staff_id, "active": False})
    ended = end_all(tx, staff_id=staff_id, at=at, why="disabled")
    moved = assignment.let_go(actor, tx, staff_id=staff_id, to=to, at=at)
    detail = {"sessions_ended": ended, "claims_taken_back": moved}
    audit.record(actor, tx, verb="disabled", noun="staff", noun_id=staff_id, detail=detail)
    return Disabled(ended, moved)


def enable(actor: Actor, tx: Connection, *, staff_id: int, at: datetime) -> None:
    """
    Let a person sign in again.

    :raises NotAllowed, NoSuchPerson:
    """
    find(actor, tx, staff_id)
    tx.execute(_ACTIVE, {"id": staff_id, "active": True})
    audit.record(actor, tx, verb="enabled", noun="staff", noun_id=staff_id)


def change_role(actor: Actor, tx: Connection, *, staff_id: int, role: Role, at: datetime, to: int | None = None) -> int:
    """
    Give a person another role; open sessions go on in it from their next interaction, one about to open does not.

    What is held and cannot be in that role goes to the colleague *to*, or to nobody yet; return how many claims did.
    What the person covers and cannot in that role ends too, by `desk_rights_ended` in the database.

    :raises NotAllowed, NoSuchPerson, NotYourself, NoLongerAdministrator:
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all that goes.
    """
    person = _find_other(actor, tx, staff_id)
    if person.role == role.value:
        return 0
    tx.execute(_ROLE, {"id": staff_id, "role": role.value})
    end_tickets(tx, staff_id=staff_id)
    change = {"from": person.role, "to": role.value}
    audit.record(actor, tx, verb="role_changed", noun="staff", noun_id=staff_id, detail=change)
    return assignment.let_go(actor, tx, staff_id=staff_id, to=to, at=at)


def set_clients(
    actor: Actor, tx: Connection, *, staff_id: int, client_ids: frozenset[int], at: datetime, to: int | None = None
) -> int:
    """
    Say whom a person serves: these clients and no others.

    What is held of a client that is taken away goes to the colleague *to*, or to nobody yet; return how many claims
    did. What the person covers stays.

    :raises NotAllowed, NoSuchPerson, NoLongerAdministrator, NoSuchClient:
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all that goes.
    """
    _find_undisturbed(actor, tx, staff_id)
    served = frozenset(tx.execute(_SERVED, {"id": staff_id}).scalars())
    added = client_ids - served
    if added and tx.execute(_KNOWN, {"client_ids": list(added)}).scalar_one() < len(added):
        raise NoSuchClient
    for client_id in sorted(added):
        tx.execute(_SERVE, {"id": staff_id, "client_id": client_id})
    for client_id in sorted(served - client_ids):
        tx.execute(_LEAVE, {"id": staff_id, "client_id": client_id})
    if client_ids == served:
        return 0
    tx.execute(_NEXT_VERSION, {"id": staff_id})
    change = {"added": sorted(added), "removed": sorted(served - client_ids)}
    audit.record(actor, tx, verb="clients_set", noun="staff", noun_id=staff_id, detail=change)
    return assignment.let_go(actor, tx, staff_id=staff_id, to=to, at=at)


def set_role_and_clients(
    actor: Actor, tx: Connection, *, staff_id: int, role: Role, client_ids: frozenset[int], seen: int, at: datetime,
    to: int | None = None,
) -> int:  # fmt: skip
    """
    Give a person a role and the clients to serve in it, at once: what can be held in the end stays.

    Everything else goes to the colleague *to*, or to nobody yet; return how many claims did. One's own role stays.
    *seen* is the `Person.version` on which this was decided.

    :raises NotAllowed, NoSuchPerson, NotYourself, NoLongerAdministrator:
    :raises PersonChangedMeanwhile: if somebody else has changed the person since.
    :raises NoSuchClient: if there is no such client.
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all that goes.
    """
    person = _find_undisturbed(actor, tx, staff_id)
    if person.version != seen:
        raise PersonChangedMeanwhile
    first = last = None
    if person.role != role.value:
        # Whoever sees all clients holds their claims while others are given or taken away.
        first, last = (role, None) if role in SEES_ALL_CLIENTS else (None, role)
    moved = change_role(actor, tx, staff_id=staff_id, role=first, at=at, to=to) if first else 0
    moved += set_clients(actor, tx, staff_id=staff_id, client_ids=client_ids, at=at, to=to)
    return moved + (change_role(actor, tx, staff_id=staff_id, role=last, at=at, to=to) if last else 0)


def end_sessions(actor: Actor, tx: Connection, *, staff_id: int, at: datetime) -> int:
    """
    End every open session of a person, everywhere at once. Return how many there were; of none, nothing is recorded.

    :raises NotAllowed, NoSuchPerson:
    """
    find(actor, tx, staff_id)
    ended = end_all(tx, staff_id=staff_id, at=at, why="ended by an administrator")
    if ended:
        audit.record(actor, tx, verb="sessions_ended", noun="staff", noun_id=staff_id, detail={"sessions_ended": ended})
    return ended


def clear_lockout(actor: Actor, tx: Connection, *, staff_id: int, at: datetime) -> None:
    """
    Forget the failed sign-ins by this person's name. Those of a network address run out by themselves.

    :raises NotAllowed, NoSuchPerson:
    """
    find(actor, tx, staff_id)
    unlock(tx, staff_id)


def unlock(tx: Connection, staff_id: int) -> None:
    """Forget the failed sign-ins by a person's name; the database puts that on the record."""
    tx.execute(_CLEAR, {"id": staff_id})


def find(actor: Actor, tx: Connection, staff_id: int) -> Locked:
    """
    Return a person who is about to be changed, and let nobody else change that one meanwhile.

    :raises NotAllowed, NoSuchPerson:
    """
    require(actor, Action.PEOPLE_MANAGE, Subject("staff", staff_id))
    row = tx.execute(_FIND, {"id": staff_id}).one_or_none()
    if row is None:
        raise NoSuchPerson
    return Locked(*row)


def _find_other(actor: Actor, tx: Connection, staff_id: int) -> Locked:
    person = _find_undisturbed(actor, tx, staff_id)
    if staff_id == actor.staff_id:
        raise NotYourself
    return person


def _find_undisturbed(actor: Actor, tx: Connection, staff_id: int) -> Locked:
    """
    Find a person while no other administrator changes anybody's rights, whoever those are.

    Of two administrators who disable each other at the same moment, the second is none any more when it is their turn.
    """
    require(actor, Action.PEOPLE_MANAGE, Subject("staff", staff_id))
    tx.execute(_ALONE)
    if not tx.execute(_MANAGES).scalar_one():
        raise NoLongerAdministrator
    return find(actor, tx, staff_id)
