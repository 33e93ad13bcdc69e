"""Following a request up: asking the provider or the reviewer how it stands; and when that is due next."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import typed
from core.access import Actor
from core.authorizations import cadences, next_follow_up
from core.authorizations.cadence import Asked
from core.authorizations.changing import Key, RequestDecided, find, write
from core.authorizations.vocabulary import FOLLOWED_UP, Party, Reply, Step
from core.refusal import Refusal, limited
from core.statutes import Channel
from db.queries import authorizations as queries

LONGEST_NOTE = 1000
"""Characters of a follow-up's note; the database says the same."""

_RECORDED_WITHIN = timedelta(days=7)

REMINDED_WITHIN = timedelta(days=366)
"""How far ahead it is said when a request is to be followed up."""


class NobodyToAsk(Refusal):
    text = "A request is followed up with the treating provider or the reviewing physician."


class TriedWhen(Refusal):
    text = "A follow-up is recorded once it was made, within a week, and after the request came: correct its time."


class ReminderWhen(Refusal):
    text = "Say when it is to be followed up: later than now, and within a year."


def follow_up(
    actor: Actor, tx: Connection, key: Key, *, party: Party, how: Channel, reply: Reply, note: str = "",
    tried_at: datetime | None = None, at: datetime,
) -> datetime:  # fmt: skip
    """
    Record a follow-up that was made at *tried_at*, now where that is None; return when the next one is due.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest, RequestChanged: if it is not there, or not as it was seen.
    :raises RequestDecided: if nothing is to be asked any more.
    :raises NobodyToAsk, TriedWhen, TooLong:
    """
    request = find(actor, tx, key)
    if request.frame.decided_at is not None:
        raise RequestDecided
    if party not in FOLLOWED_UP:
        raise NobodyToAsk
    when = tried_at or at
    if not max(request.frame.received_at, at - _RECORDED_WITHIN) <= when <= at:
        raise TriedWhen
    said = limited(typed.cleaned(note), LONGEST_NOTE, "The note")
    queries.follow_up(
        tx,
        {"client_id": key.client_id, "claim_id": key.claim_id, "request_id": key.request_id, "party": party.value,
         "how": how.value, "outcome": reply.value, "note": said or None, "tried_at": when, "at": at,
         "by_id": actor.staff_id},
    )  # fmt: skip
    following = next_follow_up.counted(
        cadences.kept(tx, at=at), request, {}, by_hand=None, asked=Asked(party, when, reply)
    )
    write(actor, tx, request, Step.FOLLOWED_UP, {**following.columns, "follow_up_by_hand": False}, at=at)
    return following.follow_up_at


def remind(actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime) -> None:
    """
    Set by hand when the request is followed up next: *on*, aware.

    :raises ReminderWhen: if that is not to come, or too far off.
    :raises NotAllowed, NoSuchRequest, RequestChanged, RequestDecided: as `put_reminder`.
    """
    check_reminder(on, at)
    put_reminder(actor, tx, key, on=on, at=at)


def check_reminder(on: datetime, at: datetime) -> None:
    """
    Check when a request is to be followed up.

    :raises ReminderWhen: if that is not to come, or too far off.
    """
    if not at < on <= at + REMINDED_WITHIN:
        raise ReminderWhen


def put_reminder(
    actor: Actor, tx: Connection, key: Key, *, on: datetime, at: datetime, by_hand: bool = True
) -> None:  # fmt: skip
    """
    Have the request followed up *on*, whenever that is: so it is set *by_hand*, and so it is given back.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest, RequestChanged: if it is not there, or not as it was seen.
    :raises RequestDecided: if nothing is to be asked any more.
    """
    request = find(actor, tx, key)
    if request.frame.decided_at is not None:
        raise RequestDecided
    following = next_follow_up.counted(cadences.kept(tx, at=at), request, {}, by_hand=on)
    write(actor, tx, request, Step.REMINDED, {**following.columns, "follow_up_by_hand": by_hand}, at=at)
