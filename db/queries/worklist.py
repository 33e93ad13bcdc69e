"""Work items: what is next, derived from the records by one arm for each kind of work, in the order of what is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, Integer, TextClause, bindparam, text

from db.models.claims import WAITING


@dataclass(frozen=True)
class Arm:
    """
    A kind of work: its number, by which marks and keys name it, and the statement that finds its open items.

    The statement gives client_id int, claim_id bigint, due_at timestamptz, at timestamptz (when it last changed), why
    text (a code) and elements text[], at most :most of them, by due_at and claim_id; {scope} stands where clients
    and claims are narrowed, once, behind a condition on the one table that is read in that order. {waiting} is the
    condition of claims that wait for first contact, :at the present. Where it *waits*, its items wait while the claim's
    clock stands still. Where its items are *held* by somebody else than the claim, it gives who int as well: null for
    whoever has the claim, 0 for nobody, whoever has it.
    """

    number: int
    sql: str
    waits: bool = True
    held: bool = False


class Item(NamedTuple):
    """
    Something to do next on a claim, without one word about the person. Instants are aware, UTC.

    `at` is when `why` came to be, `reported_at` when the claim was reported. `giver` handed the claim to whoever has
    it, with a note. `paused_at` says since when the claim's clock stands still, `paused_late_at` since when it is
    paused though the item was overdue by then, which counts for nothing. `marks` are those who put it aside: staff id,
    name, until (ms since 1970), why.
    """

    client_id: int
    claim_id: int
    kind: int
    due_at: datetime
    at: datetime
    why: str
    elements: list[str]
    claim_number: str
    client: str
    jurisdiction: str | None
    paused_at: datetime | None
    assignee_id: int | None
    assignee: str | None
    giver: str | None
    marks: list[list[Any]]
    viewers: list[tuple[int, str]]
    paused_late_at: datetime | None
    reported_at: datetime


_ITEMS = """
    with item as materialized ({arms}),
    page as materialized (select * from item order by due_at, claim_id, kind limit :most)
    select page.client_id, page.claim_id, page.kind, page.due_at, page.at, page.why, page.elements,
           claim.claim_number, client.name, claim.jurisdiction,
           case when desk_stands_still(pause.starts_at, pause.ends_at, page.due_at) then pause.starts_at end,
           nullif(coalesce(page.who, claim.assignee_id), 0), staff.full_name, giver.full_name,
           coalesce(aside.marks, '[]'), coalesce(viewing.those, '[]'),
           case when not desk_stands_still(pause.starts_at, pause.ends_at, page.due_at) then pause.starts_at end,
           claim.reported_at
      from page
      join claim on claim.client_id = page.client_id and claim.claim_id = page.claim_id
      join client on client.client_id = page.client_id
      left join staff on staff.staff_id = coalesce(page.who, claim.assignee_id)
      left join hand_over given
        on given.client_id = page.client_id and given.claim_id = page.claim_id and given.given_at = claim.assigned_at
       and given.to_id = claim.assignee_id
      left join staff giver on giver.staff_id = given.given_by
      left join clock_pause pause
        on pause.client_id = page.client_id and pause.claim_id = page.claim_id and pause.ends_at is null
       and page.kind = any ('{{{waiting}}}'::int[])
      left join lateral (
        select jsonb_agg(
                 jsonb_build_array(m.staff_id, s.full_name, (extract(epoch from m.until) * 1000)::bigint, m.reason)
                 order by m.staff_id) as marks
          from work_mark m join staff s using (staff_id)
         where m.client_id = page.client_id and m.claim_id = page.claim_id and m.kind = page.kind
           and m.set_at >= page.at) aside on true
      left join (
        select v.client_id, v.claim_id,
               json_agg(json_build_array(v.staff_id, s.full_name) order by v.since, v.staff_id) as those
          from claim_viewer v join staff s using (staff_id) where v.seen_at > :viewing_since group by 1, 2
        ) viewing on viewing.client_id = page.client_id and viewing.claim_id = page.claim_id
     order by page.due_at, page.claim_id, page.kind
"""

_COUNT = "select count(*) from ({arms}) item"

_LOAD = """
    select coalesce(item.who, claim.assignee_id), count(*) from ({arms}) item
      join claim on claim.client_id = item.client_id and claim.claim_id = item.claim_id
     where coalesce(item.who, claim.assignee_id) <> 0 group by 1
"""

_ALL_OF_THEM = 10_000_000

_MARK = text(
    "insert into work_mark (client_id, claim_id, kind, staff_id, set_at, until, reason)"
    " select client_id, claim_id, :kind, :staff_id, :at, :until, :reason from claim"
    " where client_id = :client_id and claim_id = :claim_id"
    " on conflict (client_id, claim_id, kind, staff_id) do update"
    " set set_at = excluded.set_at, until = excluded.until, reason = excluded.reason"
)
_UNMARK = text("select desk_take_up(:client_id, :claim_id, :kind, :work)")


def items(
    tx: Connection, arms: Sequence[Arm], clients: Collection[int] | None, *, most: int, viewing_since: datetime,
    at: datetime,
    claim: tuple[int, int] | None = None,
) -> list[Item]:  # fmt: skip
    """
    Return at most *most* items of *arms*, of claims of *clients* (None: of all), what is due first before the others.

    With a *claim*, by client and number, those of that one alone.
    Whoever was heard of on a claim's page after *viewing_since* has it open.
    """
    statement = _statement(_ITEMS, tuple(arms), clients is not None, claim is not None)
    values: dict[str, Any] = {"most": most, "viewing_since": viewing_since, "at": at}
    if claim is not None:
        values |= {"client_id": claim[0], "claim_id": claim[1]}
    result = tx.execute(statement, values if clients is None else values | {"clients": sorted(clients)})
    assert result.cursor is not None  # a query has one until it is closed
    rows = [Item._make(row) for row in result.cursor.fetchall()]
    result.close()
    return rows


def count(tx: Connection, arms: Sequence[Arm], clients: Collection[int] | None, *, at: datetime) -> int:
    """Return how many items of *arms* there are *at* that time, of claims of *clients* (None: of all)."""
    statement = _statement(_COUNT, tuple(arms), clients is not None)
    values: dict[str, Any] = {"most": _ALL_OF_THEM, "at": at}
    return int(tx.execute(statement, values if clients is None else values | {"clients": sorted(clients)}).scalar_one())


def load(tx: Connection, arms: Sequence[Arm], *, at: datetime) -> dict[int, int]:
    """Return how many items of *arms* are *at* that time on claims that somebody has, by staff id."""
    rows = tx.execute(_statement(_LOAD, tuple(arms), narrowed=False), {"most": _ALL_OF_THEM, "at": at})
    return {row[0]: row[1] for row in rows}


def mark(
    tx: Connection, client_id: int, claim_id: int, kind: int, staff_id: int, *, at: datetime, until: datetime,
    reason: str | None,
) -> bool:  # fmt: skip
    """Note that the person puts the item aside *until* then; False where the claim is out of scope."""
    values = {"client_id": client_id, "claim_id": claim_id, "kind": kind, "staff_id": staff_id}
    return tx.execute(_MARK, values | {"at": at, "until": until, "reason": reason}).rowcount > 0


def unmark(tx: Connection, client_id: int, claim_id: int, kind: int, *, work: str) -> bool:
    """
    Note, and put on the record, that the acting person takes the item up again; False where it was not put aside.

    *work* is what the record calls its kind.
    """
    values = {"client_id": client_id, "claim_id": claim_id, "kind": kind, "work": work}
    taken: bool = tx.execute(_UNMARK, values).scalar_one()
    return taken


@lru_cache(maxsize=32)
def _statement(sql: str, arms: tuple[Arm, ...], narrowed: bool, of_one: bool = False) -> TextClause:
    scope = "and client_id = any (:clients)" if narrowed else ""
    of_injury = " and client_id = :client_id and claim_id = any (desk_one_injury(:client_id, :claim_id))"
    scope += of_injury if of_one else ""
    united = " union all ".join(
        f"(select client_id, claim_id, {arm.number} as kind, due_at, at, why, elements,"
        f" {'who' if arm.held else 'null::int as who'}"
        f" from ({arm.sql.format(scope=scope, waiting=WAITING)}) open_item)"
        for arm in arms
    )
    statement = text(sql.format(arms=united, waiting=",".join(str(arm.number) for arm in arms if arm.waits)))
    return statement.bindparams(bindparam("clients", type_=ARRAY(Integer))) if narrowed else statement
