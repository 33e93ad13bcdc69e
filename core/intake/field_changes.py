"""What stands in a claim's fields, how it is changed, and what another has changed meanwhile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from core.access import Actor
from core.intake.fields import CLAIM, FIELDS, SPEAKS, STORY, WORKER, written
from core.intake.told import number_key, worker_name_key
from core.refusal import Refusal
from db.queries.claims import Frame


@dataclass(frozen=True)
class Both:
    """Two versions of one field, as they are kept: what somebody else put there, by whom and when, and one's own."""

    field: str
    theirs: str
    mine: str
    by: str | None
    at: datetime | None


class ChangedMeanwhile(Refusal):
    """`both` has what was changed by somebody else, field by field."""

    text = "Somebody else has changed this meanwhile. Both versions are shown: choose which one stands."

    def __init__(self, both: Collection[Both]) -> None:
        super().__init__()
        self.both = tuple(both)


def standing(tx: Connection, claim: Frame, *, held: bool = True) -> dict[str, Any]:
    """Return what stands in every field of *claim*; unless it is not *held*, it stands until the transaction ends."""
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    if held:
        tx.execute(_HELD, where)
    return dict(tx.execute(_STANDING, where).mappings().one())


_HELD = text(
    "select 1 from injured_worker where client_id = :client_id and worker_id = :worker_id for no key update"
)  # a worker may have another claim, which somebody else corrects at this moment

_STANDING = text(
    "select w.given_name, w.family_name, w.birth_date, w.phone, w.email, w.address, w.postal_code,"
    " w.preferred_contact, w.language, w.best_hours, w.timezone, w.interpreter, w.do_not_contact,"
    " c.date_of_injury, c.injured_time, c.jurisdiction, c.client_claim_number,"
    " c.emergency, n.injury_place, n.body_part, n.nature, n.cause, n.narrative, n.reporter, n.reporter_phone,"
    " n.part_code, n.nature_code, n.cause_code, n.initial_treatment, n.treated_at, n.occupation, n.lost_time,"
    " n.last_day_worked, n.return_to_work, n.modified_duty, n.work_supervisor, n.work_supervisor_phone,"
    " r.kind as representative_kind, r.name as representative_name, r.firm as representative_firm,"
    " r.phone as representative_phone, r.email as representative_email,"
    " coalesce(r.permits, false) as representative_permits"
    " from claim c"
    " join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id"
    " left join claim_narrative n on n.client_id = c.client_id and n.claim_id = c.claim_id"
    " left join representative r on r.client_id = c.client_id and r.claim_id = c.claim_id"
    " where c.client_id = :client_id and c.claim_id = :claim_id"
)


def change(
    actor: Actor, tx: Connection, claim: Frame, before: Mapping[str, Any], after: Mapping[str, Any], *,
    why: str | None, at: datetime,
) -> None:  # fmt: skip
    """
    Put *after* into the fields of *claim* in the place of what stood there *before*, which stays beside it with *why*.

    The other columns that follow from a field are written with it.
    """
    new = {name: value for name, value in after.items() if value != before[name]}
    if not new:
        return
    tx.execute(
        _KEEP,
        [
            {
                "client_id": claim.client_id, "claim_id": claim.claim_id, "field": name,
                "was": written(before[name]) or None, "became": written(value) or None, "why": why, "at": at,
                "by_id": actor.staff_id,
            }
            for name, value in new.items()
        ],
    )  # fmt: skip
    for table in dict.fromkeys(FIELDS[name].table for name in new):
        columns = {FIELDS[name].column: value for name, value in new.items() if FIELDS[name].table == table}
        _write(tx, claim, table, columns | _following(columns if table in (WORKER, CLAIM) else {}))


_KEEP = text(
    "insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
    " values (:client_id, :claim_id, :field, :was, :became, :why, :at, :by_id)"
)


def _following(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written beside these columns: keys, by which one is found and compared."""
    keys = {"given_name": "given_key", "family_name": "family_key"}
    following: dict[str, Any] = {keys[name]: worker_name_key(value) for name, value in columns.items() if name in keys}
    if "client_claim_number" in columns:
        following["client_number_key"] = number_key(columns["client_claim_number"])
    return following


def _write(tx: Connection, claim: Frame, table: str, columns: Mapping[str, Any]) -> None:
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    if table in (STORY, SPEAKS):  # not every claim has a row there
        names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
        sql = (
            f"insert into {table} (client_id, claim_id, {names}) values (:client_id, :claim_id, {values})"
            f" on conflict (client_id, claim_id) do update set {sets}"
        )
    else:
        key = "worker_id" if table == WORKER else "claim_id"
        sql = f"update {table} set {sets} where client_id = :client_id and {key} = :{key}"
    tx.execute(text(sql), {**columns, **where})


def both(tx: Connection, claim: Frame, now: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[Both, ...]:
    """Return both versions of each field of which *mine* differs from what stands *now*, with who put that there."""
    differing = [name for name, value in mine.items() if value != now[name]]
    if not differing:
        return ()
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "fields": differing}
    last = {row.field: row for row in tx.execute(_LAST, where)}
    return tuple(
        Both(
            name, written(now[name]), written(mine[name]),
            last[name].full_name if name in last else None, last[name].at if name in last else None,
        )
        for name in differing
    )  # fmt: skip


_LAST = text(
    "select distinct on (f.field) f.field, f.at, s.full_name from field_change f join staff s on s.staff_id = f.by_id"
    " where f.client_id = :client_id and f.claim_id = :claim_id and f.field = any (:fields)"
    " order by f.field, f.change_id desc"
).bindparams(bindparam("fields", type_=ARRAY(TEXT)))
