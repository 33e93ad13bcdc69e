"""Who covers for which client, until when."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ARRAY, Connection, Text, bindparam, text


class Cover(NamedTuple):
    """Cover that holds or is to come: who, for which client, until before when, why, and by whom it was set."""

    client_id: int
    cover_id: int
    client: str
    staff_id: int
    person: str
    starts_at: datetime
    until: datetime
    reason: str
    set_by: str


class Ended(NamedTuple):
    """Cover that has ended: whose, and for which client."""

    client_id: int
    cover_id: int
    staff_id: int


class Candidate(NamedTuple):
    """Somebody who could cover."""

    staff_id: int
    full_name: str
    role: str


_CURRENT = text("""
    select c.client_id, c.cover_id, k.name, c.staff_id, s.full_name, c.starts_at, c.until, c.reason, b.full_name
      from client_cover c join client k using (client_id) join staff s on s.staff_id = c.staff_id
      join staff b on b.staff_id = c.set_by
     where c.ended_at is null and c.until > now() order by c.until, c.cover_id
""")

_CANDIDATES = text("""
    select s.staff_id, s.full_name, s.role from staff s
     where s.active and s.role = any (:roles)
       and not exists (select from staff_client c where c.staff_id = s.staff_id and c.client_id = :client_id)
     order by s.full_name
""").bindparams(bindparam("roles", type_=ARRAY(Text)))

_SERVES = text("select exists (select from staff_client where staff_id = :staff_id and client_id = :client_id)")

_ADD = text(
    "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
    " values (:client_id, :staff_id, :starts_at, :until, :reason, :set_by) returning cover_id"
)

_END = text(
    "update client_cover set ended_at = clock_timestamp(), ended_by = :by"
    " where client_id = :client_id and cover_id = :cover_id and ended_at is null and until > now() returning staff_id"
)

_END_THOSE_OVER = text(
    "update client_cover set ended_at = until, ended_by = :by where ended_at is null and until <= now()"
    " returning client_id, cover_id, staff_id"
)


def current(tx: Connection) -> list[Cover]:
    """Return cover that holds or is to come, that which ends first before the others."""
    return [Cover._make(row) for row in tx.execute(_CURRENT)]


def candidates(tx: Connection, client_id: int, *, roles: Collection[str]) -> list[Candidate]:
    """Return active people of *roles* who do not serve the client, by name."""
    return [Candidate._make(row) for row in tx.execute(_CANDIDATES, {"client_id": client_id, "roles": list(roles)})]


def serves(tx: Connection, staff_id: int, client_id: int) -> bool:
    """Tell whether the person serves the client."""
    serves: bool = tx.execute(_SERVES, {"staff_id": staff_id, "client_id": client_id}).scalar_one()
    return serves


def add(
    tx: Connection, *, client_id: int, staff_id: int, starts_at: datetime, until: datetime, reason: str, set_by: int
) -> int:
    """Write down cover; its number."""
    values = {
        "client_id": client_id, "staff_id": staff_id, "starts_at": starts_at, "until": until, "reason": reason,
        "set_by": set_by,
    }  # fmt: skip
    cover_id: int = tx.execute(_ADD, values).scalar_one()
    return cover_id


def end(tx: Connection, client_id: int, cover_id: int, *, by: int) -> int | None:
    """End cover now; return whose it was, None where it has ended."""
    return tx.execute(_END, {"client_id": client_id, "cover_id": cover_id, "by": by}).scalar()


def end_those_over(tx: Connection, *, by: int) -> list[Ended]:
    """Write down that cover has ended whose time is over; return it."""
    return [Ended._make(row) for row in tx.execute(_END_THOSE_OVER, {"by": by})]
