"""What was promised to a client, over time."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from db.models.clients import ClientHoliday, SlaPolicy
from db.models.staff import Staff


class Promise(NamedTuple):
    """One SLA policy as stored; in force from `effective_from` until the next one's. `set_by` is a name."""

    effective_from: datetime
    hours: int
    clock: str
    timezone: str
    open_hours: str
    working_days: list[int]
    calendar: str
    set_by: str | None


class Change(NamedTuple):
    """A day that a client closes, or works though its calendar has a holiday. `set_by` is a name."""

    day: date
    name: str
    closed: bool
    effective_from: datetime
    set_by: str
    reason: str


_COLUMNS: list[Any] = [*(getattr(SlaPolicy, name) for name in Promise._fields[:-1]), Staff.full_name]
_PROMISES = (
    select(*_COLUMNS)
    .outerjoin(Staff, Staff.staff_id == SlaPolicy.set_by)
    .order_by(SlaPolicy.client_id, SlaPolicy.effective_from)
)
_OF_CLIENT = _PROMISES.where(SlaPolicy.client_id == bindparam("client_id"))
_OF_ALL = _PROMISES.add_columns(SlaPolicy.client_id)

_CHANGES = (
    select(
        ClientHoliday.day,
        ClientHoliday.name,
        ClientHoliday.closed,
        ClientHoliday.effective_from,
        Staff.full_name,
        ClientHoliday.reason,
    )
    .join(Staff, Staff.staff_id == ClientHoliday.set_by)
    .order_by(ClientHoliday.client_id, ClientHoliday.effective_from, ClientHoliday.day)
)
_CHANGES_OF_CLIENT = _CHANGES.where(ClientHoliday.client_id == bindparam("client_id"))
_CHANGES_OF_ALL = _CHANGES.add_columns(ClientHoliday.client_id)

CHANGES_COUNTED = """
    select x.day, x.name, x.closed, x.effective_from, s.full_name, x.reason
      from client_holiday x join staff s on s.staff_id = x.set_by
     where x.client_id = p.client_id and p.clock = 'business' order by x.effective_from, x.day
"""
"""SQL of the changes by which the promise *p*, of the statement around it, is counted."""


def of_client(tx: Connection, client_id: int) -> list[Promise]:
    """Return every SLA policy of the client, oldest first; none where the client is out of scope."""
    return [Promise(*row) for row in tx.execute(_OF_CLIENT, {"client_id": client_id})]


def of_all(tx: Connection) -> list[tuple[int, Promise]]:
    """Return every SLA policy of every client in scope with the client's id, oldest first for each."""
    return [(row.client_id, Promise(*row[:-1])) for row in tx.execute(_OF_ALL)]


def changes_of(tx: Connection, client_id: int) -> list[Change]:
    """Return how the client's days differ from its calendar, in the order in which that begins."""
    return [Change._make(row) for row in tx.execute(_CHANGES_OF_CLIENT, {"client_id": client_id})]


def changes_of_all(tx: Connection) -> list[tuple[int, Change]]:
    """Return the same of every client in scope, with the client's id."""
    return [(row.client_id, Change._make(row[:-1])) for row in tx.execute(_CHANGES_OF_ALL)]
