"""The queue: open claims that wait for first contact, the most urgent first, and the counts above it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, Integer, TextClause, bindparam, text

from db.models.claims import WAITING


class Waiting(NamedTuple):
    """
    A claim on the queue, without one word about the person. Instants are aware, UTC.

    `paused_at` says since when its clock stands still; a pause that began when it was overdue is none, and stands in
    `paused_late_at`. `viewers` are those who have it open, each by staff id and name, the first to come first.
    """

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    jurisdiction: str | None
    reported_at: datetime
    due_at: datetime
    paused_at: datetime | None
    missing: list[str]
    assignee_id: int | None
    assignee: str | None
    last_at: datetime | None
    last_party: str | None
    last_method: str | None
    last_outcome: str | None
    viewers: list[tuple[int, str]]
    paused_late_at: datetime | None


class Tally(NamedTuple):
    """
    How the queue stands. A claim whose clock stands still is neither due nor overdue.

    `decided` counts promises kept or missed (the worker was reached, or the deadline passed, whichever was first) and
    `kept` those among them that were kept: today, by each client's own day, and over seven times 24 hours.
    """

    open: int
    unassigned: int
    soon: int
    overdue: int
    kept_today: int
    decided_today: int
    kept_week: int
    decided_week: int


# One table, the partial index's own order, the limit; names and attempts only for what is on the page.
_QUEUE = """
    with page as materialized (
      select client_id, claim_id, claim_number, jurisdiction, reported_at, due_at, assignee_id
        from claim
       where {waiting} {scope}
       order by due_at, claim_id limit :most)
    select page.client_id, page.claim_id, page.claim_number, client.name, page.jurisdiction, page.reported_at,
           page.due_at,
           case when desk_stands_still(pause.starts_at, pause.ends_at, page.due_at) then pause.starts_at end,
           coalesce(questions.elements, '{{}}'), page.assignee_id, staff.full_name,
           last.at, last.party, last.method, last.outcome, coalesce(viewing.those, '[]'),
           case when not desk_stands_still(pause.starts_at, pause.ends_at, page.due_at) then pause.starts_at end
      from page
      join client using (client_id)
      left join staff on staff.staff_id = page.assignee_id
      left join clock_pause pause
        on pause.client_id = page.client_id and pause.claim_id = page.claim_id and pause.ends_at is null
      left join lateral (
        select array_agg(q.element order by q.since, q.element) as elements from (
          select element, min(opened_at) as since from intake_question
           where client_id = page.client_id and claim_id = page.claim_id and answered_at is null group by element) q
        ) questions on true
      left join lateral (
        (select a.at, a.party, a.method, a.outcome from contact_attempt a
          where a.client_id = page.client_id and a.claim_id = page.claim_id and a.struck_at is null
          order by a.at desc limit 1)
        union all
        (select a.at, a.party, a.method, a.outcome
           from claim m join contact_attempt a on a.client_id = m.client_id and a.claim_id = m.claim_id
          where m.client_id = page.client_id and m.merged_into = page.claim_id and a.struck_at is null
          order by a.at desc limit 1)
         order by at desc limit 1) last on true
      left join (
        select v.client_id, v.claim_id,
               json_agg(json_build_array(v.staff_id, s.full_name) order by v.since, v.staff_id) as those
          from claim_viewer v join staff s using (staff_id) where v.seen_at > :viewing_since group by 1, 2
        ) viewing on viewing.client_id = page.client_id and viewing.claim_id = page.claim_id
     order by page.due_at, page.claim_id
"""

# Many claims were reached in a week: the promises, which say whose day it is, are looked up for those of today alone.
_TALLY = """
    with waiting as (
      select claim.due_at, claim.reported_at, claim.assignee_id, pause.pause_id is not null as paused,
             (claim.due_at at time zone promise.timezone)::date = (:at at time zone promise.timezone)::date as today
        from claim join sla_policy promise
          on promise.client_id = claim.client_id and promise.effective_from = claim.sla_effective_from
        left join clock_pause pause
          on pause.client_id = claim.client_id and pause.claim_id = claim.claim_id
         and desk_stands_still(pause.starts_at, pause.ends_at, claim.due_at)
       where {waiting} {scope}),
    reached as materialized (
      select claim.client_id, claim.sla_effective_from, claim.first_contact_at <= claim.due_at as kept,
             least(claim.first_contact_at, claim.due_at) as decided_at
        from claim
       where claim.first_contact_at > :week_ago and least(claim.first_contact_at, claim.due_at) > :week_ago
         and least(claim.first_contact_at, claim.due_at) <= :at and claim.merged_into is null {scope}),
    waiting_counts as (
      select count(*) as open, count(*) filter (where assignee_id is null) as unassigned,
             count(*) filter (where not paused and due_at >= :at
                              and due_at - :at < least(:soon, (due_at - reported_at) / :share)) as soon,
             count(*) filter (where not paused and due_at < :at) as overdue,
             count(*) filter (where not paused and due_at < :at and today) as missed_today,
             count(*) filter (where not paused and due_at < :at and due_at > :week_ago) as missed_week
        from waiting),
    reached_today as (
      select count(*) filter (where kept) as kept_today, count(*) as decided_today
        from reached join sla_policy promise
          on promise.client_id = reached.client_id and promise.effective_from = reached.sla_effective_from
       where reached.decided_at > :at - interval '26 hours' -- no day is longer
         and (reached.decided_at at time zone promise.timezone)::date = (:at at time zone promise.timezone)::date),
    reached_week as (select count(*) filter (where kept) as kept_week, count(*) as decided_week from reached)
    select open, unassigned, soon, overdue, kept_today, decided_today + missed_today, kept_week,
           decided_week + missed_week
      from waiting_counts, reached_today, reached_week
"""

_SCOPE = "and claim.client_id = any (:clients)"


def _two(sql: str) -> tuple[TextClause, TextClause]:
    served = text(sql.format(scope=_SCOPE, waiting=WAITING)).bindparams(bindparam("clients", type_=ARRAY(Integer)))
    return text(sql.format(scope="", waiting=WAITING)), served


_QUEUE_ALL, _QUEUE_SERVED = _two(_QUEUE)
_TALLY_ALL, _TALLY_SERVED = _two(_TALLY)


def queue(tx: Connection, clients: Collection[int] | None, *, most: int, viewing_since: datetime) -> list[Waiting]:
    """
    Return at most *most* claims of *clients* (None: of all) that wait for first contact, the most urgent first.

    Whoever was heard of on a claim's page after *viewing_since* has it open.
    """
    values: dict[str, Any] = {"most": most, "viewing_since": viewing_since}
    if clients is None:
        result = tx.execute(_QUEUE_ALL, values)
    else:
        result = tx.execute(_QUEUE_SERVED, values | {"clients": sorted(clients)})
    assert result.cursor is not None  # a query has one until it is closed
    # The driver's tuples as they are: rows of SQLAlchemy's in between would add a tenth to a list of a thousand.
    rows = [Waiting._make(row) for row in result.cursor.fetchall()]
    result.close()
    return rows


def tally(
    tx: Connection, clients: Collection[int] | None, *, at: datetime, soon: timedelta, share: int, week_ago: datetime
) -> Tally:
    """
    Return how the queue of *clients* (None: of all) stands at *at*.

    Less left than *soon* is due soon, or than one *share* of a promise where that is less.
    """
    values: dict[str, Any] = {"at": at, "soon": soon, "share": share, "week_ago": week_ago}
    if clients is None:
        return Tally._make(tx.execute(_TALLY_ALL, values).one())
    return Tally._make(tx.execute(_TALLY_SERVED, values | {"clients": sorted(clients)}).one())
