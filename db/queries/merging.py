"""What a merge of two claims asks: which claim is called so, what it took over, and what has happened since."""

from typing import NamedTuple

from sqlalchemy import Connection, text


class Called(NamedTuple):
    """A claim that carries a number: `ours`, or else its client's."""

    claim_id: int
    ours: bool


class Taken(NamedTuple):
    """A field that a merge has set on the claim that was kept: what it was and became, as it is written."""

    field: str
    was: str | None
    became: str | None


class Since(NamedTuple):
    """What has happened, since a merge, on the claim that was kept."""

    reached: bool
    died: bool


_CALLED = text(
    "select claim_id, claim_number = :ours from claim"
    " where client_id = :client_id and (claim_number = :ours or client_number_key = :key) order by claim_id limit 10"
)
_TAKEN = text(
    "select f.field, f.was, f.became from field_change f"
    " join claim o on o.client_id = f.client_id and f.at = o.closed_at and f.by_id = o.closed_by"
    " where f.client_id = :client_id and f.claim_id = :kept and o.claim_id = :other and f.why = :why"
    " order by f.change_id"
)
_SINCE = text("""
    select exists (select from contact_attempt a
                    where a.client_id = :client_id and a.claim_id = :kept and a.substantive and a.struck_at is null
                      and coalesce(a.recorded_at, a.at) > o.closed_at),
           exists (select from claim_event e where e.client_id = :client_id and e.claim_id = :kept
                      and e.kind = 'death_reported' and e.at > o.closed_at)
      from claim o where o.client_id = :client_id and o.claim_id = :other
""")


_CALL_BOOKED = text(
    "select exists (select from triage_call"
    " where client_id = :client_id and claim_id = :claim_id and status = 'booked')"
)


def call_booked(tx: Connection, client_id: int, claim_id: int) -> bool:
    """Tell whether a triage call is booked on the claim."""
    return bool(tx.execute(_CALL_BOOKED, {"client_id": client_id, "claim_id": claim_id}).scalar_one())


def called(tx: Connection, client_id: int, ours: str, key: str) -> list[Called]:
    """Return the client's claims in scope that have the number *ours*, or whose client's number has *key*."""
    return [Called(*row) for row in tx.execute(_CALLED, {"client_id": client_id, "ours": ours, "key": key})]


def taken(tx: Connection, client_id: int, kept: int, other: int, why: str) -> list[Taken]:
    """Return what the merge of *other*, which lasts, has set on *kept*, for the reason *why*."""
    values = {"client_id": client_id, "kept": kept, "other": other, "why": why}
    return [Taken(*row) for row in tx.execute(_TAKEN, values)]


def since(tx: Connection, client_id: int, kept: int, other: int) -> Since:
    """Return what has happened on *kept* since *other* was merged into it."""
    return Since(*tx.execute(_SINCE, {"client_id": client_id, "kept": kept, "other": other}).one())
