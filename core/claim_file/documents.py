"""The documents of a claim: what came in, of which kind, when, and under which title it is found."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit, claims, files, typed
from core.access import Action, Actor, NotAllowed, Subject, of_claim, require
from core.claims import OfClaim
from core.files import Opened
from core.refusal import Refusal, limited
from db.queries import files as queries

LONGEST_TITLE = 200
"""Longest title of a document, in characters; the database says the same."""


class DocumentKind(StrEnum):
    """What a document of a claim is."""

    INJURY_REPORT = "injury_report"
    MEDICAL_RECORD = "medical_record"
    WORK_STATUS = "work_status"
    LETTER = "letter"
    AUTHORIZATION_REQUEST = "authorization_request"
    OTHER = "other"


DOCUMENT_KINDS = {
    DocumentKind.INJURY_REPORT: "Report of injury",
    DocumentKind.MEDICAL_RECORD: "Medical record",
    DocumentKind.WORK_STATUS: "Work status",
    DocumentKind.LETTER: "Letter",
    DocumentKind.AUTHORIZATION_REQUEST: "Authorization request",
    DocumentKind.OTHER: "Other",
}


class NoTitle(Refusal):
    text = "Give the document a title: what it is and whose, as 'Work status, Dr. Ames'."


class WhenReceived(Refusal):
    text = "Say when it was received."


class ReceivedLater(Refusal):
    text = "It cannot have been received later than it was put here. Give the time at which the fax or e-mail came."


class DocumentKnown(Refusal):
    text = "This claim has the very same document already."


class NoSuchDocument(NotAllowed):
    text = "There is no such document on this claim."


class _Claim(NamedTuple):
    client_id: int
    claim_id: int


def open_document(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, document_id: int) -> Opened:
    """
    Return a document with its bytes. It is a look at the claim, on the record with the document's number.

    :raises NotAllowed: if the actor reads no files.
    :raises NoSuchDocument: if the claim has no such document for the actor.
    """
    subject = Subject("claim", claim_id, client_id, {"document": document_id})
    require(actor, Action.FILE_READ, subject)
    if (file_id := queries.file_of(tx, client_id, claim_id, document_id)) is None:
        raise NoSuchDocument
    return files.opened(actor, tx, client_id=client_id, file_id=file_id, hangs_on=subject)


def add(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, name: str, data: bytes,
    received_at: datetime | None, kind: DocumentKind, title: str, at: datetime, also_merged: bool = False,
) -> int:  # fmt: skip
    """
    Keep a file as a document of the claim, received at *received_at*; the document's number. A letter can be of a claim
    that was merged, where it is *also_merged*: its requests go on. It is told where that claim leads.

    :raises NotAllowed: if the actor keeps no files.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoTitle, TooLong: if the title says nothing, or more than LONGEST_TITLE.
    :raises WhenReceived, ReceivedLater: as `stamp_of_receipt`; it was put here *at*.
    :raises DocumentKnown: if the claim has the very same file.
    :raises EmptyFile, FileTooLarge, WebPage, BrokenPicture, PictureTooLarge, UnknownFile: as `files.kind_of`.
    """
    require(actor, Action.FILE_KEEP, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id, also_merged=also_merged)
    received_at = stamp_of_receipt(received_at, latest=at)
    file_id = files.keep(actor, tx, client_id=client_id, name=name, data=data, at=at, received_at=received_at)
    told_on = _Claim(client_id, claim.merged_into or claim_id)
    return become(actor, tx, claim, file_id, kind=kind, title=title, at=at, told_on=told_on)


def become(
    actor: Actor, tx: Connection, claim: OfClaim, file_id: int, *, kind: DocumentKind, title: str, at: datetime,
    told_on: OfClaim | None = None,
) -> int:  # fmt: skip
    """
    Make a stamped file a document of the claim, which the caller has locked; the document's number. What tells of
    it, timeline and record, is the claim's own, or that of *told_on*.

    :raises NoTitle, TooLong: if the title says nothing, or more than LONGEST_TITLE.
    :raises DocumentKnown: if the claim has the very same file.
    """
    called = typed.one_line(title)
    if not called:
        raise NoTitle
    limited(called, LONGEST_TITLE, "The title")
    if queries.has_the_same(tx, claim.client_id, claim.claim_id, file_id):
        raise DocumentKnown
    values = {
        "client_id": claim.client_id, "claim_id": claim.claim_id, "file_id": file_id, "kind": kind.value,
        "title": called, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    document_id = queries.add_document(tx, values)
    detail = {"document": document_id, "kind": kind.value}
    on = told_on or claim
    claims.note(actor, tx, on, "document_added", at, detail)
    audit.record(
        actor, tx, verb="document_added", noun="claim", noun_id=on.claim_id, client_id=on.client_id,
        detail=detail,
    )  # fmt: skip
    return document_id


def stamp_of_receipt(received_at: datetime | None, *, latest: datetime) -> datetime:
    """
    Return the stamp of receipt as it was given.

    :raises WhenReceived: if there is none, or one that is none of our time.
    :raises ReceivedLater: if it is later than *latest*, when the file was put here.
    """
    if received_at is None or received_at.year <= 1900:
        raise WhenReceived
    if received_at > latest:
        raise ReceivedLater
    return received_at
