"""Logging the requests of a plan, and taking those of an import back."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, text

from core.authorizations import cadences, logging
from core.feeds.kind import Carrying
from core.feeds.kinds.authorizations.settling import Settled

# What was done about a request after it came; with any of it, it stays.
WORKED_ON = """
    it.version > 1 or it.outcome is not null or it.ended_at is not null
    or exists (select from authorization_follow_up f
                where (f.client_id, f.claim_id, f.request_id) = (it.client_id, it.claim_id, it.request_id))
    or exists (select from determination d
                where (d.client_id, d.claim_id, d.request_id) = (it.client_id, it.claim_id, it.request_id))
    or exists (select from determination_notice n
                where (n.client_id, n.claim_id, n.request_id) = (it.client_id, it.claim_id, it.request_id))
    or exists (select from letter l
                where (l.client_id, l.claim_id, l.request_id) = (it.client_id, it.claim_id, it.request_id))
"""

_TAKE_AWAY = tuple(
    text(f"delete from {table} where client_id = :client_id and request_id = any (:requests)")
    for table in ("service_line", "authorization_request")
)


def carry(tx: Connection, carrying: Carrying, settled: Sequence[Settled]) -> dict[int, int]:
    """
    Log the requests of the rows, and return the request that each row has become a treatment of.

    One after the other: a file holds few, and the database puts each on its claim's timeline and on the record.
    """
    requests: dict[int, list[Settled]] = {}
    for each in settled:
        requests.setdefault(each.first, []).append(each)
    made: dict[int, int] = {}
    asking = cadences.kept(tx, at=carrying.at)
    for rows in requests.values():
        first = rows[0]
        number = logging.carry(
            tx, first.held, asking, client_id=carrying.client_id, claim_id=first.claim.claim_id,
            asked=replace(first.asked, lines=[line for row in rows for line in row.asked.lines]),
            in_network=first.claim.in_network, import_id=carrying.import_id, by_id=carrying.by_id, at=carrying.at,
        )  # fmt: skip
        made |= {row.row: number for row in rows}
        carrying.between(len(made))
    return made


def take_back(tx: Connection, client_id: int, requests: Sequence[int]) -> None:
    """Take out *requests*, with the treatments that they ask for."""
    for statement in _TAKE_AWAY:
        tx.execute(statement, {"client_id": client_id, "requests": [*requests]})
