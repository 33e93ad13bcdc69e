"""What of a claim goes to somebody outside: nothing leaves without a row that says what, to whom and why."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from core import audit, claims, typed
from core.access import Action, Actor, Subject, of_claim, require
from core.claim_file.documents import open_document
from core.claim_file.letters import keep_letter
from core.claim_file.summary import summary
from core.files import Opened
from core.refusal import Refusal, limited
from core.typeset import Letter, letter
from db.queries import files as queries
from db.queries.claims import Frame

LONGEST_RECIPIENT = 200
LONGEST_PURPOSE = 500
"""Characters that say to whom, and why; the database says the same."""


class NoRecipient(Refusal):
    text = "Say to whom it goes: a name, and whose behalf it is on."


def hand_out_document(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, document_id: int, recipient: str, purpose: str,
    at: datetime,
) -> Opened:  # fmt: skip
    """
    Return a document for somebody outside, and leave on the claim to whom it went and why.

    :raises NotAllowed: if the actor hands nothing out.
    :raises NoSuchClaim, NoSuchDocument: if the claim, or the document on it, is not there for the actor.
    :raises NoRecipient, NoReason, TooLong: if it is not said to whom or why, or at too great length.
    """
    require(actor, Action.CLAIM_DISCLOSE, Subject("claim", claim_id, client_id, {"document": document_id}))
    to, why = _said(recipient, purpose)
    claim = claims.find(tx, client_id, claim_id, also_merged=True)
    opened = open_document(actor, tx, client_id=client_id, claim_id=claim_id, document_id=document_id)
    _left(actor, tx, claim, document_id, opened.digest, to, why, at)
    return opened


def hand_out_summary(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, recipient: str, purpose: str, at: datetime
) -> bytes:
    """
    Return the claim's summary for somebody outside, and leave on the claim to whom it went and why.

    :raises NotAllowed: if the actor hands nothing out.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoRecipient, NoReason, TooLong: if it is not said to whom or why, or at too great length.
    :raises Unprintable: if a name has letters for which this machine has no font.
    """
    require(actor, Action.CLAIM_DISCLOSE, of_claim(client_id, claim_id))
    to, why = _said(recipient, purpose)
    claim = claims.find(tx, client_id, claim_id)
    made = summary(actor, tx, client_id, claim_id, at=at)
    _left(actor, tx, claim, None, sha256(made).digest(), to, why, at)
    return made


def hand_out_letter(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, told: Letter, title: str, recipient: str,
    purpose: str, at: datetime,
) -> bytes:  # fmt: skip
    """
    Set what is *told* as a letter, keep it on the claim unless it is there already, and hand it to somebody outside.

    :raises NotAllowed: if the actor hands nothing out, or keeps no files.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoRecipient, NoReason, TooLong: if it is not said to whom or why, or at too great length.
    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    require(actor, Action.CLAIM_DISCLOSE, of_claim(client_id, claim_id))
    where = {"client_id": client_id, "claim_id": claim_id}
    claims.find(tx, client_id, claim_id)
    content = letter(told)
    document_id = queries.with_digest(tx, client_id, claim_id, sha256(content).digest())
    if document_id is None:
        document_id = keep_letter(
            actor, tx, client_id=client_id, claim_id=claim_id, told=told, content=content, title=title, at=at
        )
    handed = hand_out_document(actor, tx, **where, document_id=document_id, recipient=recipient, purpose=purpose, at=at)
    return handed.content


def _said(recipient: str, purpose: str) -> tuple[str, str]:
    to = typed.one_line(recipient)
    if not to:
        raise NoRecipient
    return limited(to, LONGEST_RECIPIENT, "To whom"), typed.reason(purpose, LONGEST_PURPOSE, "The reason")


def _left(
    actor: Actor, tx: Connection, claim: Frame, document_id: int | None, digest: bytes, to: str, why: str, at: datetime
) -> None:
    values = {
        "client_id": claim.client_id, "claim_id": claim.claim_id, "document_id": document_id, "digest": digest,
        "recipient": to, "purpose": why, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    queries.disclose(tx, values)
    what = {"document": "summary" if document_id is None else document_id}
    claims.note(actor, tx, claim, "disclosed", at, what)
    audit.record(
        actor, tx, verb="disclosed", noun="claim", noun_id=claim.claim_id, client_id=claim.client_id, detail=what
    )
