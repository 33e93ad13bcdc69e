"""Imports there were: which, what they refused, and taking one back as a whole."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from core import audit, scope, typed, words
from core.access import Action, Actor, Subject
from core.claims import announce, one_at_a_time
from core.feeds.judging import field_name
from core.refusal import Refusal
from core.scope import NoSuchClient
from core.spreadsheets import csv_file
from db.queries import feeds
from db.queries.clients import ClientInScope
from db.queries.feeds import WORKED_ON, Follower, Import

_STATE = text("select state from claim_import where client_id = :client_id and import_id = :import_id for update")
_LOCK = text("select claim_id, worker_id from claim where client_id = :client_id and import_id = :import_id for update")
_WORKED_ON = text(
    f"select exists (select from claim c where c.client_id = :client_id and c.import_id = :import_id and ({WORKED_ON}))"
)
_TAKE_AWAY = tuple(
    text(f"delete from {table} where client_id = :client_id and claim_id = any (:claims)")
    for table in ("intake_question", "claim_narrative", "claim_event", "claim")
)
_FORGET_DUPLICATES = text("delete from import_duplicate where client_id = :client_id and import_id = :import_id")
_TAKE_WORKERS = text("delete from injured_worker where client_id = :client_id and worker_id = any (:workers)")
_UNDONE = text(
    "update claim_import set state = 'undone', undone_at = :at, undone_by = :by_id"
    " where client_id = :client_id and import_id = :import_id"
)

SHOWN = 20
"""A client's latest imports that are shown."""

LONGEST_CODE = 40
"""Letters of a client's code, as somebody typed it, that go on the record of a refusal."""


class NoSuchImport(Refusal):
    text = "There is no such import."


class ImportNotDone(Refusal):
    text = "This import was undone or cancelled already: there is nothing to take back."


class ImportWorkedOn(Refusal):
    text = "Somebody has worked on a claim of this import, or begun to write on one. It cannot be undone as a whole."


class ImportFollowed(Refusal):
    text = "Rows of another import were left out because of this one's claims. Undo that import first."


def client_with_code(actor: Actor, tx: Connection, code: str) -> ClientInScope:
    """
    Return the client with *code*.

    :raises NotAllowed: if the actor does not import claims.
    :raises NoSuchClient: if there is none such among those whom the actor serves.
    """
    subject = Subject("client", more={"code": typed.cleaned(code)[:LONGEST_CODE]})
    matching = [
        client
        for client in scope.clients(actor, tx, Action.CLAIM_IMPORT, subject)
        if client.code == code.strip().upper()
    ]
    if not matching:
        raise NoSuchClient
    return matching[0]


def imports(actor: Actor, tx: Connection, client_id: int) -> list[Import]:
    """
    Return the client's latest imports, SHOWN at most, newest first.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    """
    scope.require_client(actor, tx, Action.CLAIM_IMPORT, client_id)
    return feeds.imports(tx, client_id, SHOWN)


def refusals_csv(actor: Actor, tx: Connection, *, client_id: int, import_id: int) -> bytes:
    """
    Return the refused rows as a CSV file: row, field, reason, what to do, then the row's own cells. It is an export.

    Before what a spreadsheet would take for a formula stands an apostrophe, which an import leaves out again where the
    cell begins with it.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    """
    refusals = Subject("import_refusals", import_id, client_id)
    scope.require_client(actor, tx, Action.CLAIM_IMPORT, client_id, refusals)
    rows = feeds.refused(tx, client_id, import_id)
    headings = list(dict.fromkeys(heading for row in rows for heading, _ in row.cells))
    table: list[list[str | int]] = [["Row", "Field", "Reason", "What to do", *headings]]
    for row in rows:
        cells = dict(row.cells)
        refusal = (row.row_number, field_name(row.field), row.reason, row.remedy)
        table.append([*refusal, *(cells.get(heading, "") for heading in headings)])
    audit.record(
        actor, tx, verb="exported", noun="import_refusals", noun_id=import_id, client_id=client_id,
        detail={"rows": len(rows)},
    )  # fmt: skip
    return csv_file(table)


def undo(actor: Actor, tx: Connection, *, client_id: int, import_id: int, at: datetime) -> int:
    """
    Take back every claim of an import, with its worker, story and questions. Return how many claims that were.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    :raises NoSuchImport: if the client has no such import.
    :raises ImportNotDone: if it was undone or cancelled before.
    :raises ImportWorkedOn: if anybody has worked on one of its claims, or has words on one that are not sent.
    :raises ImportFollowed: if another import left out rows because of its claims; says which.
    """
    subject = Subject("import", import_id, client_id)
    timezone = scope.timezone(actor, tx, Action.CLAIM_IMPORT, client_id, subject, at=at)
    # A form or an import that finds its claims reported before does so now, or when they are gone.
    one_at_a_time(tx, client_id)
    which = {"client_id": client_id, "import_id": import_id}
    state = tx.execute(_STATE, which).scalar()
    if state is None:
        raise NoSuchImport
    if state != "done":
        raise ImportNotDone
    # Locked before it is asked whether anybody worked on them: an attempt logged meanwhile waits, or is seen.
    locked = tx.execute(_LOCK, which).all()
    if tx.execute(_WORKED_ON, which).scalar_one():
        raise ImportWorkedOn
    if followers := feeds.followers(tx, client_id, import_id):
        raise ImportFollowed(_followed(followers, timezone))
    # First: the database lets the claims of an import, and its duplicates, go only once it is undone.
    tx.execute(_UNDONE, which | {"at": at, "by_id": actor.staff_id})
    tx.execute(_FORGET_DUPLICATES, which)
    claims, workers = [row.claim_id for row in locked], [row.worker_id for row in locked]
    for statement in _TAKE_AWAY:
        tx.execute(statement, {"client_id": client_id, "claims": claims})
    tx.execute(_TAKE_WORKERS, {"client_id": client_id, "workers": workers})
    audit.record(
        actor, tx, verb="undone", noun="import", noun_id=import_id, client_id=client_id, detail={"claims": len(claims)}
    )
    announce(tx, client_id, None)
    return len(claims)


def _followed(followers: Sequence[Follower], timezone: str) -> str:
    """Say which imports left out rows because of the claims that were to be taken back."""
    named = ", ".join(
        f"{each.file_name} of {words.instant(each.started_at, timezone)} (rows: {each.rows:,})" for each in followers
    )
    which = "that import" if len(followers) == 1 else "those imports"
    return f"Rows were left out because the claims of this import were there already: {named}. Undo {which} first."
