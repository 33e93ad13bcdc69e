"""Requests for authorization that are open, what is due first before the others, and how many there are."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, Integer, TextClause, bindparam, text


class Open(NamedTuple):
    """
    An open request, without one word about the person. Instants are aware, UTC.

    `since` is when its clock came to stand as it does where that is not running; `more` how many treatments are asked
    for beside the first. `last_…` tell of the last follow-up.
    """

    client_id: int
    claim_id: int
    request_id: int
    claim_number: str
    client: str
    jurisdiction: str
    kind: str
    what: str
    more: int
    provider: str
    received_at: datetime
    due_at: datetime | None
    ours: bool
    clock: str
    since: datetime
    outcome: str | None
    decided_at: datetime | None
    reviewer_id: int | None
    reviewer: str | None
    follow_up_at: datetime | None
    last_at: datetime | None
    last_party: str | None
    last_outcome: str | None
    escalated: str | None
    """To whom it went because nobody has answered: 'clinical', 'supervisor'; and `escalated_at` since when."""
    escalated_at: datetime | None


class Tally(NamedTuple):
    """How many requests are open; of those, without a reviewer, due within *soon*, and overdue by a clock of ours."""

    open: int
    unassigned: int
    soon: int
    overdue: int


_OPEN = """
    with page as materialized (
      select * from authorization_request where ended_at is null {scope}
       order by due_at, client_id, request_id limit :most)
    select page.client_id, page.claim_id, page.request_id, claim.claim_number, client.name, page.jurisdiction,
           page.kind, asked.words, asked.more, page.provider_name, page.received_at, page.due_at, page.ours, page.clock,
           case page.clock when 'tolled' then page.tolled_at when 'deferred' then page.deferred_at
                           else page.received_at end,
           page.outcome, page.decided_at, page.reviewer_id, reviewer.full_name, page.follow_up_at,
           last.at, last.party, last.outcome,
           case when page.decided_at is not null then null when page.to_supervisor_at <= :at then 'supervisor'
                when page.to_clinical_at <= :at then 'clinical' end,
           case when page.to_supervisor_at <= :at then page.to_supervisor_at else page.to_clinical_at end
      from page
      join claim on claim.client_id = page.client_id and claim.claim_id = page.claim_id
      join client on client.client_id = page.client_id
      left join staff reviewer on reviewer.staff_id = page.reviewer_id
     cross join lateral (
       select (array_agg(l.words order by l.line))[1] as words, (count(*) - 1)::int as more from service_line l
        where l.client_id = page.client_id and l.claim_id = page.claim_id and l.request_id = page.request_id) asked
      left join lateral (
       select f.at, f.party, f.outcome from authorization_follow_up f
        where f.client_id = page.client_id and f.claim_id = page.claim_id and f.request_id = page.request_id
        order by f.follow_up_id desc limit 1) last on true
     order by page.due_at, page.client_id, page.request_id
"""

_TALLY = """
    select count(*), count(*) filter (where reviewer_id is null),
           count(*) filter (where ours and clock in ('waiting', 'running', 'extended') and due_at >= :at
                              and due_at - :at < least(:soon, (due_at - received_at) / :share)),
           count(*) filter (where ours and clock in ('waiting', 'running', 'extended') and due_at < :at)
      from authorization_request where ended_at is null {scope}
"""


def requests(tx: Connection, clients: Collection[int] | None, *, most: int, at: datetime) -> list[Open]:
    """Return at most *most* open requests of *clients* (None: of all) as they stand *at*, what is due first before."""
    values: dict[str, Any] = {"most": most, "at": at}
    rows = tx.execute(_statement(_OPEN, clients is not None), _narrowed(values, clients))
    return [Open._make(row) for row in rows]


def tally(tx: Connection, clients: Collection[int] | None, *, at: datetime, soon: timedelta, share: int) -> Tally:
    """
    Return how the open requests of *clients* (None: of all) stand at *at*.

    Less left than *soon* is due soon, or than one *share* of the clock where that is less.
    """
    values: dict[str, Any] = {"at": at, "soon": soon, "share": share}
    return Tally._make(tx.execute(_statement(_TALLY, clients is not None), _narrowed(values, clients)).one())


def _narrowed(values: dict[str, Any], clients: Collection[int] | None) -> dict[str, Any]:
    return values if clients is None else values | {"clients": sorted(clients)}


@lru_cache
def _statement(sql: str, narrowed: bool) -> TextClause:
    statement = text(sql.format(scope="and client_id = any (:clients)" if narrowed else ""))
    return statement.bindparams(bindparam("clients", type_=ARRAY(Integer))) if narrowed else statement
