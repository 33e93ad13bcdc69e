"""Handing a letter out: a notice of a determination or of a deferral, or a return; each leaves a disclosure."""

from datetime import datetime

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, Subject, require
from core.authorizations import clock, rules
from core.authorizations.changing import NoSuchRequest, write_counted
from core.authorizations.letters.making import About
from core.authorizations.telling import LONGEST_RECIPIENT, NobodyToTell, ToldWhen, tell
from core.authorizations.vocabulary import Party, Step
from core.refusal import Refusal, limited
from core.statutes import Channel
from db.queries import authorizations as requests
from db.queries import letters as queries
from db.queries.authorizations import Request
from db.queries.letters import Letter

_RETURN = f"{About.RETURN}_letter"


class NotToHandOut(Refusal):
    text = "This letter does not hold any more: what it tells of was changed, or a later one took its place."


class NotMadeYet(Refusal):
    text = "This letter could not be made yet: make it first."


class HandedOut(Refusal):
    text = "This letter went out already."


def hand_out(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int, letter_id: int, how: Channel,
    recipient: str, told_at: datetime | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Record that a letter went out, *told_at* (aware; None is now): how, and to whom.

    Of a determination it is the notice, and the first to the provider stops the clock; it may go out once more, as
    another notice; others go out once. A request that is returned waits from then on for nothing that has a date.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest: if the request or the letter is not there for the actor.
    :raises NotToHandOut, NotMadeYet, HandedOut: if it cannot go out, or has.
    :raises NobodyToTell, ToldWhen, TooLong: of whom and when.
    """
    require(actor, Action.AUTHORIZATION_WORK, Subject("claim", claim_id, client_id, {"authorization": request_id}))
    request = requests.request(tx, client_id, claim_id, request_id, locked=True)
    found = queries.letters(tx, client_id, claim_id, request_id) if request else []
    one = next((each for each in found if each.letter_id == letter_id), None)
    if request is None or one is None:
        raise NoSuchRequest
    if one.document_id is None:
        raise NotMadeYet
    if not one.holds:
        raise NotToHandOut
    when = told_at or at
    if one.determination_id is None:
        _by_itself(actor, tx, request, one, how, recipient, when, at)
        return
    tell(
        actor, tx, client_id=client_id, claim_id=claim_id, request_id=request_id,
        determination_id=one.determination_id, party=Party(one.party), how=how, recipient=recipient, told_at=when,
        document_id=one.document_id, at=at,
    )  # fmt: skip


def _by_itself(
    actor: Actor, tx: Connection, request: Request, one: Letter, how: Channel, recipient: str, when: datetime,
    at: datetime,
) -> None:  # fmt: skip
    frame = request.frame
    whom = limited(typed.one_line(recipient), LONGEST_RECIPIENT, "Who was told")
    if not whom:
        raise NobodyToTell
    if not frame.received_at <= when <= at:
        raise ToldWhen("A letter goes out after the request was received, and not later than now: correct the time.")
    values = {
        "client_id": frame.client_id, "claim_id": frame.claim_id, "letter_id": one.letter_id, "handed_out_at": when,
        "how": how.value, "recipient": whom, "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.hand_out(tx, values):
        raise HandedOut
    if one.template == _RETURN and frame.returned_at is None:
        standing = clock.standing(rules.held(tx, frame.jurisdiction), {**frame._asdict(), "returned_at": when})
        write_counted(actor, tx, request, Step.SENT_BACK, {"returned_at": when, **standing.columns}, at=at)
