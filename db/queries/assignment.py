"""Claims as they are handed out, and those to whom they can be given."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ARRAY, BigInteger, Connection, DateTime, Integer, Text, bindparam, text


class Assignable(NamedTuple):
    """A claim, whose it is and since when, its version, whether its first contact is over, and whether it is closed."""

    client_id: int
    claim_id: int
    assignee_id: int | None
    assigned_at: datetime | None
    version: int
    over: bool
    closed: bool


class Holder(NamedTuple):
    """A claim and whose it is to be, since when; nobody's, since never, where both are None."""

    client_id: int
    claim_id: int
    staff_id: int | None
    since: datetime | None


class Taker(NamedTuple):
    """A person as one who is given claims; `clients` are those served and, now, covered."""

    active: bool
    role: str
    clients: list[int]


class Holding(NamedTuple):
    """Whose a claim is, and, where it was handed over with a note, who gave it, when and what was said."""

    staff_id: int
    giver: str | None
    given_at: datetime | None
    note: str | None


class Held(NamedTuple):
    """
    What a person holds of one client: claims that wait for first contact, and how many of them are overdue.

    `covered` tells that the person does not serve the client, but covers it now.
    """

    client_id: int
    code: str
    name: str
    covered: bool
    claims: int
    overdue: int


class Able(NamedTuple):
    """A person who can be given claims, with the ids of the clients served and, now, covered."""

    staff_id: int
    full_name: str
    role: str
    clients: list[int]


_PAIRS = "unnest(:clients, :claims) w(client_id, claim_id)"

_LOCKED = text(
    "select c.client_id, c.claim_id, c.assignee_id, c.assigned_at, c.version,"
    " c.closed_at is not null or c.first_contact_at is not null or c.date_of_death is not null, c.closed_at is not null"
    f" from claim c join {_PAIRS} on c.client_id = w.client_id and c.claim_id = w.claim_id"
    " order by c.client_id, c.claim_id for no key update of c"
).bindparams(bindparam("clients", type_=ARRAY(Integer)), bindparam("claims", type_=ARRAY(BigInteger)))

_GIVE = text(
    "update claim c set assignee_id = :to, assigned_at = case when cast(:to as int) is null then null else :at end,"
    f" version = version + 1 from {_PAIRS} where c.client_id = w.client_id and c.claim_id = w.claim_id"
).bindparams(
    bindparam("clients", type_=ARRAY(Integer)),
    bindparam("claims", type_=ARRAY(BigInteger)),
    bindparam("to", type_=Integer),
)

_RETURN = text(
    "update claim c set assignee_id = w.staff_id, assigned_at = w.since, version = version + 1"
    " from unnest(:clients, :claims, :people, :since) w(client_id, claim_id, staff_id, since)"
    " where c.client_id = w.client_id and c.claim_id = w.claim_id"
).bindparams(
    bindparam("clients", type_=ARRAY(Integer)),
    bindparam("claims", type_=ARRAY(BigInteger)),
    bindparam("people", type_=ARRAY(Integer)),
    bindparam("since", type_=ARRAY(DateTime(timezone=True))),
)

_NOTED = text(
    "insert into hand_over (client_id, claim_id, given_at, given_by, to_id, note)"
    " values (:client_id, :claim_id, :at, :by_id, :to, :note)"
)

_NAMES = text("select full_name from staff where staff_id = any (:ids) order by full_name").bindparams(
    bindparam("ids", type_=ARRAY(Integer))
)

_RECEIVERS = text("select staff_id, full_name from desk_receivers(:client_id) order by full_name, staff_id")

_TAKER = text("select active, role, clients from desk_taker(:staff_id)")

_HELD = text("select client_id, code, name, covered, claims, overdue from desk_held(:staff_id, :at)")
_LET_GO = text("select desk_let_go(:staff_id, :to)").bindparams(bindparam("to", type_=Integer))

_SERVING_SOME = text("""
    select count(*) from staff s
     where s.active and s.role = any (:roles) and s.role <> 'supervisor' and s.sign_in_name <> 'command-line'
       and (select count(distinct r.client_id) from reaches r
             where r.staff_id = s.staff_id and r.client_id = any (:clients)) between 1 and cardinality(:clients) - 1
""").bindparams(bindparam("roles", type_=ARRAY(Text)), bindparam("clients", type_=ARRAY(Integer)))

_TAKERS = text("""
    select s.staff_id, s.full_name, s.role,
           array(select r.client_id from reaches r where r.staff_id = s.staff_id)
      from staff s
     where s.active and s.role = any (:roles) and s.sign_in_name <> 'command-line'
       and (s.role = 'supervisor' or not exists (
            select from unnest(:clients) needed(client_id)
             where not exists (select from reaches r
                                where r.staff_id = s.staff_id and r.client_id = needed.client_id)))
     order by s.full_name, s.staff_id
""").bindparams(bindparam("roles", type_=ARRAY(Text)), bindparam("clients", type_=ARRAY(Integer)))


def _pairs(claims: Sequence[tuple[int, int]]) -> dict[str, list[int]]:
    return {"clients": [client_id for client_id, _ in claims], "claims": [claim_id for _, claim_id in claims]}


def locked(tx: Connection, claims: Sequence[tuple[int, int]]) -> list[Assignable]:
    """Return those of *claims* that are in scope, locked in the order of their keys until the transaction ends."""
    return [Assignable._make(row) for row in tx.execute(_LOCKED, _pairs(claims))]


def give(tx: Connection, claims: Sequence[tuple[int, int]], *, to: int | None, at: datetime) -> None:
    """Write that *claims* are with *to* (None: nobody) from *at* on."""
    tx.execute(_GIVE, {**_pairs(claims), "to": to, "at": at})


def give_back(tx: Connection, holders: Sequence[Holder]) -> None:
    """Write that each claim is with its holder again, as long as it was before."""
    tx.execute(
        _RETURN,
        {
            **_pairs([(holder.client_id, holder.claim_id) for holder in holders]),
            "people": [holder.staff_id for holder in holders],
            "since": [holder.since for holder in holders],
        },
    )


def note(tx: Connection, client_id: int, claim_id: int, *, by_id: int, to: int, note: str, at: datetime) -> None:
    """Write what is said to *to* as the claim is handed over; before it is, for then it is somebody else's."""
    tx.execute(
        _NOTED,
        {"client_id": client_id, "claim_id": claim_id, "by_id": by_id, "to": to, "note": note, "at": at},
    )


def names(tx: Connection, staff_ids: Collection[int]) -> list[str]:
    """Return the names of these people, in their order."""
    return list(tx.execute(_NAMES, {"ids": sorted(staff_ids)}).scalars())


def receivers(tx: Connection, client_id: int) -> list[tuple[int, str]]:
    """Return id and name of everybody who may hold a claim of the client, by name; nobody where it is not in scope."""
    return [(row.staff_id, row.full_name) for row in tx.execute(_RECEIVERS, {"client_id": client_id})]


def taker(tx: Connection, staff_id: int) -> Taker | None:
    """
    Return the person as one who could be given claims; None where there is none.

    Until the transaction ends nobody disables that person, changes the role or takes a client away.
    """
    row = tx.execute(_TAKER, {"staff_id": staff_id}).one_or_none()
    return Taker._make(row) if row else None


def takers(tx: Connection, *, roles: Collection[str], clients: Collection[int]) -> list[Able]:
    """Return active people of *roles* who reach all of *clients*, by name."""
    rows = tx.execute(_TAKERS, {"roles": list(roles), "clients": sorted(clients)})
    return [Able._make(row) for row in rows]


def serving_some(tx: Connection, *, roles: Collection[str], clients: Collection[int]) -> int:
    """Return how many active people of *roles* reach some of *clients* and not all of them."""
    number: int = tx.execute(_SERVING_SOME, {"roles": list(roles), "clients": sorted(clients)}).scalar_one()
    return number


def held(tx: Connection, staff_id: int, *, at: datetime) -> list[Held]:
    """Return what the person holds as of *at*, by client; nothing for whoever neither supervises nor manages people."""
    return [Held._make(row) for row in tx.execute(_HELD, {"staff_id": staff_id, "at": at})]


def let_go(tx: Connection, staff_id: int, *, to: int | None) -> int:
    """Give to *to*, or to nobody yet, what the person holds and may not hold any more; return how many claims."""
    moved: int = tx.execute(_LET_GO, {"staff_id": staff_id, "to": to}).scalar_one()
    return moved
