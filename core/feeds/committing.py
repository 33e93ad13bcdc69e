"""Doing what a plan says, exactly and as a whole; and keeping a client's column mapping."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from core import audit, scope, typed
from core.access import Action, Actor, of_client, require
from core.claims import announce, one_at_a_time
from core.feeds.bulk_insert import insert_claims, insert_doubts, insert_duplicates, insert_refusals
from core.feeds.mapping import FeedMapping, UnusableMapping, from_json
from core.feeds.planning import Plan, basis_now
from core.feeds.python_gc import no_garbage_collection
from core.refusal import Refusal
from core.transactions import acting
from db.models import imports as tables
from db.queries import feeds

_IMPORT = text("""
    insert into claim_import (client_id, file_name, started_at, by_id, state,
                              read, accepted, refused, duplicates)
    values (:client_id, :file_name, :at, :by_id, :state, :read, :accepted, :refused, :duplicates)
    returning import_id
""")


class DataMoved(Refusal):
    text = "The data moved since this was planned: look at the new plan before importing."


class ImportCancelled(Refusal):
    text = "The import was cancelled. Nothing of the file was taken in."


@dataclass(frozen=True)
class Imported:
    """What an import did, in rows of the file."""

    import_id: int
    read: int
    accepted: int
    refused: int
    duplicates: int


@no_garbage_collection()
def commit(
    actor: Actor,
    plan: Plan,
    *,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """
    Do what *plan* says, all of it or nothing, in a transaction of its own.

    After each chunk *progress* is called with how many of how many new claims are in, and *cancelled* tells whether to
    stop. Both are called while the transaction is open: neither may draw.

    :raises NotAllowed, NoSuchClient: as when it was planned; the person's rights may have changed since.
    :raises DataMoved: if the plan would come out differently now.
    :raises ImportCancelled: if *cancelled* said so.
    """
    try:
        with acting(actor) as tx:
            return _execute(actor, tx, plan, at, progress, cancelled)
    except ImportCancelled:
        with acting(actor) as tx:
            _record(actor, tx, plan, at, state="cancelled")
        raise


def _execute(
    actor: Actor,
    tx: Connection,
    plan: Plan,
    at: datetime,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Imported:
    require(actor, Action.CLAIM_IMPORT, of_client(plan.client_id))
    one_at_a_time(tx, plan.client_id)
    if basis_now(actor, tx, plan.client_id, plan.judged, at=at) != plan.basis:
        raise DataMoved
    import_id = _record(actor, tx, plan, at, state="done")

    def between(done: int) -> None:
        if cancelled():
            raise ImportCancelled
        progress(done, len(plan.claims))

    between(0)
    inserted = insert_claims(
        tx, plan.claims, client_id=plan.client_id, import_id=import_id, by_id=actor.staff_id, at=at, between=between
    )
    insert_doubts(tx, plan.claims, inserted, client_id=plan.client_id, at=at)
    insert_refusals(tx, plan.refusals, plan.headings, client_id=plan.client_id, import_id=import_id)
    insert_duplicates(tx, plan.duplicates, inserted, client_id=plan.client_id, import_id=import_id)
    if inserted:
        claims = [claim.claim_id for claim in inserted.values()]
        announce(tx, plan.client_id, claims)
    return Imported(import_id, plan.read, len(inserted), len(plan.refusals), len(plan.duplicates))


def _record(actor: Actor, tx: Connection, plan: Plan, at: datetime, *, state: str) -> int:
    did = state == "done"
    counts = {
        "read": plan.read if did else 0,
        "accepted": len(plan.claims) if did else 0,
        "refused": len(plan.refusals) if did else 0,
        "duplicates": len(plan.duplicates) if did else 0,
    }
    row = {
        "client_id": plan.client_id,
        "file_name": typed.cleaned(plan.file_name)[-200:],
        "at": at,
        "by_id": actor.staff_id,
        "state": state,
    }
    import_id: int = tx.execute(_IMPORT, row | counts).scalar_one()
    audit.record(
        actor,
        tx,
        verb="imported" if did else "cancelled",
        noun="import",
        noun_id=import_id,
        client_id=plan.client_id,
        detail=counts,
    )
    return import_id


def saved_mapping(actor: Actor, tx: Connection, client_id: int) -> FeedMapping | None:
    """
    Return the column mapping saved for the client, or None.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    """
    scope.require_client(actor, tx, Action.CLAIM_IMPORT, client_id)
    saved = feeds.mapping(tx, client_id)
    try:
        return from_json(saved) if saved else None
    except UnusableMapping:  # saved by another edition of the desk: propose afresh
        return None


def save_mapping(actor: Actor, tx: Connection, *, client_id: int, mapping: FeedMapping, at: datetime) -> None:
    """
    Keep *mapping* for the client's next file.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    """
    scope.require_client(actor, tx, Action.CLAIM_IMPORT, client_id)
    row = {"mapping": mapping.to_json(), "saved_by": actor.staff_id, "saved_at": at}
    tx.execute(
        insert(tables.FeedMapping)
        .values(client_id=client_id, **row)
        .on_conflict_do_update(index_elements=["client_id"], set_=row)
    )
    audit.record(actor, tx, verb="saved", noun="feed_mapping", noun_id=client_id, client_id=client_id)
