"""Who has a claim open: one row for each person and claim, with when its page was last heard of."""

from datetime import datetime

from sqlalchemy import Connection, text

_STAY = text(
    "update claim_viewer set seen_at = :at"
    " where client_id = :client_id and claim_id = :claim_id and staff_id = :staff_id and seen_at > :since"
)
_COME = text(
    "insert into claim_viewer (client_id, claim_id, staff_id, since, seen_at)"
    " select client_id, claim_id, :staff_id, :at, :at from claim where client_id = :client_id and claim_id = :claim_id"
    " on conflict (client_id, claim_id, staff_id) do update set since = excluded.since, seen_at = excluded.seen_at"
)
_GO = text("delete from claim_viewer where client_id = :client_id and claim_id = :claim_id and staff_id = :staff_id")
_FORGET = text("delete from claim_viewer where staff_id = :staff_id and seen_at <= :before")
_OTHERS = text(
    "select s.full_name from claim_viewer v join staff s using (staff_id)"
    " where v.client_id = :client_id and v.claim_id = :claim_id and v.staff_id <> :staff_id and v.seen_at > :since"
    " order by v.since, v.staff_id"
)


def stay(tx: Connection, client_id: int, claim_id: int, staff_id: int, *, at: datetime, since: datetime) -> bool:
    """Note that the person still has the claim open at *at*; False where that was not heard of after *since*."""
    values = {"client_id": client_id, "claim_id": claim_id, "staff_id": staff_id, "at": at, "since": since}
    return tx.execute(_STAY, values).rowcount > 0


def come(tx: Connection, client_id: int, claim_id: int, staff_id: int, *, at: datetime) -> bool:
    """Note that the person opened the claim at *at*; False where the claim is out of scope."""
    values = {"client_id": client_id, "claim_id": claim_id, "staff_id": staff_id, "at": at}
    return tx.execute(_COME, values).rowcount > 0


def go(tx: Connection, client_id: int, claim_id: int, staff_id: int) -> bool:
    """Forget that the person has the claim open; False where that was forgotten before."""
    values = {"client_id": client_id, "claim_id": claim_id, "staff_id": staff_id}
    return tx.execute(_GO, values).rowcount > 0


def forget(tx: Connection, staff_id: int, *, before: datetime) -> None:
    """Forget what the person had open and was not heard of since *before*."""
    tx.execute(_FORGET, {"staff_id": staff_id, "before": before})


def others(tx: Connection, client_id: int, claim_id: int, staff_id: int, *, since: datetime) -> list[str]:
    """Return the names of the others who had the claim open after *since*, the first to come first."""
    values = {"client_id": client_id, "claim_id": claim_id, "staff_id": staff_id, "since": since}
    return list(tx.execute(_OTHERS, values).scalars())
