"""What happens to a request before it is decided: completed, extended, standing still, given to somebody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, NotAllowed, Subject, require
from core.authorizations import clock, next_follow_up, rules
from core.authorizations.asked import LONGEST_BY_HAND, LONGEST_MISSING, DueFarOff
from core.authorizations.vocabulary import Step
from core.refusal import Refusal
from db.queries import authorizations as queries
from db.queries.authorizations import Request

LONGEST_WHY = 500
"""Characters of why something was changed; the database says the same."""


class NoSuchRequest(NotAllowed):
    text = "There is no such request among those of the clients you serve."


class RequestChanged(Refusal):
    text = "Somebody has changed this request meanwhile. Look at it again: nothing of yours was done yet."


class RequestDecided(Refusal):
    text = "This request is decided. What is to be otherwise is a correction of the determination."


class NotAtThatTime(Refusal):
    text = "This cannot have happened before the request was received, or later than now."


class NotNow(Refusal):
    text = "This cannot be said of the request as it stands. Look at it again."


class NoReviewer(Refusal):
    text = "This person does not review for that client. Choose somebody of its clinical staff."


class Key(NamedTuple):
    """Which request, and the version that was seen of it."""

    client_id: int
    claim_id: int
    request_id: int
    version: int


def find(actor: Actor, tx: Connection, key: Key, action: Action = Action.AUTHORIZATION_WORK) -> Request:
    """
    Return a request, locked, as it was seen.

    :raises NotAllowed: if the actor may not do *action*.
    :raises NoSuchRequest: if it is not there for the actor.
    :raises RequestChanged: if it is another version by now.
    """
    require(actor, action, Subject("claim", key.claim_id, key.client_id, {"authorization": key.request_id}))
    request = queries.request(tx, *key[:3], locked=True)
    if request is None:
        raise NoSuchRequest
    if request.frame.version != key.version:
        raise RequestChanged
    return request


def complete(actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime) -> None:
    """
    Say that the request was complete *on* (aware): its clock starts.

    :raises NotNow: if it was complete already.
    :raises NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    if request.frame.complete_at is not None:
        raise NotNow
    change(actor, tx, request, Step.COMPLETED, {"complete_at": on}, at=at)


def send_back(actor: Actor, tx: Connection, key: Key, *, missing: str, at: datetime) -> None:
    """
    Say anew what is missing for the request to be complete.

    :raises NotNow: if it is complete.
    :raises NoReason, TooLong: if nothing is missing, or it takes too many words.
    :raises RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, at, at)
    if request.frame.complete_at is not None:
        raise NotNow
    what = typed.reason(missing, LONGEST_MISSING, "What is missing")
    write(actor, tx, request, Step.RETURNED, {"missing": what}, at=at)


def extend(actor: Actor, tx: Connection, key: Key, *, on: datetime, why: str, at: datetime) -> None:
    """
    Say that information was asked for *on*, or what else extends the clock was done; whether it does, its law says.

    :raises NotNow: if it was said already, or the request is not complete.
    :raises NoReason, TooLong, NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    if request.frame.information_asked_at is not None or request.frame.clock == "waiting":
        raise NotNow
    change(actor, tx, request, Step.EXTENDED, {"information_asked_at": on}, at=at, why=why_of(why))


def inform(actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime) -> None:
    """
    Say that what was asked for came *on*.

    :raises NotNow: if nothing was asked for, or it came already.
    :raises NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    asked_at = request.frame.information_asked_at
    if asked_at is None or request.frame.information_at is not None:
        raise NotNow
    if on < asked_at:
        raise NotAtThatTime("What was asked for cannot have come before it was asked for.")
    change(actor, tx, request, Step.INFORMED, {"information_at": on}, at=at)


def toll(actor: Actor, tx: Connection, key: Key, *, on: datetime, why: str, at: datetime) -> None:
    """
    Say that an independent examination was ordered *on*: the clock stands still where its law lets it.

    :raises NotNow: if one was ordered already.
    :raises NoReason, TooLong, NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    if request.frame.tolled_at is not None:
        raise NotNow
    change(actor, tx, request, Step.TOLLED, {"tolled_at": on}, at=at, why=why_of(why))


def resume(actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime) -> None:
    """
    Say that the report of the examination came *on*.

    :raises NotNow: if none was ordered, or its report came already.
    :raises NotAtThatTime, RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, on, at)
    tolled_at = request.frame.tolled_at
    if tolled_at is None or request.frame.resumed_at is not None:
        raise NotNow
    if on < tolled_at:
        raise NotAtThatTime("The report cannot have come before the examination was ordered.")
    change(actor, tx, request, Step.RESUMED, {"resumed_at": on}, at=at)


def set_due(actor: Actor, tx: Connection, key: Key, *, due_at: datetime | None, why: str, at: datetime) -> None:
    """
    Set by hand when the request is due, with the reason; None has its rule count again.

    :raises NoReason, TooLong, DueWhen: as `rules.by_hand`.
    :raises NotNow: if its rule is to count again, and does.
    :raises NotAtThatTime: if it would have been due before it was received.
    :raises DueFarOff: if it is due years from now.
    :raises RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, at, at)
    if due_at is not None and due_at < request.frame.received_at:
        raise NotAtThatTime("It cannot be due before it was received.")
    if due_at is not None and due_at > at + LONGEST_BY_HAND:
        raise DueFarOff
    said = rules.by_hand(due_at, why)
    if due_at is None and request.frame.due_why is None:
        raise NotNow
    change(actor, tx, request, Step.DUE_SET, said, at=at)


def assign(actor: Actor, tx: Connection, key: Key, *, reviewer_id: int | None, at: datetime) -> None:
    """
    Say who reviews the request; None for nobody yet.

    :raises NoReviewer: if that person is not of the clinical staff that serves the client.
    :raises RequestDecided, NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = undecided(actor, tx, key, at, at)
    if reviewer_id is not None and reviewer_id not in (each.staff_id for each in queries.reviewers(tx, key.client_id)):
        raise NoReviewer
    write(actor, tx, request, Step.ASSIGNED, {"reviewer_id": reviewer_id}, at=at)


def undecided(actor: Actor, tx: Connection, key: Key, on: datetime, at: datetime) -> Request:
    """
    Return a request that is not decided, locked, as it was seen, for something that was so *on*.

    :raises RequestDecided: if it is decided.
    :raises NotAtThatTime: if that was before it was received, or later than now.
    :raises NoSuchRequest, RequestChanged, NotAllowed:
    """
    request = find(actor, tx, key)
    if request.frame.decided_at is not None or request.frame.ended_at is not None:
        raise RequestDecided
    if not request.frame.received_at <= on <= at:
        raise NotAtThatTime
    return request


def why_of(why: str) -> str:
    """
    Return a reason as it is kept.

    :raises NoReason, TooLong: if there is none, or it takes too many words.
    """
    return typed.reason(typed.one_line(why), LONGEST_WHY, "The reason")


def change(
    actor: Actor, tx: Connection, request: Request, step: Step, changed: Mapping[str, Any], *, at: datetime,
    why: str | None = None,
) -> None:  # fmt: skip
    """
    Write what *changed* of a request, and its clock as it counts then.

    :raises RequestChanged: if it was changed or ended since it was read.
    """
    known = {**request.frame._asdict(), **changed}
    stands = clock.standing(rules.held(tx, request.frame.jurisdiction), known)
    write_counted(actor, tx, request, step, {**changed, **stands.columns}, at=at, why=why)


def write_counted(
    actor: Actor, tx: Connection, request: Request, step: Step, changed: Mapping[str, Any], *, at: datetime,
    why: str | None = None,
) -> None:  # fmt: skip
    """
    Write what *changed* of a request and, where its due date moved by that, when it is followed up next.

    :raises RequestChanged: if it was changed or ended since it was read.
    """
    moved = next_follow_up.of_change(tx, request, changed, at=at)
    write(actor, tx, request, step, {**changed, **moved}, at=at, why=why)


def write(
    actor: Actor, tx: Connection, request: Request, step: Step, changed: Mapping[str, Any], *, at: datetime,
    why: str | None = None,
) -> None:  # fmt: skip
    """
    Write what *changed* of a request.

    :raises RequestChanged: if it was changed or ended since it was read.
    """
    frame = request.frame
    values = {
        **changed, "client_id": frame.client_id, "claim_id": frame.claim_id, "request_id": frame.request_id,
        "version": frame.version, "change": step.value, "change_why": why, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.change(tx, values):
        raise RequestChanged
