"""The inbound tray: what came by fax or e-mail waits there, until it is stamped and becomes a document of a claim."""

from datetime import datetime

from sqlalchemy import Connection

from core import audit, claims, files, typed
from core.access import Action, Actor, Subject, require
from core.claim_file.documents import DocumentKind, become, stamp_of_receipt
from core.files import Opened
from core.refusal import Refusal
from db.queries import files as queries
from db.queries.files import Waiting

MOST = 200
"""Files of the tray that are read at once: the oldest."""

LONGEST_REASON = 200
"""Longest reason for setting a file aside, in characters; the database says the same."""


class NotWaiting(Refusal):
    text = "This file waits no more: somebody has filed it, or set it aside."


def waiting(actor: Actor, tx: Connection) -> list[Waiting]:
    """
    Return what waits in the tray of the actor's clients, oldest first, MOST at most. It is a look, on the record.

    :raises NotAllowed: if the actor keeps no files.
    """
    require(actor, Action.FILE_KEEP, Subject("tray"))
    found = queries.waiting(tx, actor.scope, MOST)
    audit.record(actor, tx, verb="read", noun="tray", noun_id=0)
    return found


def open_waiting(actor: Actor, tx: Connection, *, client_id: int, file_id: int) -> Opened:
    """
    Return a file that waits, with its bytes. It is a look, on the record.

    :raises NotAllowed: if the actor keeps no files.
    :raises NoSuchFile: if the file is not there for the actor.
    """
    require(actor, Action.FILE_KEEP, Subject("file", file_id, client_id))
    return files.opened(actor, tx, client_id=client_id, file_id=file_id)


def take_in(
    actor: Actor, tx: Connection, *, client_id: int, file_id: int, claim_id: int, received_at: datetime | None,
    kind: DocumentKind, title: str, at: datetime,
) -> int:  # fmt: skip
    """
    Stamp a file that waits as received at *received_at* and make it a document of the claim; the document's number.

    :raises NotAllowed: if the actor keeps no files.
    :raises NoTitle, TooLong: if the title says nothing, or more than LONGEST_TITLE.
    :raises NoSuchClaim: if the claim is not there for the actor, or is another client's.
    :raises NotWaiting: if the file does not wait any more.
    :raises WhenReceived, ReceivedLater: as `stamp_of_receipt`; the latest is when the file was dropped here.
    :raises DocumentKnown: if the claim has the very same file.
    """
    require(actor, Action.FILE_KEEP, Subject("file", file_id, client_id))
    claim = claims.find(tx, client_id, claim_id)
    uploaded = queries.uploaded_at(tx, client_id, file_id)
    if uploaded is None:
        raise NotWaiting
    stamped = stamp_of_receipt(received_at, latest=uploaded)
    queries.stamp(tx, client_id, file_id, received_at=stamped, by_id=actor.staff_id)
    return become(actor, tx, claim, file_id, kind=kind, title=title, at=at)


def set_aside(actor: Actor, tx: Connection, *, client_id: int, file_id: int, reason: str, at: datetime) -> None:
    """
    Take a file that belongs to no claim out of the tray, with a *reason*. It is kept.

    :raises NotAllowed: if the actor keeps no files.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    :raises NotWaiting: if the file does not wait any more, or is not there for the actor.
    """
    require(actor, Action.FILE_KEEP, Subject("file", file_id, client_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason")
    if not queries.set_aside(tx, client_id, file_id, at=at, by_id=actor.staff_id, why=why):
        raise NotWaiting
    audit.record(actor, tx, verb="set_aside", noun="file", noun_id=file_id, client_id=client_id)
