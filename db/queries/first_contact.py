"""How the promise of first contact was kept: counts by local weekday and hour, by week, and the claims behind them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, DateTime, Integer, Text, TextClause, bindparam, text
from sqlalchemy.types import TypeEngine


class Extent(NamedTuple):
    """
    Which claims are asked about: reported from *starts* until before *ends* (aware instants).

    None for *clients*, *jurisdictions* (two letters, or two hyphens where not known) and *assignees* means all.
    Weekdays and hours are those of clocks that, from each of *since* on (ascending, the first is *starts*), are so many
    *shifts* (whole hours) ahead of UTC.
    """

    clients: list[int] | None
    jurisdictions: list[str] | None
    assignees: list[int] | None
    starts: datetime
    ends: datetime
    since: list[datetime]
    shifts: list[int]


class Count(NamedTuple):
    """
    Claims of one local weekday and hour (`week` is None) or of one week (the others are None).

    `weekday` 1 is Monday; `week` is its Monday. `decided` leaves out promises that are still running.
    """

    weekday: int | None
    hour: int | None
    week: date | None
    reported: int
    decided: int
    on_time: int


class Bin(NamedTuple):
    """How many workers were reached in the quarter-hour number `bin` after the report."""

    bin: int
    contacted: int


class Behind(NamedTuple):
    """
    One claim behind the counts, without one word about the person. Instants are aware, UTC.

    `paused` where its clock stands still; a pause that began when it was overdue is none. `missed` where the worker was
    reached after the due time, or not by then and the clock runs.
    """

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    jurisdiction: str | None
    reported_at: datetime
    due_at: datetime
    first_contact_at: datetime | None
    paused: bool
    missed: bool


class ClientCount(NamedTuple):
    """The same as in a Count, of one client by its name."""

    client_id: int
    name: str
    reported: int
    decided: int
    on_time: int


class Choice(NamedTuple):
    """Something to choose in a filter: a client, or somebody to whom claims are assigned."""

    id: int
    name: str


_CLIENTS = "client_id = any (:clients)"
_EVERY_CLIENT = "client_id = any ((select array_agg(client_id) from client)::int[])"
_STATES = "jurisdiction = any (:jurisdictions)"
_OF_CLAIM = "coalesce(jurisdiction, '--') = any (:jurisdictions)"

_COUNTS = """
    select weekday, hour, week, reported, decided, on_time
      from desk_first_contact(:clients, :jurisdictions, :assignees, :since, :shifts, :starts, :ends, :at)
"""

_BY_CLIENT = """
    select client_id, name, coalesce(sum(reported), 0)::bigint, coalesce(sum(decided), 0)::bigint,
           coalesce(sum(on_time), 0)::bigint
      from client
      left join lateral desk_first_contact(
             array[client_id], :jurisdictions, :assignees, :since, :shifts, :starts, :ends, :at) counts
             on counts.week is not null
     where client_id = any (:clients) group by client_id, name order by name
"""

_BINS = """
    select bin, sum(contacted)::bigint from (
      select bin, contacted from {table} where {where} and day >= :first_day and day < :end_day
      union all
      select bin, contacted from fact_delta
       where {where} and bin is not null and hour >= :first_day ::timestamp at time zone 'UTC'
         and hour < :end_day ::timestamp at time zone 'UTC') both_
     group by bin having sum(contacted) > 0 order by bin
"""

_BINS_OF_ASSIGNEES = """
    select bin, contacted from desk_durations_by_assignee(:clients, :jurisdictions, :assignees, :starts, :ends)
     order by bin
"""

# Hour by hour of one client's or one assignee's reports: however many claims there are, only those hours are read.
_BEHIND = """
    select c.client_id, c.claim_id, c.claim_number, k.name, c.jurisdiction, c.reported_at, c.due_at,
           c.first_contact_at, c.paused, c.missed
      from ({hours}) reports
     cross join lateral (
       select claim.*, paused, missed from claim
        cross join lateral (select exists (select from clock_pause p
                                            where p.client_id = claim.client_id and p.claim_id = claim.claim_id
                                              and desk_stands_still(p.starts_at, p.ends_at, claim.due_at)) as paused) p
        cross join lateral (select coalesce(first_contact_at > due_at, due_at < :at and not paused) as missed) m
        where claim.{of} = reports.{of}
          and reported_at >= reports.hour and reported_at < reports.hour + interval '1 hour'
          and (closed_at is null and date_of_death is null or first_contact_at is not null) and merged_into is null
          and (reported_at, claim_id) < (:before_at, :before_id) and missed = :missed {more}
       offset 0) c -- keeps the planner to these few index reads
      join client k on k.client_id = c.client_id
     order by c.reported_at desc, c.claim_id desc limit :most
"""

_OF_ASSIGNEES = "select hour, assignee_id from unnest(:hours) hour cross join unnest(:assignees) assignee_id"
_OF_CLIENTS = "select hour, client_id from unnest(:hours) hour cross join client where {clients}"

# Few clients have a report from one state in one hour; the kept counts say which.
_OF_STATES = """
    select hour, client_id from by_all_hour join unnest(:hours) hour using (hour)
     where {clients} and {states} and hour >= :first_hour and hour <= :last_hour
    union
    select hour, client_id from fact_delta join unnest(:hours) hour using (hour) where {clients} and {states}
"""

_CHOOSE_ASSIGNEE = text("""
    select distinct staff.staff_id, staff.full_name from staff
      join staff_client using (staff_id) join client using (client_id)
     where staff.role = 'va' order by 2
""")

_TYPES: dict[str, TypeEngine[Any]] = {
    "clients": ARRAY(Integer),
    "jurisdictions": ARRAY(Text),
    "assignees": ARRAY(Integer),
    "since": ARRAY(DateTime(timezone=True)),
    "shifts": ARRAY(Integer),
    "starts": DateTime(timezone=True),
    "ends": DateTime(timezone=True),
    "at": DateTime(timezone=True),
    "hours": ARRAY(DateTime(timezone=True)),
    "first_hour": DateTime(timezone=True),
    "last_hour": DateTime(timezone=True),
    "before_at": DateTime(timezone=True),
}


def _bound(sql: str) -> TextClause:
    made = text(sql)
    return made.bindparams(*(bindparam(name, type_=kind) for name, kind in _TYPES.items() if f":{name}" in sql))


def _more(by_client: bool, by_state: bool) -> str:
    return (f" and {_CLIENTS}" if by_client else "") + (f" and {_OF_CLAIM}" if by_state else "")


def _where(by_client: bool, by_state: bool) -> str:
    return " and ".join([_CLIENTS] * by_client + [_STATES] * by_state)


@lru_cache
def _counts() -> TextClause:
    return _bound(_COUNTS)


@lru_cache
def _by_client() -> TextClause:
    return _bound(_BY_CLIENT)


@lru_cache
def _bins(by_client: bool, by_state: bool, by_assignee: bool) -> TextClause:
    if by_assignee:
        return _bound(_BINS_OF_ASSIGNEES)
    if by_client:
        table = "duration_by_all_day" if by_state else "duration_by_client_day"
        return _bound(_BINS.format(table=table, where=_where(by_client, by_state)))
    source = "desk_durations_by_jurisdiction(:jurisdictions, " if by_state else "desk_durations("
    return _bound(f"select bin, contacted from {source}:first_day, :end_day) where contacted > 0 order by bin")


@lru_cache
def _behind(by_client: bool, by_state: bool, by_assignee: bool) -> TextClause:
    clients = _CLIENTS if by_client else _EVERY_CLIENT
    hours = _OF_STATES if by_state else _OF_CLIENTS
    of, more = "client_id", _more(False, by_state)
    if by_assignee:
        hours, of, more = _OF_ASSIGNEES, "assignee_id", _more(by_client, by_state)
    return _bound(_BEHIND.format(hours=hours.format(clients=clients, states=_STATES), of=of, more=more))


def _grain(extent: Extent) -> tuple[bool, bool, bool]:
    return extent.clients is not None, extent.jurisdictions is not None, extent.assignees is not None


def counts(tx: Connection, extent: Extent, *, at: datetime) -> list[Count]:
    """
    Return the counts of *extent* as they stand at *at*: cells of weekday and hour first, then weeks.

    Read from the smallest of the kept counts that can answer; asked about persons, from their claims.
    """
    return [Count._make(row) for row in tx.execute(_counts(), extent._asdict() | {"at": at}).all()]


def by_client(tx: Connection, extent: Extent, *, at: datetime) -> list[ClientCount]:
    """Return the counts of each client of *extent*, which names them, as they stand at *at*, by name."""
    return [ClientCount._make(row) for row in tx.execute(_by_client(), extent._asdict() | {"at": at})]


def durations(tx: Connection, extent: Extent, *, first_day: date, end_day: date) -> list[Bin]:
    """
    Return how many workers were reached in which quarter-hour after the report, shortest first.

    Days run from *first_day* until before *end_day* in UTC; asked about persons, the extent's own instants hold.
    """
    values: dict[str, Any] = extent._asdict() | {"first_day": first_day, "end_day": end_day}
    return [Bin._make(row) for row in tx.execute(_bins(*_grain(extent)), values).all()]


def behind(
    tx: Connection,
    extent: Extent,
    hours: Sequence[datetime],
    *,
    missed: bool,
    at: datetime,
    before: tuple[datetime, int],
    most: int,
) -> list[Behind]:
    """
    Return at most *most* claims of *extent* reported in one of *hours* and before *before*, the latest first.

    They are those whose promise was *missed* by *at*, or those whose was not. *before* is a report's time and a claim's
    id. *hours* are the instants at which they begin, UTC, the latest first, at least one.
    """
    values: dict[str, Any] = extent._asdict() | {
        "hours": list(hours),
        "first_hour": hours[-1],
        "last_hour": hours[0],
        "missed": missed,
        "at": at,
        "before_at": before[0],
        "before_id": before[1],
        "most": most,
    }
    return [Behind._make(row) for row in tx.execute(_behind(*_grain(extent)), values)]


def assignees(tx: Connection) -> list[Choice]:
    """Return the virtual assistants who serve a client in scope, by name."""
    return [Choice._make(row) for row in tx.execute(_CHOOSE_ASSIGNEE)]
