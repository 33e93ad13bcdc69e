"""Imports there were: which, what they refused, and taking one back as a whole."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from core import audit, scope, typed, words
from core.access import Actor, Subject
from core.claims import one_at_a_time
from core.feeds.kind import FeedKind
from core.refusal import Refusal
from core.scope import NoSuchClient
from core.spreadsheets import csv_file
from db.queries import feeds
from db.queries.clients import ClientInScope
from db.queries.feeds import Follower, Import

_STATE = text(
    "select state, accepted from feed_import"
    " where client_id = :client_id and import_id = :import_id and kind = :kind for update"
)
_FORGET_DUPLICATES = text("delete from import_duplicate where client_id = :client_id and import_id = :import_id")
_UNDONE = text(
    "update feed_import set state = 'undone', undone_at = :at, undone_by = :by_id"
    " where client_id = :client_id and import_id = :import_id"
)

SHOWN = 20
"""A client's latest imports of a kind that are shown."""

LONGEST_CODE = 40
"""Letters of a client's code, as somebody typed it, that go on the record of a refusal."""


class NoSuchImport(Refusal):
    text = "There is no such import."


class ImportNotDone(Refusal):
    text = "This import was undone or cancelled already: there is nothing to take back."


class ImportWorkedOn(Refusal):
    text = "Somebody has worked on what this import brought. It cannot be undone as a whole."


class ImportFollowed(Refusal):
    text = "Rows of another import were left out because of this one. Undo that import first."


def client_with_code(actor: Actor, tx: Connection, kind: FeedKind, code: str) -> ClientInScope:
    """
    Return the client with *code*.

    :raises NotAllowed: if the actor does not import feeds of that kind.
    :raises NoSuchClient: if there is none such among those whom the actor serves.
    """
    subject = Subject("client", more={"code": typed.cleaned(code)[:LONGEST_CODE]})
    matching = [
        client for client in scope.clients(actor, tx, kind.action, subject) if client.code == code.strip().upper()
    ]
    if not matching:
        raise NoSuchClient
    return matching[0]


def imports(actor: Actor, tx: Connection, kind: FeedKind, client_id: int) -> list[Import]:
    """
    Return the client's latest imports of that kind, SHOWN at most, newest first.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    """
    scope.require_client(actor, tx, kind.action, client_id)
    return feeds.imports(tx, client_id, kind.code, _worked_on(kind), SHOWN)


def refusals_csv(actor: Actor, tx: Connection, kind: FeedKind, *, client_id: int, import_id: int) -> bytes:
    """
    Return the refused rows as a CSV file: row, field, reason, what to do, then the row's own cells. It is an export.

    Before what a spreadsheet would take for a formula stands an apostrophe, which an import leaves out again where the
    cell begins with it.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    """
    refusals = Subject("import_refusals", import_id, client_id)
    scope.require_client(actor, tx, kind.action, client_id, refusals)
    rows = feeds.refused(tx, client_id, import_id, kind.code)
    headings = list(dict.fromkeys(heading for row in rows for heading, _ in row.cells))
    table: list[list[str | int]] = [["Row", "Field", "Reason", "What to do", *headings]]
    for row in rows:
        cells = dict(row.cells)
        refusal = (row.row_number, kind.vocabulary.name(row.field), row.reason, row.remedy)
        table.append([*refusal, *(cells.get(heading, "") for heading in headings)])
    audit.record(
        actor, tx, verb="exported", noun="import_refusals", noun_id=import_id, client_id=client_id,
        detail={"rows": len(rows)},
    )  # fmt: skip
    return csv_file(table)


def undo(actor: Actor, tx: Connection, kind: FeedKind, *, client_id: int, import_id: int, at: datetime) -> int:
    """
    Take back all that an import brought. Return of how many rows that was.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    :raises NoSuchImport: if the client has no such import of that kind.
    :raises ImportNotDone: if it was undone or cancelled before.
    :raises ImportWorkedOn: if somebody has worked on what it brought since.
    :raises ImportFollowed: if another import left out rows because of it; says which.
    """
    subject = Subject("import", import_id, client_id)
    timezone = scope.timezone(actor, tx, kind.action, client_id, subject, at=at)
    # A form or an import that finds what it brought does so now, or when that is gone.
    one_at_a_time(tx, client_id)
    which = {"client_id": client_id, "import_id": import_id}
    found = tx.execute(_STATE, which | {"kind": kind.code}).one_or_none()
    if found is None:
        raise NoSuchImport
    if found.state != "done":
        raise ImportNotDone
    # Locked before it is asked whether anybody worked on it: what is done to it meanwhile waits, or is seen.
    brought = tx.execute(text(f"select {kind.key} from {kind.table} {_BROUGHT} for update"), which).scalars().all()
    if tx.execute(text(f"select {_worked_on(kind)} from feed_import i {_BROUGHT}"), which).scalar_one():
        raise ImportWorkedOn(f"Somebody has {kind.words.worked_on}. It cannot be undone as a whole.")
    if followers := feeds.followers(tx, client_id, import_id):
        raise ImportFollowed(_followed(kind, followers, timezone))
    # First: the database lets what an import brought, and its duplicates, go only once it is undone.
    tx.execute(_UNDONE, which | {"at": at, "by_id": actor.staff_id})
    tx.execute(_FORGET_DUPLICATES, which)
    kind.take_back(tx, client_id, brought)
    audit.record(
        actor, tx, verb="undone", noun="import", noun_id=import_id, client_id=client_id,
        detail={"kind": kind.code, "rows": found.accepted},
    )  # fmt: skip
    return int(found.accepted)


_BROUGHT = "where client_id = :client_id and import_id = :import_id"


def _worked_on(kind: FeedKind) -> str:
    """Return the condition, in SQL, that somebody worked on what the import `i` brought: asked and shown alike."""
    return (
        f"exists (select from {kind.table} it"
        f" where it.client_id = i.client_id and it.import_id = i.import_id and ({kind.worked_on}))"
    )


def _followed(kind: FeedKind, followers: Sequence[Follower], timezone: str) -> str:
    """Say which imports left out rows because of what was to be taken back."""
    named = ", ".join(
        f"{each.file_name} of {words.instant(each.started_at, timezone)} (rows: {each.rows:,})" for each in followers
    )
    which = "that import" if len(followers) == 1 else "those imports"
    many = kind.words.many
    return f"Rows were left out because the {many} of this import were there already: {named}. Undo {which} first."
