"""Requests for authorization by age and by the clock left: counts of those open, their rows, and how long it took."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, DateTime, Integer, Text, TextClause, bindparam, text
from sqlalchemy.types import TypeEngine


class Extent(NamedTuple):
    """
    Which requests are asked about, and how they are told apart; None for *clients* and *states* means all.

    *by* is client, jurisdiction, reviewer or provider. Of each of *jurisdictions* it is known when *today* ends there,
    and when the next two business *days* have. *ages* are moments, ascending, between which requests were received.
    """

    by: str
    clients: list[int] | None
    states: list[str] | None
    at: datetime
    jurisdictions: list[str]
    today: list[datetime]
    days: list[datetime]
    ages: list[datetime]


class Count(NamedTuple):
    """
    Open requests counted together: of a group (`key`, with its `name` where it has one) and a clock or an age, or of an
    age and a clock; the third is None. A clock is one of desk_clock_left; age 0 is the youngest.
    """

    key: str | None
    name: str | None
    age: int | None
    clock: int | None
    open: int


class Cell(NamedTuple):
    """Which open requests are looked for; None is any."""

    key: str | None = None
    age: int | None = None
    clock: int | None = None


class Behind(NamedTuple):
    """One open request behind the counts, without one word about the person. Instants are aware, UTC."""

    client_id: int
    claim_id: int
    request_id: int
    claim_number: str
    client: str
    jurisdiction: str
    kind: str
    provider: str
    reviewer: str | None
    received_at: datetime
    due_at: datetime | None
    left: int


class Turnaround(NamedTuple):
    """
    Requests of whose determination the provider was told: in a week (its Monday), of a group, or (both None) all.

    `dated` had a due time that was ours to keep, and `in_time` were told by then. Hours run from the clock's start.
    """

    week: date | None
    key: str | None
    name: str | None
    told: int
    dated: int
    in_time: int
    median: float
    ninetieth: float


class Slow(NamedTuple):
    """
    Somebody who is asked how open requests stand: how many of them are open, how often nobody answered since the last
    answer, since when; and how many hours half of those told lately took at most, None where there were none.
    """

    name: str
    open: int
    unanswered: int
    since: datetime | None
    told: int
    median: float | None


_COUNTS = """
    select key, name, age, clock, open
      from desk_authorization_aging(:by, :clients, :states, :at, :jurisdictions, :today, :days, :ages)
"""

_TURNAROUND = """
    select week, key, name, told, dated, in_time, median, ninetieth
      from desk_authorization_turnaround(:by, :clients, :states, :starts, :ends, :zone)
     order by week, key
"""

_WHERE = """
     where r.ended_at is null
       and (cast(:clients as int[]) is null or r.client_id = any (:clients))
       and (cast(:states as text[]) is null or r.jurisdiction = any (:states))
"""

# Rows are found in the order in which they fall due, so that the first are all that is read of their claims.
_BEHIND = f"""
    select r.client_id, r.claim_id, r.request_id, c.claim_number, k.name, r.jurisdiction, r.kind, r.provider_name,
           v.full_name, r.received_at, r.due_at, r.clock_left
      from (
        select r.*, x.clock_left
          from authorization_request r
          left join unnest(:jurisdictions, :today, :days) d (jurisdiction, today, days)
            on d.jurisdiction = r.jurisdiction
         cross join lateral (
           select desk_aging_group(:by, r.client_id, r.jurisdiction, r.reviewer_id, r.provider_npi,
                                   r.provider_name) as key,
                  cardinality(:ages) - width_bucket(r.received_at, :ages) as age,
                  desk_clock_left(r.clock, r.ours, r.due_at, :at, d.today, d.days) as clock_left) x
        {_WHERE}
           and exists (select from unnest(:cell_keys, :cell_ages, :cell_clocks) w (key, age, clock)
                        where coalesce(w.key = x.key, true) and coalesce(w.age = x.age, true)
                          and coalesce(w.clock = x.clock_left, true))
         order by r.due_at, r.client_id, r.request_id limit :most) r
      join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
      join client k on k.client_id = r.client_id
      left join staff v on v.staff_id = r.reviewer_id
     order by r.due_at, r.client_id, r.request_id
"""

# What was asked since the last answer waits for one; a promise to answer is none.
_SLOW = """
    with waiting as (
      select {key} as key, min({name}) as name, count(*) as open, sum(f.unanswered) as unanswered, min(f.since) as since
        from authorization_request r
        left join staff s on s.staff_id = r.reviewer_id
       cross join lateral (
         select count(*) as unanswered, min(f.at) as since from authorization_follow_up f
          where f.client_id = r.client_id and f.claim_id = r.claim_id and f.request_id = r.request_id
            and f.party = '{party}' and f.outcome <> 'answered'
            and not exists (select from authorization_follow_up a
                             where a.client_id = f.client_id and a.claim_id = f.claim_id and a.request_id = f.request_id
                               and a.party = f.party and a.outcome = 'answered' and a.at >= f.at)) f
      {where} and r.decided_at is null and {key} is not null
       group by 1),
    told as (
      select {key} as key, count(*) as told,
             percentile_cont(0.5) within group (
               order by extract(epoch from r.decided_at - coalesce(r.complete_at, r.received_at)))::float8 / 3600 median
        from authorization_request r
       where r.communicated_at >= :since
         and (cast(:clients as int[]) is null or r.client_id = any (:clients))
         and (cast(:states as text[]) is null or r.jurisdiction = any (:states))
         and {key} in (select key from waiting)
       group by 1)
    select w.name, w.open, w.unanswered, w.since, coalesce(t.told, 0), t.median
      from waiting w left join told t using (key)
     order by w.unanswered desc, t.median desc nulls last, w.name limit :most
"""

_WHO = {
    "reviewer": ("r.reviewer_id", "s.full_name"),
    "provider": ("coalesce(r.provider_npi, lower(r.provider_name))", "r.provider_name"),
}

_TYPES: dict[str, TypeEngine[Any]] = {
    "by": Text(),
    "zone": Text(),
    "clients": ARRAY(Integer),
    "states": ARRAY(Text),
    "jurisdictions": ARRAY(Text),
    "today": ARRAY(DateTime(timezone=True)),
    "days": ARRAY(DateTime(timezone=True)),
    "ages": ARRAY(DateTime(timezone=True)),
    "cell_keys": ARRAY(Text),
    "cell_ages": ARRAY(Integer),
    "cell_clocks": ARRAY(Integer),
    "at": DateTime(timezone=True),
    "since": DateTime(timezone=True),
    "starts": DateTime(timezone=True),
    "ends": DateTime(timezone=True),
}


@lru_cache
def bound(sql: str) -> TextClause:
    """Return the statement *sql* with the types of its values."""
    named = set(re.findall(r"(?<!:):([a-z_]+)", sql))
    return text(sql).bindparams(*(bindparam(name, type_=kind) for name, kind in _TYPES.items() if name in named))


def counts(tx: Connection, extent: Extent) -> list[Count]:
    """Return the open requests of *extent* counted by group and clock, by group and age, and by age and clock."""
    return [Count._make(row) for row in tx.execute(bound(_COUNTS), extent._asdict()).all()]


def behind(tx: Connection, extent: Extent, cells: Sequence[Cell], *, most: int) -> list[Behind]:
    """Return at most *most* of the open requests of *extent* that are in one of *cells*, in the order of due times."""
    wanted: dict[str, Any] = {
        "cell_keys": [cell.key for cell in cells],
        "cell_ages": [cell.age for cell in cells],
        "cell_clocks": [cell.clock for cell in cells],
        "most": most,
    }
    return [Behind._make(row) for row in tx.execute(bound(_BEHIND), extent._asdict() | wanted).all()]


def turnaround(tx: Connection, extent: Extent, *, starts: datetime, ends: datetime, zone: str) -> list[Turnaround]:
    """Return how long the requests of *extent* took whose provider was told from *starts* until before *ends*."""
    values: dict[str, Any] = extent._asdict() | {"starts": starts, "ends": ends, "zone": zone}
    return [Turnaround._make(row) for row in tx.execute(bound(_TURNAROUND), values)]


def slow(tx: Connection, extent: Extent, party: str, *, since: datetime, most: int) -> list[Slow]:
    """Return those of a *party* (reviewer, provider) whom open requests wait for, the one who answers least first."""
    key, name = _WHO[party]
    sql = _SLOW.format(key=key, name=name, party=party, where=_WHERE)
    values: dict[str, Any] = extent._asdict() | {"since": since, "most": most}
    return [Slow._make(row) for row in tx.execute(bound(sql), values)]
