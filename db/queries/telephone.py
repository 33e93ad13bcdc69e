"""Intakes by telephone whose claim is there."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text


class Begun(NamedTuple):
    """
    An intake by telephone that is not finished: the key of its form, since when, by whom; when first contact is due;
    and by whom it was left, if it was.
    """

    request: UUID
    begun_at: datetime
    begun_by: int
    by: str
    due_at: datetime
    left_by: int | None


_BEGIN = text(
    "insert into telephone_intake (client_id, claim_id, request, begun_at, begun_by)"
    " values (:client_id, :claim_id, :request, :at, :staff_id)"
)
_BEGUN = text(
    "select t.request, t.begun_at, t.begun_by, s.full_name, c.due_at, t.ended_by from telephone_intake t"
    " join staff s on s.staff_id = t.begun_by join claim c on c.client_id = t.client_id and c.claim_id = t.claim_id"
    " where t.client_id = :client_id and t.claim_id = :claim_id and (t.ended_at is null or t.left_why is not null)"
)
_END = text(
    "update telephone_intake set ended_at = :at, ended_by = :staff_id, left_why = :why"
    " where client_id = :client_id and claim_id = :claim_id and (ended_at is null or left_why is not null)"
)
_CHANGED = text(
    "select distinct field from field_change where client_id = :client_id and claim_id = :claim_id and at >= :since"
)


def begin(tx: Connection, client_id: int, claim_id: int, *, request: UUID, at: datetime, staff_id: int) -> None:
    """Note that the form with the key *request* has begun the claim, and that its call goes on."""
    tx.execute(
        _BEGIN, {"client_id": client_id, "claim_id": claim_id, "request": request, "at": at, "staff_id": staff_id}
    )


def begun(tx: Connection, client_id: int, claim_id: int) -> Begun | None:
    """Return the intake of the claim that is not finished; None where there is none, or out of scope."""
    row = tx.execute(_BEGUN, {"client_id": client_id, "claim_id": claim_id}).one_or_none()
    return Begun(*row) if row else None


def end(tx: Connection, client_id: int, claim_id: int, *, at: datetime, staff_id: int, why: str | None) -> None:
    """Note that the intake has ended: finished, or left where there is a *why*."""
    tx.execute(_END, {"client_id": client_id, "claim_id": claim_id, "at": at, "staff_id": staff_id, "why": why})


def changed_since(tx: Connection, client_id: int, claim_id: int, *, since: datetime) -> set[str]:
    """Return the fields of the claim that anybody has changed since then."""
    values = {"client_id": client_id, "claim_id": claim_id, "since": since}
    return set(tx.execute(_CHANGED, values).scalars())
