"""Deferring review while liability is disputed, and taking it up; whom it concerns is told by letter."""

from datetime import datetime

from sqlalchemy import Connection

from core.access import Actor
from core.authorizations.changing import Key, NoSuchRequest, NotAtThatTime, NotNow, change, undecided, why_of
from core.authorizations.letters import making
from core.authorizations.letters.making import About
from core.authorizations.vocabulary import Step
from db.queries import authorizations as queries
from db.queries.authorizations import Request


def defer(actor: Actor, tx: Connection, key: Key, *, on: datetime, why: str, at: datetime) -> None:
    """
    Say that liability is disputed since *on*: review waits where its law lets it, and letters tell so, with what is.

    :raises NotNow: if it was deferred already.
    :raises NoReason, TooLong, NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    if request.frame.deferred_at is not None:
        raise NotNow
    reason = why_of(why)
    keep(actor, tx, request, on=on, disputed=reason, why=reason, at=at)


def keep(
    actor: Actor, tx: Connection, request: Request, *, on: datetime, disputed: str, why: str | None, at: datetime
) -> None:
    """
    Keep that review of a request, which the caller has locked, is deferred, and make its letters; *why* is told on the
    timeline.

    :raises RequestChanged: if it was changed or ended since it was read.
    """
    change(actor, tx, request, Step.DEFERRED, {"deferred_at": on, "deferred_why": disputed}, at=at, why=why)
    frame = request.frame
    deferred = queries.request(tx, frame.client_id, frame.claim_id, frame.request_id)
    if deferred is None:
        raise NoSuchRequest
    making.make_all(actor, tx, deferred, About.DEFERRAL, at=at)


def take_up(actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime) -> None:
    """
    Say that liability is settled since *on*: review is taken up.

    :raises NotNow: if nothing was disputed, or it was settled already.
    :raises NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    deferred_at = request.frame.deferred_at
    if deferred_at is None or request.frame.taken_up_at is not None:
        raise NotNow
    if on < deferred_at:
        raise NotAtThatTime("Liability cannot have been settled before it was disputed.")
    change(actor, tx, request, Step.TAKEN_UP, {"taken_up_at": on}, at=at)
