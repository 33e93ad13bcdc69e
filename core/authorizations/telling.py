"""What follows a determination: telling those whom it concerns, and the units that were used of what it approved."""

from datetime import datetime

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, Subject, require
from core.authorizations.changing import Key, NoSuchRequest, RequestChanged
from core.authorizations.vocabulary import TOLD, Party
from core.refusal import Refusal, limited
from core.statutes import Channel
from db.queries import authorizations as queries
from db.queries import files

LONGEST_RECIPIENT = 200
"""Characters of who was told; the database says the same."""


class NotDecided(Refusal):
    text = "Nobody is told of what is not decided."


class Corrected(Refusal):
    text = "This determination was corrected meanwhile: tell of the one that stands now."


class ToldWhen(Refusal):
    text = "Somebody is told after the decision, and not later than now: correct the time."


class NobodyToTell(Refusal):
    text = "Say who was told: a name or an office."


class UnitsUsed(Refusal):
    text = "As many units as were approved can be used, and none fewer than 0."


def tell(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int, determination_id: int,
    party: Party, how: Channel, recipient: str, told_at: datetime, document_id: int | None = None, at: datetime,
) -> int:  # fmt: skip
    """
    Record that somebody was told of a determination, by a letter (*document_id*) or otherwise; the notice's number.

    The first that the provider is told stops the clock. It leaves a disclosure.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest: if it is not there for the actor.
    :raises Corrected: if it stands no more.
    :raises NotDecided, ToldWhen, NobodyToTell, TooLong:
    """
    subject = Subject("claim", claim_id, client_id, {"authorization": request_id})
    require(actor, Action.AUTHORIZATION_WORK, subject)
    request = queries.request(tx, client_id, claim_id, request_id, locked=True)
    if request is None:
        raise NoSuchRequest
    made = next((each for each in request.determinations if each.determination_id == determination_id), None)
    if made is None:
        raise NotDecided
    if any(each.corrects_id == determination_id for each in request.determinations):
        raise Corrected
    whom = limited(typed.one_line(recipient), LONGEST_RECIPIENT, "Who was told")
    if not whom or party not in TOLD:
        raise NobodyToTell
    if not made.decided_at <= told_at <= at:
        raise ToldWhen
    if document_id is not None and files.file_of(tx, client_id, claim_id, document_id) is None:
        raise NotDecided("There is no such letter on this claim any more. Make it anew.")
    return queries.tell(
        tx,
        {"client_id": client_id, "claim_id": claim_id, "request_id": request_id, "determination_id": determination_id,
         "party": party.value, "how": how.value, "recipient": whom, "document_id": document_id, "told_at": told_at,
         "at": at, "by_id": actor.staff_id},
    )  # fmt: skip


def use(actor: Actor, tx: Connection, key: Key, *, line: int, used: int, seen: int, at: datetime) -> None:
    """
    Say how many of a line's approved units were used by now; *seen* is what stood there.

    :raises NotAllowed, NoSuchRequest: if the actor may not, or it is not there.
    :raises UnitsUsed: if there are not so many.
    :raises RequestChanged: if another number stands there by now.
    """
    subject = Subject("claim", key.claim_id, key.client_id, {"authorization": key.request_id})
    require(actor, Action.AUTHORIZATION_WORK, subject)
    request = queries.request(tx, *key[:3], locked=True)
    if request is None:
        raise NoSuchRequest
    approved = next((each.approved_units for each in request.lines if each.line == line), None) or 0
    if not 0 <= used <= approved:
        raise UnitsUsed
    values = {"client_id": key.client_id, "claim_id": key.claim_id, "request_id": key.request_id, "line": line}
    if not queries.use(tx, {**values, "used": used, "seen": seen, "at": at}):
        raise RequestChanged
