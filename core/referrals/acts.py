"""What becomes of a referral: both sides confirm it, and it ends, by the report or without one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import claims, typed
from core.access import Action, Actor, NotAllowed, Subject, require
from core.claim_file import NoSuchDocument
from core.referrals import states
from core.referrals.vocabulary import LONGEST_NAME, LONGEST_WORDS, Party, Way
from core.refusal import Refusal, limited
from db.queries import referrals as queries
from db.queries.referrals import Referral

_TOLD_WITHIN = timedelta(days=31)
"""How long ago something may have been confirmed or received when it is put on record."""


class NoSuchReferral(NotAllowed):
    text = "There is no such referral among those of the clients you serve."


class ReferralEnded(Refusal):
    text = "This referral has ended. Look at it again; another can be made."


class NobodySpokenTo(Refusal):
    text = "Say with whom you spoke, or from whom it came."


class ConfirmedAlready(Refusal):
    text = "This side has confirmed the referral already. Look at it again."


class NotThen(Refusal):
    text = f"Give a time that is past, within the last {_TOLD_WITHIN.days} days."


class ConfirmedBeforeMade(Refusal):
    text = "It cannot have been confirmed before the referral was made: correct the time."


class NotKept(Refusal):
    text = "A report comes after the appointment was kept: say first that it was."


def confirm(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, party: Party, how: Way, with_whom: str,
    words: str = "", confirmed_at: datetime | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Say that the treating provider or the worker confirmed a referral: *with_whom* somebody spoke, when (None: now) and
    how.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises ReferralEnded: if it is not open any more.
    :raises ConfirmedAlready: if this side has confirmed.
    :raises ConfirmedBeforeMade: if it was not made by then, to the minute.
    :raises NobodySpokenTo, NotThen, TooLong: if it is not said with whom, or as it cannot be.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    whom = limited(typed.one_line(with_whom), LONGEST_NAME, "With whom")
    if not whom:
        raise NobodySpokenTo
    when = _past(confirmed_at or at, at)
    if when < referral.made_at.replace(second=0, microsecond=0):
        raise ConfirmedBeforeMade
    values = {
        "client_id": client_id, "referral_id": referral.referral_id, "party": party.value, "how": how.value,
        "with_whom": whom, "words": limited(typed.cleaned(words), LONGEST_WORDS, "The words") or None,
        "confirmed_at": when, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.confirm(tx, values):
        raise ConfirmedAlready


def report_received(
    actor: Actor, tx: Connection, *, client_id: int, referral_id: int, received_at: datetime | None = None,
    document: tuple[int, int] | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Say that the specialist's report came, when (None: now), and as which *document* of the claim, by its claim and
    number, if it is on file; that ends the referral.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises ReferralEnded: if it is not open any more.
    :raises NotKept: if no appointment was kept.
    :raises NoSuchDocument: if the document is not on the claim.
    :raises NotThen: if it came later than now, or long ago.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    if states.state(referral) is not states.State.KEPT:
        raise NotKept
    if document and not queries.on_injury(tx, client_id, worked_claim(tx, referral), document):
        raise NoSuchDocument
    _end(actor, tx, referral, states.State.REPORTED, at, received_at=_past(received_at or at, at), document=document)


def withdraw(actor: Actor, tx: Connection, *, client_id: int, referral_id: int, why: str, at: datetime) -> None:
    """
    Withdraw a referral for a reason; a booked appointment is cancelled.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises NoReason, TooLong: if *why* says nothing, or too much.
    :raises ReferralEnded: if it is not open any more.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    _end(actor, tx, referral, states.State.WITHDRAWN, at, why=typed.reason(why, LONGEST_WORDS, "The reason"))


def open_referral(actor: Actor, tx: Connection, client_id: int, referral_id: int) -> Referral:
    """
    Return an open referral, locked until the transaction ends.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchReferral: if it is not there for the actor.
    :raises ReferralEnded: if it is not open any more.
    """
    require(actor, Action.REFERRAL_MAKE, Subject("referral", referral_id, client_id))
    referral = queries.one(tx, client_id, referral_id, locked=True)
    if referral is None:
        raise NoSuchReferral
    if referral.outcome is not None:
        raise ReferralEnded
    return referral


def worked_claim(tx: Connection, referral: Referral) -> int:
    """Return the id of the claim on which a referral is worked: the one that is kept, where its own was merged."""
    claim = claims.find(tx, referral.client_id, referral.claim_id, also_merged=True)
    return claim.merged_into or claim.claim_id


def _past(told: datetime, at: datetime) -> datetime:
    if not at - _TOLD_WITHIN < told <= at:
        raise NotThen
    return told


def _end(
    actor: Actor, tx: Connection, referral: Referral, outcome: states.State, at: datetime, *, why: str | None = None,
    received_at: datetime | None = None, document: tuple[int, int] | None = None,
) -> None:  # fmt: skip
    claim_id, document_id = document or (None, None)
    values = {
        "client_id": referral.client_id, "referral_id": referral.referral_id, "outcome": outcome.value, "why": why,
        "received_at": received_at, "report_claim_id": claim_id, "document_id": document_id, "at": at,
        "by_id": actor.staff_id,
    }  # fmt: skip
    if not queries.end(tx, values):
        raise ReferralEnded
