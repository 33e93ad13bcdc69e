"""Triage calls: those who make them, when they are free, and the calls that are booked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text

from db import session


class Clinician(NamedTuple):
    """
    Somebody who makes triage calls: `hours` of each day from Monday on, on clocks in `timezone`; and the spans, aware,
    in which that person is away, and is on a booked call, from their beginnings and ends.
    """

    staff_id: int
    full_name: str
    timezone: str
    hours: list[str]
    languages: list[str]
    licences: list[str]
    compact: bool
    daily_calls: int
    away_from: list[datetime]
    away_until: list[datetime]
    busy_from: list[datetime]
    busy_until: list[datetime]


class ToCall(NamedTuple):
    """What booking must know of a claim."""

    client_id: int
    claim_id: int
    claim_number: str
    jurisdiction: str | None
    language: str | None
    postal_code: str | None
    timezone: str | None
    best_hours: str | None
    do_not_contact: str | None
    spoken_for: bool
    due_at: datetime
    first_contact_at: datetime | None
    closed_at: datetime | None
    date_of_death: date | None


class Call(NamedTuple):
    """A triage call of a claim, booked or ended."""

    call_id: int
    clinician_id: int
    clinician: str
    clinician_timezone: str
    starts_at: datetime
    ends_at: datetime
    status: str
    uid: UUID
    sequence: int
    booked_at: datetime
    booked_by: str
    override_why: str | None
    ended_why: str | None
    changed_at: datetime | None


class Off(NamedTuple):
    """When a clinician is away."""

    off_id: int
    starts_at: datetime
    ends_at: datetime


class Calendar(NamedTuple):
    """What is set of a clinician for booking, and the time off that is still to come; `version` 0 where none is set."""

    staff_id: int
    full_name: str
    timezone: str
    hours: list[str]
    languages: list[str]
    licences: list[str]
    compact: bool
    daily_calls: int
    version: int
    away: list[Off]


_CALENDARS = text("""
    select s.staff_id, s.full_name, s.timezone, coalesce(c.hours, array_fill(''::text, array[7])),
           coalesce(c.languages, '{}'), coalesce(c.licences, '{}'), coalesce(c.compact, false),
           coalesce(c.daily_calls, 10), coalesce(c.version, 0), o.off_id, o.starts_at, o.ends_at
      from staff s left join clinician c on c.staff_id = s.staff_id
      left join time_off o on o.staff_id = s.staff_id and o.ends_at > :at
     where s.active and s.role = 'clinical' and desk_sets_calendar(s.staff_id)
     order by s.full_name, s.staff_id, o.starts_at, o.off_id
""")

_SETTABLE = text("select desk_sets_calendar(:staff_id)")

_SET = text("""
    insert into clinician as c (staff_id, hours, languages, licences, compact, daily_calls, set_at, set_by)
    select :staff_id, :hours, :languages, :licences, :compact, :daily_calls, :at, :by_id where :version = 0
    on conflict do nothing
""")

_CHANGE = text("""
    update clinician
       set hours = :hours, languages = :languages, licences = :licences, compact = :compact, daily_calls = :daily_calls,
           set_at = :at, set_by = :by_id, version = version + 1
     where staff_id = :staff_id and version = :version
""")

_ADD_OFF = text("""
    with added as (insert into time_off (staff_id, starts_at, ends_at, set_at, set_by)
                   values (:staff_id, :starts_at, :ends_at, :at, :by_id))
    select count(*) from triage_call
     where clinician_id = :staff_id and status = 'booked' and starts_at < :ends_at and ends_at > :starts_at
""")

_WITHDRAW_OFF = text("delete from time_off where staff_id = :staff_id and off_id = :off_id")


class DiaryCall(NamedTuple):
    """A triage call as a diary shows it, with nothing of the worker but the claim, and where the clocks are read."""

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    jurisdiction: str | None
    postal_code: str | None
    timezone: str | None
    clinician_id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    unwished: bool
    """Whether the worker is not to be contacted."""
    spoken_for: bool
    """Whether somebody speaks for the worker, and has not permitted a call."""


class AtAddress(NamedTuple):
    """A call as it is read at a clinician's address; one row without a call where there is none."""

    full_name: str
    timezone: str
    claim_number: str
    client: str
    starts_at: datetime
    ends_at: datetime
    status: str
    uid: UUID
    sequence: int
    changed_at: datetime


_AT_ADDRESS = text("select * from desk_calendar_at(:token_hash, :since)")

_KEEP_ADDRESS = text("""
    insert into calendar_address (staff_id, token_hash, made_at) values (:staff_id, :token_hash, :at)
    on conflict (staff_id) do update set token_hash = :token_hash, made_at = :at
""")

_WITHDRAW_ADDRESS = text("delete from calendar_address where staff_id = :staff_id")

_ADDRESS_SINCE = text("select made_at from calendar_address where staff_id = :staff_id")

_CLINICIANS = b"""
    select staff_id, full_name, timezone, hours, languages, licences, compact, daily_calls, away_from, away_until,
           busy_from, busy_until from desk_clinicians(cast(%(client_id)s as int), %(from)s, %(until)s)
"""

_SPOKEN_FOR = """r.permits is not true
             and (coalesce(r.name, r.firm, r.phone, r.email) is not null
                  or w.preferred_contact is not distinct from 'attorney')"""

_DIARY = text(f"""
    select t.client_id, t.claim_id, c.claim_number, k.name, c.jurisdiction, w.postal_code, w.timezone,
           t.clinician_id, t.starts_at, t.ends_at, t.status, w.do_not_contact is not null, {_SPOKEN_FOR}
      from triage_call t join claim c using (client_id, claim_id) join client k using (client_id)
      join injured_worker w using (client_id, worker_id)
      left join representative r on r.client_id = t.client_id and r.claim_id = t.claim_id
     where t.starts_at >= :from and t.starts_at < :until and t.status <> 'cancelled'
     order by t.starts_at, t.call_id
""")

_TO_CALL = f"""
    select c.client_id, c.claim_id, c.claim_number, c.jurisdiction, w.language, w.postal_code, w.timezone,
           w.best_hours, w.do_not_contact, {_SPOKEN_FOR},
           c.due_at, c.first_contact_at, c.closed_at, c.date_of_death
      from claim c join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id
      left join representative r on r.client_id = c.client_id and r.claim_id = c.claim_id
     where c.client_id = %(client_id)s and c.claim_id = %(claim_id)s
""".encode()

CALLS = """
    select t.call_id, t.clinician_id, s.full_name, s.timezone, t.starts_at, t.ends_at, t.status, t.uid, t.sequence,
           t.booked_at, b.full_name, t.override_why, t.ended_why, t.changed_at
      from triage_call t join staff s on s.staff_id = t.clinician_id join staff b on b.staff_id = t.booked_by
     where t.client_id = :client_id and t.claim_id = :claim_id order by t.starts_at desc, t.call_id desc
"""
"""A claim's triage calls, the columns of Call."""

_CALLS = text(CALLS)

_BOOK = text("""
    insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by, override_why)
    values (:client_id, :claim_id, :clinician_id, :starts_at, :ends_at, :at, :by_id, :override_why) returning call_id
""")

_MOVE = text("""
    update triage_call
       set clinician_id = :clinician_id, starts_at = :starts_at, ends_at = :ends_at, sequence = sequence + 1,
           override_why = :override_why, changed_at = :at, changed_by = :by_id
     where client_id = :client_id and claim_id = :claim_id and call_id = :call_id and status = 'booked'
       and sequence = :sequence
""")

_END = text("""
    update triage_call set status = :status, ended_why = :why, changed_at = :at, changed_by = :by_id
     where client_id = :client_id and claim_id = :claim_id and call_id = :call_id and status = 'booked'
       and sequence = :sequence
""")


def diary(tx: Connection, *, since: datetime, until: datetime) -> list[DiaryCall]:
    """Return the calls in scope that begin between, booked, made and missed, in the order of their times."""
    return [DiaryCall(*row) for row in tx.execute(_DIARY, {"from": since, "until": until})]


def clinicians(tx: Connection, client_id: int | None, *, since: datetime, until: datetime) -> list[Clinician]:
    """
    Return those who make triage calls for the client, None for any of the acting person's, with when they are not free
    between *since* and *until*.
    """
    values = {"client_id": client_id, "from": since, "until": until}
    return [Clinician._make(row) for row in session.rows(tx, _CLINICIANS, values)]


def to_call(tx: Connection, client_id: int, claim_id: int) -> ToCall | None:
    """Return what booking must know of the claim, or None where it is not in scope."""
    found = session.rows(tx, _TO_CALL, {"client_id": client_id, "claim_id": claim_id})
    return ToCall._make(found[0]) if found else None


def calls(tx: Connection, client_id: int, claim_id: int) -> list[Call]:
    """Return the claim's triage calls, the latest first."""
    return [Call(*row) for row in tx.execute(_CALLS, {"client_id": client_id, "claim_id": claim_id})]


def book(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep a call that is booked, and return its number."""
    call_id: int = tx.execute(_BOOK, values).scalar_one()
    return call_id


def move(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Move a booked call; False where it was moved or ended since it was seen."""
    return tx.execute(_MOVE, values).rowcount > 0


def end(tx: Connection, values: Mapping[str, Any]) -> bool:
    """End a booked call; False where it was moved or ended since it was seen."""
    return tx.execute(_END, values).rowcount > 0


def calendars(tx: Connection, *, at: datetime) -> list[Calendar]:
    """Return the calendars that the acting person sets, with the time off that is not over at *at*."""
    found: dict[int, Calendar] = {}
    for row in tx.execute(_CALENDARS, {"at": at}):
        calendar = found.setdefault(row.staff_id, Calendar._make((*row[:9], [])))
        if row.off_id is not None:
            calendar.away.append(Off(*row[9:]))
    return list(found.values())


def settable(tx: Connection, staff_id: int) -> bool:
    """Tell whether the acting person sets this one's calendar."""
    return bool(tx.execute(_SETTABLE, {"staff_id": staff_id}).scalar_one())


def set_calendar(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Set a calendar; False where another version stands than the one that was seen."""
    return tx.execute(_CHANGE if values["version"] else _SET, values).rowcount > 0


def add_time_off(tx: Connection, values: Mapping[str, Any]) -> int:
    """Add time off, and return how many booked calls it meets."""
    met: int = tx.execute(_ADD_OFF, values).scalar_one()
    return met


def withdraw_time_off(tx: Connection, staff_id: int, off_id: int) -> bool:
    """Take time off away again; False where there is no such one."""
    return tx.execute(_WITHDRAW_OFF, {"staff_id": staff_id, "off_id": off_id}).rowcount > 0


def at_address(tx: Connection, token_hash: bytes, *, since: datetime) -> list[AtAddress]:
    """Return the calls of whoever has the address, from *since* on; nothing where nobody has."""
    return [AtAddress(*row) for row in tx.execute(_AT_ADDRESS, {"token_hash": token_hash, "since": since})]


def keep_address(tx: Connection, staff_id: int, token_hash: bytes, *, at: datetime) -> None:
    """Keep the digest of a new address in place of the one before."""
    tx.execute(_KEEP_ADDRESS, {"staff_id": staff_id, "token_hash": token_hash, "at": at})


def withdraw_address(tx: Connection, staff_id: int) -> bool:
    """End an address; False where there is none."""
    return tx.execute(_WITHDRAW_ADDRESS, {"staff_id": staff_id}).rowcount > 0


def address_since(tx: Connection, staff_id: int) -> datetime | None:
    """Return since when there is an address; None where there is none in scope."""
    made_at: datetime | None = tx.execute(_ADDRESS_SINCE, {"staff_id": staff_id}).scalar_one_or_none()
    return made_at
