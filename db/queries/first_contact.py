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
    *timezone* is the IANA zone whose weekdays and hours are meant.
    """

    clients: list[int] | None
    jurisdictions: list[str] | None
    assignees: list[int] | None
    starts: datetime
    ends: datetime
    timezone: str


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
    """One claim behind the counts, without one word about the person. Instants are aware, UTC."""

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    jurisdiction: str | None
    reported_at: datetime
    due_at: datetime
    first_contact_at: datetime | None
    paused: bool


class Choice(NamedTuple):
    """Something to choose in a filter: a client, or somebody to whom claims are assigned."""

    id: int
    name: str


_KEPT = "(first_contact_at is not null and first_contact_at <= due_at)::int"
_COUNTED = "(closed_at is null or first_contact_at is not null)"
_CLIENTS = "client_id = any (:clients)"
_STATES = "jurisdiction = any (:jurisdictions)"
_OF_CLAIM = "coalesce(jurisdiction, '--') = any (:jurisdictions)"
_HOURS = "hour >= :starts and hour < :ends"
_REPORTED = "reported_at >= :starts and reported_at < :ends"
_EVERY_CLIENT = "client_id = any ((select array_agg(client_id) from client)::int[])"

# Zones are converted on the hours, of which a quarter has 2,160, once each, and not on its claims; counts of an hour
# are plain integers, whose sums need no numerics. One statement, one snapshot: it sees a change of the counts or its
# fold, never both, and week and hour agree.
_COUNTS = """
    with counted as (
      select hour, sum(reported::int)::int as reported, sum(on_time::int)::int as on_time,
             sum(running::int)::int as running
        from (select hour, reported, on_time, 0 as running from ({source}) facts
              union all
              select hour, 0, 0, running
                from desk_running(:clients, :jurisdictions, :assignees, :starts, :ends, :at)) parts
       group by hour),
    local as materialized (
      select hour at time zone :timezone as local, reported, on_time, running from counted),
    parts as materialized (
      select date_part('isodow', local)::int as weekday, date_part('hour', local)::int as hour, local::date as day,
             reported, on_time, running from local)
    select weekday, hour, week, sum(reported), sum(reported - running), sum(on_time)
      from (select weekday, hour, day - weekday + 1 as week, reported, on_time, running from parts) hours
     group by grouping sets ((weekday, hour), (week))
    having sum(reported) > 0
     order by week nulls first, weekday, hour
"""

_ROLLED = """
    select hour, reported, on_time from {table} where {where} and {hours}
    union all
    select hour, reported, on_time from fact_delta where {where} and {hours}
"""

_RAW = """
    select date_trunc('hour', reported_at, 'UTC') as hour, count(*) as reported, sum({kept}) as on_time
      from claim where assignee_id = any (:assignees) and {reported} and {counted} {more} group by 1
"""

_BINS = """
    select bin, sum(contacted)::bigint from (
      select bin, contacted from duration_by_client_day where {where} and day >= :first_day and day < :end_day
      union all
      select bin, contacted from fact_delta
       where {where} and bin is not null and hour >= :first_day ::timestamp at time zone 'UTC'
         and hour < :end_day ::timestamp at time zone 'UTC') both_
     group by bin having sum(contacted) > 0 order by bin
"""

_RAW_BINS = """
    select desk_duration_bin(reported_at, first_contact_at), count(*)
      from claim where assignee_id = any (:assignees) and {reported} and first_contact_at is not null {more}
     group by 1 order by 1
"""

# Hour by hour along each client's reports: however many claims there are, only those hours are read.
_BEHIND = """
    select c.client_id, c.claim_id, c.claim_number, k.name, c.jurisdiction, c.reported_at, c.due_at,
           c.first_contact_at, exists (select from clock_pause p where p.client_id = c.client_id
                                        and p.claim_id = c.claim_id and p.ends_at is null)
      from unnest(:hours) h(starts)
     cross join client k
     cross join lateral (
       select * from claim
        where claim.client_id = k.client_id
          and reported_at >= h.starts and reported_at < h.starts + interval '1 hour'
          and (closed_at is null or first_contact_at is not null)
          and (reported_at, claim_id) < (:before_at, :before_id) {more}
       offset 0) c -- keeps the planner to these few index reads
     where {clients}
     order by c.reported_at desc, c.claim_id desc limit :most
"""

_CHOOSE_CLIENT = text("select client_id, name from client order by name")
_CHOOSE_ASSIGNEE = text("""
    select distinct staff.staff_id, staff.full_name from staff
      join staff_client using (staff_id) join client using (client_id)
     where staff.role = 'va' order by 2
""")

_TYPES: dict[str, TypeEngine[Any]] = {
    "clients": ARRAY(Integer),
    "jurisdictions": ARRAY(Text),
    "assignees": ARRAY(Integer),
    "starts": DateTime(timezone=True),
    "ends": DateTime(timezone=True),
    "at": DateTime(timezone=True),
    "hours": ARRAY(DateTime(timezone=True)),
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
def _counts(by_client: bool, by_state: bool, by_assignee: bool) -> TextClause:
    if by_assignee:
        source = _RAW.format(kept=_KEPT, reported=_REPORTED, counted=_COUNTED, more=_more(by_client, by_state))
    elif by_client:
        table = "by_all_hour" if by_state else "by_client_hour"
        source = _ROLLED.format(table=table, where=_where(by_client, by_state), hours=_HOURS)
    elif by_state:
        source = "select hour, reported, on_time from desk_by_jurisdiction_hour(:jurisdictions, :starts, :ends)"
    else:
        source = "select hour, reported, on_time from desk_by_hour(:starts, :ends)"
    return _bound(_COUNTS.format(source=source))


@lru_cache
def _bins(by_client: bool, by_state: bool, by_assignee: bool) -> TextClause:
    if by_assignee:
        return _bound(_RAW_BINS.format(reported=_REPORTED, more=_more(by_client, by_state)))
    if not by_client and not by_state:
        return text("select bin, contacted from desk_durations(:first_day, :end_day) where contacted > 0 order by bin")
    where = _where(True, by_state) if by_client else f"{_EVERY_CLIENT} and {_STATES}"
    return _bound(_BINS.format(where=where))


@lru_cache
def _behind(by_client: bool, by_state: bool, by_assignee: bool) -> TextClause:
    more = _more(False, by_state)
    more += " and assignee_id = any (:assignees)" if by_assignee else ""
    return _bound(_BEHIND.format(clients=f"k.{_CLIENTS}" if by_client else "true", more=more))


def _grain(extent: Extent) -> tuple[bool, bool, bool]:
    return extent.clients is not None, extent.jurisdictions is not None, extent.assignees is not None


def counts(tx: Connection, extent: Extent, *, at: datetime) -> list[Count]:
    """
    Return the counts of *extent* as they stand at *at*: cells of weekday and hour first, then weeks.

    Read from the smallest of the kept counts that can answer; asked about persons, from their claims.
    """
    return [Count._make(row) for row in tx.execute(_counts(*_grain(extent)), extent._asdict() | {"at": at})]


def durations(tx: Connection, extent: Extent, *, first_day: date, end_day: date) -> list[Bin]:
    """
    Return how many workers were reached in which quarter-hour after the report, shortest first.

    Days run from *first_day* until before *end_day* in UTC; asked about persons, the extent's own instants hold.
    """
    values: dict[str, Any] = extent._asdict() | {"first_day": first_day, "end_day": end_day}
    return [Bin._make(row) for row in tx.execute(_bins(*_grain(extent)), values)]


def behind(
    tx: Connection, extent: Extent, hours: Sequence[datetime], *, before: tuple[datetime, int], most: int
) -> list[Behind]:
    """Return at most *most* claims of *extent* reported in one of *hours* and before *before*, the latest first."""
    values: dict[str, Any] = extent._asdict() | {
        "hours": list(hours),
        "before_at": before[0],
        "before_id": before[1],
        "most": most,
    }
    return [Behind._make(row) for row in tx.execute(_behind(*_grain(extent)), values)]


def clients(tx: Connection) -> list[Choice]:
    """Return the clients in scope, by name."""
    return [Choice._make(row) for row in tx.execute(_CHOOSE_CLIENT)]


def assignees(tx: Connection) -> list[Choice]:
    """Return the virtual assistants who serve a client in scope, by name."""
    return [Choice._make(row) for row in tx.execute(_CHOOSE_ASSIGNEE)]
