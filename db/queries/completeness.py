"""What is open on a claim before it is called, and the calls that were made all the same."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from db import session


class EarlyCall(NamedTuple):
    """A first contact that was made before intake was complete: on which claim, by whom, when, and why."""

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    by: str
    at: datetime
    why: str


_OPEN = b"""
    select element from intake_question
     where client_id = %(client_id)s and claim_id = %(claim_id)s and answered_at is null
     order by opened_at, element, question_id
"""

_EARLY = text("""
    select a.client_id, a.claim_id, c.claim_number, k.name, s.full_name, a.at, h.incomplete_why
      from first_contact h
      join contact_attempt a on a.client_id = h.client_id and a.attempt_id = h.attempt_id
      join claim c on c.client_id = a.client_id and c.claim_id = a.claim_id
      join client k on k.client_id = c.client_id
      join staff s on s.staff_id = a.by_id
     where h.incomplete_why is not null and a.struck_at is null and coalesce(a.recorded_at, a.at) > :since
     order by a.at desc, a.attempt_id desc
""")


def open_elements(tx: Connection, client_id: int, claim_id: int) -> list[str]:
    """Return the elements about which something is still to be asked on the claim, the oldest question first."""
    return [element for (element,) in session.rows(tx, _OPEN, {"client_id": client_id, "claim_id": claim_id})]


def early_calls(tx: Connection, *, since: datetime) -> list[EarlyCall]:
    """Return the first contacts in scope, recorded after *since*, that were made before intake was complete."""
    return [EarlyCall(*row) for row in tx.execute(_EARLY, {"since": since})]
