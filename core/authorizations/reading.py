"""Looking at requests for authorization: those of a claim, one alone, and the count behind its clock."""

from datetime import datetime

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, Subject, of_claim, require
from core.authorizations import clock, kinds, rules
from core.authorizations.changing import NoSuchRequest
from core.authorizations.clock import Standing
from core.authorizations.kinds import Offered
from core.authorizations.vocabulary import PUT_OFF
from db.queries import authorizations as queries
from db.queries.authorizations import Determination, Paper, Request, Reviewer


def of_claim_page(actor: Actor, tx: Connection, *, client_id: int, claim_id: int) -> list[Request]:
    """
    Return the requests of a claim whose page is open, which is a look on the record already; open ones come first.

    :raises NotAllowed: if the actor reads no claims.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    return queries.requests(tx, client_id, claim_id)


def opened(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int) -> Request:
    """
    Return one request. It is a look at the claim, on the record with the request's number.

    :raises NotAllowed: if the actor reads no claims.
    :raises NoSuchRequest: if it is not there for the actor.
    """
    subject = Subject("claim", claim_id, client_id, {"authorization": request_id})
    require(actor, Action.CLAIM_READ, subject)
    request = queries.request(tx, client_id, claim_id, request_id)
    if request is None:
        raise NoSuchRequest
    audit.record(
        actor, tx, verb="read", noun="claim", noun_id=claim_id, client_id=client_id,
        detail={"authorization": request_id},
    )  # fmt: skip
    return request


def papers(actor: Actor, tx: Connection, *, client_id: int, claim_id: int) -> list[Paper]:
    """
    Return the documents of a claim whose page is open that are requests as they came, and are not logged yet.

    :raises NotAllowed: if the actor reads no files.
    """
    require(actor, Action.FILE_READ, of_claim(client_id, claim_id))
    return queries.papers(tx, client_id, claim_id)


def standing(tx: Connection, request: Request) -> Standing:
    """Return how the request's clock stands by the rules, with the count in its steps."""
    return clock.standing(rules.held(tx, request.frame.jurisdiction), request.frame._asdict())


def offered(actor: Actor, tx: Connection, jurisdiction: str, *, appeal: bool = False) -> list[Offered]:
    """
    Return which kinds of requests, or of appeals, can be logged in a jurisdiction, the usual first.

    :raises NotAllowed: if the actor works no authorizations.
    """
    require(actor, Action.AUTHORIZATION_WORK)
    return kinds.offered(rules.held(tx, jurisdiction).rules, jurisdiction, appeal=appeal)


def stands(request: Request) -> Determination | None:
    """Return the determination that stands, the last that decided; None where none did."""
    return next((each for each in request.determinations if each.outcome not in PUT_OFF), None)


def reviewers(actor: Actor, tx: Connection, *, client_id: int) -> list[Reviewer]:
    """
    Return who reviews for the client, by name.

    :raises NotAllowed: if the actor works no authorizations.
    """
    require(actor, Action.AUTHORIZATION_WORK, Subject("client", client_id, client_id))
    return queries.reviewers(tx, client_id)


def moved(tx: Connection, request: Request) -> datetime | None:
    """Return when the request is due as computed now, where that is another time than is stored; else None."""
    computed = standing(tx, request).due_at
    return computed if computed != request.frame.due_at and request.frame.decided_at is None else None
