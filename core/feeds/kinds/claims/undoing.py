"""Taking claims of an import back: until when that may be, and what goes with them."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from core.claims import announce

# What a person did to a claim of :client_id after it came, words that are not sent included; a claim with any of it
# stays.
WORKED_ON = """
    it.assignee_id is not null or it.first_contact_at is not null or it.closed_at is not null or it.version > 1
    or exists (select from contact_attempt a where a.client_id = it.client_id and a.claim_id = it.claim_id)
    or exists (select from intake_question q where q.client_id = it.client_id and q.claim_id = it.claim_id
                and q.answered_at is not null)
    or exists (select from clock_pause p where p.client_id = it.client_id and p.claim_id = it.claim_id)
    or exists (select from claim_event e where e.client_id = it.client_id and e.claim_id = it.claim_id
                and e.kind not in ('reported', 'asked_by_rule'))
    or exists (select from work_mark m where m.client_id = it.client_id and m.claim_id = it.claim_id)
    or it.claim_id in (select desk_words_begun(:client_id))
"""

_WORKERS = text("select worker_id from claim where client_id = :client_id and claim_id = any (:claims)")
_TAKE_AWAY = tuple(
    text(f"delete from {table} where client_id = :client_id and claim_id = any (:claims)")
    for table in ("intake_question", "claim_narrative", "claim_event", "claim")
)
_TAKE_WORKERS = text("delete from injured_worker where client_id = :client_id and worker_id = any (:workers)")


def take_back(tx: Connection, client_id: int, claims: Sequence[int]) -> None:
    """Take out *claims*, with their workers, stories and questions, and announce that."""
    which = {"client_id": client_id, "claims": [*claims]}
    workers = tx.execute(_WORKERS, which).scalars().all()
    for statement in _TAKE_AWAY:
        tx.execute(statement, which)
    tx.execute(_TAKE_WORKERS, {"client_id": client_id, "workers": [*workers]})
    announce(tx, client_id, None)
