"""Open referrals, what is due first before the others, and how those of a scope stand."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, Integer, Interval, TextClause, bindparam, text


class OpenReferral(NamedTuple):
    """
    An open referral as a list shows it, without one word about the person: `claim_id` is the claim on which it is
    worked, `due_at` when the first of what it needs is due. Instants are aware, UTC.
    """

    client_id: int
    claim_id: int
    referral_id: int
    due_at: datetime
    claim_number: str
    client: str
    jurisdiction: str | None
    assignee_id: int | None
    assignee: str | None
    specialty: str
    provider: str
    outside_why: str | None
    made_at: datetime
    confirm_provider_by: datetime
    confirm_worker_by: datetime
    provider_confirmed_at: datetime | None
    worker_confirmed_at: datetime | None
    visit_status: str | None
    visit_at: datetime | None
    visit_changed_at: datetime | None
    viewers: list[tuple[int, str]]
    outcome: None = None


class Tally(NamedTuple):
    """How the referrals of a scope stand: those open, overdue and due soon; of late, those made, and outside by why."""

    open: int
    overdue: int
    soon: int
    made: int
    outside: int
    whys: dict[str, int]


# The first of what is still needed: core/referrals/states.py says the same.
DUE = """
    case when referral.visit_status = 'kept' then referral.visit_at + :report
         else least(case when referral.provider_confirmed_at is null then referral.confirm_provider_by end,
                    case when referral.worker_confirmed_at is null then referral.confirm_worker_by end,
                    case when referral.visit_status = 'booked' then referral.visit_at
                         when referral.visit_changed_at is not null then referral.visit_changed_at + :again
                         when referral.provider_confirmed_at is not null and referral.worker_confirmed_at is not null
                           then referral.confirm_worker_by end) end
"""
"""SQL of when the first of what an open referral needs is due."""

_OPEN = f"""
    with page as materialized (
      select referral.*, {DUE} as due_at from referral where ended_at is null {{scope}}
       order by due_at, referral_id limit :most)
    select page.client_id, coalesce(own.merged_into, own.claim_id), page.referral_id, page.due_at, claim.claim_number,
           client.name, claim.jurisdiction, claim.assignee_id, staff.full_name, page.specialty,
           coalesce(provider.name, page.outside_name), page.outside_why, page.made_at, page.confirm_provider_by,
           page.confirm_worker_by, page.provider_confirmed_at, page.worker_confirmed_at, page.visit_status,
           page.visit_at, page.visit_changed_at, coalesce(viewing.those, '[]')
      from page
      join claim own on own.client_id = page.client_id and own.claim_id = page.claim_id
      join claim on claim.client_id = own.client_id and claim.claim_id = coalesce(own.merged_into, own.claim_id)
      join client on client.client_id = page.client_id
      left join staff on staff.staff_id = claim.assignee_id
      left join provider on provider.provider_id = page.provider_id
      left join (
        select v.client_id, v.claim_id,
               json_agg(json_build_array(v.staff_id, s.full_name) order by v.since, v.staff_id) as those
          from claim_viewer v join staff s using (staff_id) where v.seen_at > :viewing_since group by 1, 2
        ) viewing on viewing.client_id = claim.client_id and viewing.claim_id = claim.claim_id
     order by page.due_at, page.referral_id
"""

_TALLY = f"""
    with due as (select {DUE} as due_at from referral where ended_at is null {{scope}}),
    made as (select outside_why, count(*) as number from referral where made_at > :since {{scope}} group by 1)
    select (select count(*) from due), (select count(*) from due where due_at < :at),
           (select count(*) from due where due_at >= :at and due_at < cast(:at as timestamptz) + :soon),
           coalesce(sum(number), 0)::int, coalesce(sum(number) filter (where outside_why is not null), 0)::int,
           coalesce(jsonb_object_agg(outside_why, number) filter (where outside_why is not null), '{{{{}}}}')
      from made
"""

_SCOPE = "and referral.client_id = any (:clients)"


def _two(sql: str) -> tuple[TextClause, TextClause]:
    intervals = [bindparam(name, type_=Interval) for name in ("report", "again", "soon") if f":{name}" in sql]
    served = text(sql.format(scope=_SCOPE)).bindparams(bindparam("clients", type_=ARRAY(Integer)), *intervals)
    return text(sql.format(scope="")).bindparams(*intervals), served


_OPEN_ALL, _OPEN_SERVED = _two(_OPEN)
_TALLY_ALL, _TALLY_SERVED = _two(_TALLY)


def open_ones(
    tx: Connection, clients: Collection[int] | None, *, report: timedelta, again: timedelta, most: int,
    viewing_since: datetime,
) -> list[OpenReferral]:  # fmt: skip
    """
    Return at most *most* open referrals of *clients* (None: of all), what is due first before the others. A report is
    due so long after an appointment that was kept, another appointment so long *again* after one that was not.

    Whoever was heard of on a claim's page after *viewing_since* has it open.
    """
    values: dict[str, Any] = {"report": report, "again": again, "most": most, "viewing_since": viewing_since}
    rows = (
        tx.execute(_OPEN_ALL, values)
        if clients is None
        else tx.execute(_OPEN_SERVED, values | {"clients": sorted(clients)})
    )
    return [OpenReferral(*row) for row in rows]


def tally(
    tx: Connection, clients: Collection[int] | None, *, report: timedelta, again: timedelta, at: datetime,
    soon: timedelta, since: datetime,
) -> Tally:  # fmt: skip
    """Return how the referrals of *clients* (None: of all) stand at *at*; made and outside are counted *since*."""
    values: dict[str, Any] = {"report": report, "again": again, "at": at, "soon": soon, "since": since}
    if clients is None:
        return Tally._make(tx.execute(_TALLY_ALL, values).one())
    return Tally._make(tx.execute(_TALLY_SERVED, values | {"clients": sorted(clients)}).one())
