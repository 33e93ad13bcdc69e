"""Everything that happened to a claim, and the newest of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Connection, bindparam, text

from db.queries.gathered import by_position


class Entry(NamedTuple):
    """One thing that happened: a claim event, or a contact attempt with its party, method, outcome and note."""

    at: datetime
    by: str
    kind: str
    detail: dict[str, Any] | None
    party: str | None
    method: str | None
    outcome: str | None
    substantive: bool
    note: str | None
    whose: str | None
    """Of a claim that changed hands: who had it; None where nobody did."""
    to: str | None
    """Of a claim that changed hands: who got it; None where nobody did."""
    call_again_at: datetime | None = None
    """Of an attempt: for when a call was promised."""
    called: bool = False
    """Whether that call was made."""
    struck_at: datetime | None = None
    """Of a first contact that was a mistake: when it was struck, by whom and why."""
    struck_by: str | None = None
    struck_why: str | None = None
    recorded_at: datetime | None = None
    """Of an attempt: when it was put on record, where that was kept, and why so late."""
    late_why: str | None = None
    held: dict[str, Any] | None = None
    """Of a first contact: identity, explained, care, work_status and work_note, by the names of their columns."""
    changes: list[dict[str, str | None]] | None = None
    """Of an answer or a correction: field, what it was, what it became, and why."""
    permitted: bool = False
    """Of an attempt to reach a worker for whom somebody speaks: that this one permitted it."""
    against_why: str | None = None
    """Of an attempt that the worker did not wish for: why it was made all the same."""
    of: str | None = None
    """The number of the claim that it is of, where that was merged into the one that is shown."""


class Newest(NamedTuple):
    """
    The newest thing that happened to a claim, with nothing of the person, and how many did in all.

    Of a contact `at` is when it was recorded: whoever has the claim open learns of it then.
    """

    at: datetime
    by: str
    kind: str
    substantive: bool
    taken: bool
    """Whether whoever did it gave the claim to themselves."""
    entries: int


_TIMELINE = by_position("""
    select t.at, s.full_name, t.kind, t.detail, t.party, t.method, t.outcome, t.substantive,
           coalesce(t.note, given.note),
           f.full_name, g.full_name, t.call_again_at, t.called, t.struck_at, k.full_name, t.struck_why,
           t.recorded_at, t.late_why, t.held,
           case when t.kind in ('fields_corrected', 'question_answered') then (
             select jsonb_agg(jsonb_build_object('field', h.field, 'was', h.was, 'became', h.became, 'why', h.why)
                              order by h.change_id)
               from field_change h
              where h.client_id = :client_id and h.claim_id = t.claim_id and h.at = t.at and h.by_id = t.by_id) end,
           t.permitted, t.against_why,
           case when t.claim_id <> :claim_id then
             (select claim_number from claim where client_id = :client_id and claim_id = t.claim_id) end
      from (select claim_id, at, by_id, kind, detail, null as party, null as method, null as outcome,
                   false as substantive, null as note, event_id as number, null as call_again_at, false as called,
                   null as struck_at, null as struck_by, null as struck_why, null as recorded_at, null as late_why,
                   null as held,
                   false as permitted, null as against_why
              from claim_event where client_id = :client_id and claim_id = any (:claims)
               and (claim_id = :claim_id or kind <> all ('{merged,merge_undone}'))
            union all
            select a.claim_id, a.at, a.by_id, 'attempt', null, a.party, a.method, a.outcome, a.substantive, a.note,
                   a.attempt_id, a.call_again_at, a.called_attempt_id is not null, a.struck_at, a.struck_by,
                   a.struck_why, a.recorded_at, a.late_why,
                   case when h.attempt_id is not null then
                     jsonb_build_object('identity', h.identity, 'explained', h.explained, 'care', h.care,
                                        'work_status', h.work_status, 'work_note', h.work_note,
                                        'incomplete_why', h.incomplete_why) end,
                   a.permitted, a.against_why
              from contact_attempt a
              left join first_contact h on h.client_id = a.client_id and h.attempt_id = a.attempt_id and a.substantive
             where a.client_id = :client_id and a.claim_id = any (:claims)) t
      join staff s on s.staff_id = t.by_id
      left join staff k on k.staff_id = t.struck_by
      left join staff f
        on f.staff_id = case when t.detail ->> 'from' ~ '^[0-9]{1,9}$' then cast(t.detail ->> 'from' as int) end
      left join staff g
        on g.staff_id = case when t.detail ->> 'to' ~ '^[0-9]{1,9}$' then cast(t.detail ->> 'to' as int) end
      left join hand_over given
        on given.client_id = :client_id and given.claim_id = t.claim_id and given.given_at = t.at
       and given.given_by = t.by_id and given.to_id = g.staff_id and t.kind = 'assigned'
     order by t.at desc, t.number desc
""", Entry).bindparams(bindparam("claims", type_=ARRAY(BigInteger)))  # fmt: skip

_NEWEST = text("""
    select t.at, s.full_name, t.kind, t.substantive, t.taken, t.entries
      from (select *, count(*) over () as entries
              from (select at, by_id, kind, false as substantive, event_id as number,
                           coalesce(detail ->> 'to' = cast(by_id as text), false) as taken
                      from claim_event
                     where client_id = :client_id and claim_id = any (desk_one_injury(:client_id, :claim_id))
                       and (claim_id = :claim_id or kind <> all ('{merged,merge_undone}'))
                    union all
                    select coalesce(recorded_at, at), by_id, 'attempt', substantive, attempt_id, false
                      from contact_attempt
                     where client_id = :client_id and claim_id = any (desk_one_injury(:client_id, :claim_id))) each
             order by at desc, substantive desc, number desc limit 1) t
      join staff s on s.staff_id = t.by_id
""")


def timeline(tx: Connection, client_id: int, claim_id: int, merged: Collection[int] = ()) -> list[Entry]:
    """Return everything that happened to the claim, and to those *merged* into it, latest first."""
    values = {"client_id": client_id, "claim_id": claim_id, "claims": [claim_id, *merged]}
    return [Entry(*row) for row in tx.execute(_TIMELINE, values)]


def newest(tx: Connection, client_id: int, claim_id: int) -> Newest | None:
    """Return the newest thing that happened to the claim, or None where it is not in scope."""
    row = tx.execute(_NEWEST, {"client_id": client_id, "claim_id": claim_id}).one_or_none()
    return Newest(*row) if row else None
