"""Doing what a plan says, exactly and as a whole; and keeping a client's column mapping."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from core import audit, scope, typed
from core.access import Actor, of_client, require
from core.claims import one_at_a_time
from core.feeds.kind import Carrying, Duplicate, FeedKind
from core.feeds.mapping import FeedMapping, UnusableMapping, from_json
from core.feeds.planning import Plan, basis_now
from core.feeds.python_gc import no_garbage_collection
from core.feeds.rows import RefusedRow
from core.refusal import Refusal
from core.transactions import acting
from db.models import imports as tables
from db.queries import feeds
from db.session import driver

_IMPORT = text("""
    insert into feed_import (client_id, kind, file_name, started_at, by_id, state,
                             read, accepted, refused, duplicates)
    values (:client_id, :kind, :file_name, :at, :by_id, :state, :read, :accepted, :refused, :duplicates)
    returning import_id
""")
_REFUSE = """
    insert into import_refusal (client_id, import_id, row_number, field, reason, remedy, cells)
    values (%s, %s, %s, %s, %s, %s, %s)
"""
_REPEATED = """
    insert into import_duplicate (client_id, import_id, row_number, of_id, of_import, why)
    select :client_id, :import_id, d.row_number, d.of_id, it.import_id, d.why
      from unnest(cast(:rows as int[]), cast(:keys as bigint[]), cast(:whys as text[])) as d (row_number, of_id, why)
      join {table} it on it.client_id = :client_id and it.{key} = d.of_id
"""
LONGEST_KEPT = 2_000
"""Letters of each cell of a refused row that are kept for the file that goes back."""


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

    After each chunk *progress* is called with how many of how many new rows are in, and *cancelled* tells whether to
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
    kind = plan.kind
    require(actor, kind.action, of_client(plan.client_id))
    one_at_a_time(tx, plan.client_id)
    if basis_now(actor, tx, kind, plan.client_id, plan.judged, at=at) != plan.basis:
        raise DataMoved
    import_id = _record(actor, tx, plan, at, state="done")

    def between(done: int) -> None:
        if cancelled():
            raise ImportCancelled
        progress(done, len(plan.new))

    between(0)
    carrying = Carrying(plan.client_id, import_id, actor.staff_id, at, between)
    carried = kind.carry(tx, carrying, plan.new)
    _keep_refusals(tx, plan.refusals, plan.headings, client_id=plan.client_id, import_id=import_id)
    _keep_duplicates(tx, kind, plan.duplicates, carried, client_id=plan.client_id, import_id=import_id)
    return Imported(import_id, plan.read, len(carried), len(plan.refusals), len(plan.duplicates))


def _keep_duplicates(
    tx: Connection,
    kind: FeedKind,
    duplicates: Sequence[Duplicate],
    carried: Mapping[int, int],
    *,
    client_id: int,
    import_id: int,
) -> None:
    """Keep what each duplicate row repeats, and which import brought that: it is why nothing became of the row."""
    kept = [
        (each.row, carried[each.other.row] if each.other.key is None else each.other.key, each.why)
        for each in duplicates
    ]
    if kept:
        rows, keys, whys = (list(each) for each in zip(*kept, strict=True))
        which = {"client_id": client_id, "import_id": import_id}
        statement = text(_REPEATED.format(table=kind.table, key=kind.key))
        tx.execute(statement, which | {"rows": rows, "keys": keys, "whys": whys})


def _keep_refusals(
    tx: Connection, refusals: Sequence[RefusedRow], headings: Sequence[str], *, client_id: int, import_id: int
) -> None:
    """Keep the refused rows, each cell under its heading, for the file that goes back to the client."""
    names = [*headings]
    with driver(tx).cursor() as cursor:
        cursor.executemany(
            _REFUSE,
            [
                (client_id, import_id, row.row, row.field, row.reason, row.remedy, Jsonb(_cells(names, row.cells)))
                for row in refusals
            ],
        )


def _cells(headings: Sequence[str], cells: Sequence[str]) -> list[list[str]]:
    named = [*headings, *(f"Column {number}" for number in range(len(headings) + 1, len(cells) + 1))]
    return [[heading, cell[:LONGEST_KEPT]] for heading, cell in zip(named, cells, strict=False)]


def _record(actor: Actor, tx: Connection, plan: Plan, at: datetime, *, state: str) -> int:
    did = state == "done"
    counts = {
        "read": plan.read if did else 0,
        "accepted": len(plan.new) if did else 0,
        "refused": len(plan.refusals) if did else 0,
        "duplicates": len(plan.duplicates) if did else 0,
    }
    row = {
        "client_id": plan.client_id,
        "kind": plan.kind.code,
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
        detail={"kind": plan.kind.code} | counts,
    )
    return import_id


def saved_mapping(actor: Actor, tx: Connection, kind: FeedKind, client_id: int) -> FeedMapping | None:
    """
    Return the column mapping saved for the client's feeds of that kind, or None.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    """
    scope.require_client(actor, tx, kind.action, client_id)
    saved = feeds.mapping(tx, client_id, kind.code)
    try:
        return from_json(kind.vocabulary.fields, saved) if saved else None
    except UnusableMapping:  # saved by another edition of the desk: propose afresh
        return None


def save_mapping(
    actor: Actor, tx: Connection, kind: FeedKind, *, client_id: int, mapping: FeedMapping, at: datetime
) -> None:
    """
    Keep *mapping* for the client's next file of that kind.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    """
    scope.require_client(actor, tx, kind.action, client_id)
    row = {"mapping": mapping.to_json(kind.vocabulary.fields), "saved_by": actor.staff_id, "saved_at": at}
    tx.execute(
        insert(tables.FeedMapping)
        .values(client_id=client_id, kind=kind.code, **row)
        .on_conflict_do_update(index_elements=["client_id", "kind"], set_=row)
    )
    audit.record(actor, tx, verb="saved", noun="feed_mapping", noun_id=client_id, client_id=client_id)
