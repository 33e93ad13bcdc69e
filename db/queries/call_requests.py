"""Requests for a time of a triage call, where none is free before the deadline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text


class CallRequest(NamedTuple):
    """Who was asked for a time, by whom and when, and how that ended: open while `outcome` is None."""

    request_id: int
    kind: str
    clinician_id: int | None
    clinician: str | None
    note: str | None
    asked_at: datetime
    asked_by_id: int
    asked_by: str
    settled_at: datetime | None
    settled_by: str | None
    outcome: str | None
    settled_why: str | None


REQUESTS = """
    select q.request_id, q.kind, q.clinician_id, c.full_name, q.note, q.asked_at, q.asked_by, a.full_name,
           q.settled_at, s.full_name, q.outcome, q.settled_why
      from call_request q join staff a on a.staff_id = q.asked_by left join staff c on c.staff_id = q.clinician_id
      left join staff s on s.staff_id = q.settled_by
     where q.client_id = :client_id and q.claim_id = :claim_id order by q.request_id desc
"""
"""What was asked for on a claim, the latest first, the columns of CallRequest."""

_REQUESTS = text(REQUESTS)

_ASK = text("""
    insert into call_request (client_id, claim_id, kind, clinician_id, note, asked_at, asked_by)
    values (:client_id, :claim_id, :kind, :clinician_id, :note, :at, :by_id) returning request_id
""")

_SETTLE = text("""
    update call_request set settled_at = :at, settled_by = :by_id, outcome = :outcome, settled_why = :why
     where client_id = :client_id and claim_id = :claim_id and request_id = :request_id and settled_at is null
""")


def requests(tx: Connection, client_id: int, claim_id: int) -> list[CallRequest]:
    """Return what was asked for on the claim, the latest first."""
    return [CallRequest(*row) for row in tx.execute(_REQUESTS, {"client_id": client_id, "claim_id": claim_id})]


def ask(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep a request, and return its number."""
    request_id: int = tx.execute(_ASK, values).scalar_one()
    return request_id


def settle(tx: Connection, values: Mapping[str, Any]) -> bool:
    """End an open request; False where it has ended already."""
    return tx.execute(_SETTLE, values).rowcount > 0
