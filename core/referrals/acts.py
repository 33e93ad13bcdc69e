"""Making a referral, saying that both sides confirmed it, and ending it: by the report, or without one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core import claims, npi, promises, telephones, typed, walltime
from core.access import Action, Actor, NotAllowed, Subject, of_claim, require
from core.calendars import first_instant
from core.claim_file import NoSuchDocument
from core.claims import ClaimClosed
from core.clocks import policy_in_force
from core.referrals import states
from core.referrals.specialties import specialty
from core.referrals.vocabulary import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_WORDS, OutsideWhy, Party, Way
from core.refusal import NoReason, Refusal, limited
from db.queries import providers
from db.queries import referrals as queries
from db.queries.referrals import Referral

_DAY = timedelta(days=1)
_LONGEST_CLOSED = 28
"""Days after which a client that works on none of them is waited for no longer."""

_TOLD_WITHIN = timedelta(days=31)
"""How long ago something may have been confirmed or received when it is put on record."""


class WorkerHasDied(Refusal):
    text = "The worker has died: nobody is referred."


class NoSuchReferral(NotAllowed):
    text = "There is no such referral among those of the clients you serve."


class ReferralEnded(Refusal):
    text = "This referral has ended. Look at it again; another can be made."


class NoTreatingProvider(Refusal):
    text = "Say who refers: the treating provider's name."


class NotInNetwork(Refusal):
    text = "This provider is not in the client's network now. Look for another, or leave the network with a reason."


class NoOutsideProvider(Refusal):
    text = "Say to whom outside of the network the worker is sent."


class PhoneUnreadable(Refusal):
    text = "This telephone number cannot be called: give area code and number, as (614) 555-0134."


class NobodySpokenTo(Refusal):
    text = "Say with whom you spoke, or from whom it came."


class ConfirmedAlready(Refusal):
    text = "This side has confirmed the referral already. Look at it again."


class NotThen(Refusal):
    text = f"Give a time that is past, within the last {_TOLD_WITHIN.days} days."


class NotKept(Refusal):
    text = "A report comes after the appointment was kept: say first that it was."


@dataclass(frozen=True)
class Inside:
    """To a provider of the network, at a location."""

    provider_id: int
    location_id: int


@dataclass(frozen=True)
class Outside:
    """To somebody outside of the network, and why: in words as well, which another reason needs."""

    name: str
    why: OutsideWhy | None
    words: str = ""
    phone: str = ""
    address: str = ""


def refer(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, code: str, referred_by: str,
    referred_by_npi: str = "", asked: str = "", to: Inside | Outside, at: datetime,
) -> int:  # fmt: skip
    """
    Send the claim's worker from the treating provider *referred_by* to a specialist of the specialty *code*, *asked*
    for something; return the referral's number.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed, WorkerHasDied: if nobody is to be referred.
    :raises NoSuchSpecialty: if there is none of that code.
    :raises NoTreatingProvider, NotAnNpi, TooLong: if it is not said who refers, or as it cannot be.
    :raises NotInNetwork: if the provider is not in the client's network.
    :raises NoOutsideProvider, NoReason, PhoneUnreadable: if it is not said to whom outside, or why.
    """
    require(actor, Action.REFERRAL_MAKE, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    if claim.date_of_death is not None:
        raise WorkerHasDied
    asked_for = specialty(code)
    by = limited(typed.one_line(referred_by), LONGEST_NAME, "The treating provider")
    if not by:
        raise NoTreatingProvider
    values: dict[str, Any] = {
        "client_id": client_id, "claim_id": claim_id, "taxonomy_code": code, "specialty": asked_for.words,
        "asked": limited(typed.cleaned(asked), LONGEST_WORDS, "What is asked") or None, "referred_by": by,
        "referred_by_npi": npi.read(referred_by_npi), "at": at, "by_id": actor.staff_id,
        "confirm_provider_by": _in_business_days(actor, tx, client_id, states.CONFIRMED_BY_PROVIDER_WITHIN, at),
        "confirm_worker_by": _in_business_days(actor, tx, client_id, states.CONFIRMED_BY_WORKER_WITHIN, at),
    }  # fmt: skip
    if isinstance(to, Inside):
        day = walltime.today(claims.zone(tx, claim), at)
        found = providers.one(tx, client_id=client_id, provider_id=to.provider_id, location_id=to.location_id, day=day)
        if found is None:
            raise NotInNetwork
        return queries.make(tx, values | _inside(to) | dict.fromkeys(_OUTSIDE))
    return queries.make(tx, values | _outside(to) | {"provider_id": None, "location_id": None})


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
    :raises NobodySpokenTo, NotThen, TooLong: if it is not said with whom, or as it cannot be.
    """
    referral = open_referral(actor, tx, client_id, referral_id)
    whom = limited(typed.one_line(with_whom), LONGEST_NAME, "With whom")
    if not whom:
        raise NobodySpokenTo
    values = {
        "client_id": client_id, "referral_id": referral.referral_id, "party": party.value, "how": how.value,
        "with_whom": whom, "words": limited(typed.cleaned(words), LONGEST_WORDS, "The words") or None,
        "confirmed_at": _past(confirmed_at or at, at), "at": at, "by_id": actor.staff_id,
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


_OUTSIDE = ("outside_name", "outside_phone", "outside_address", "outside_why", "outside_words")


def _inside(to: Inside) -> dict[str, Any]:
    return {"provider_id": to.provider_id, "location_id": to.location_id}


def _outside(to: Outside) -> dict[str, Any]:
    name = limited(typed.one_line(to.name), LONGEST_NAME, "To whom")
    if not name:
        raise NoOutsideProvider
    words = limited(typed.cleaned(to.words), LONGEST_WORDS, "The reason")
    if to.why is None or (to.why is OutsideWhy.OTHER and not words):
        raise NoReason("Say why the referral leaves the network.")
    phone = telephones.readable(to.phone) if to.phone.strip() else None
    if to.phone.strip() and phone is None:
        raise PhoneUnreadable
    address = limited(typed.one_line(to.address), LONGEST_ADDRESS, "The address")
    return dict(zip(_OUTSIDE, (name, phone, address or None, to.why.value, words or None), strict=True))


def _past(told: datetime, at: datetime) -> datetime:
    if not at - _TOLD_WITHIN < told <= at:
        raise NotThen
    return told


def _in_business_days(actor: Actor, tx: Connection, client_id: int, days: int, at: datetime) -> datetime:
    """Return the same time of day on the last of so many *days* on which the client works, after its day of *at*."""
    week = policy_in_force(promises.policies(actor, tx, client_id), at).week_at(at)
    local = at.astimezone(ZoneInfo(week.timezone))
    day = local.date()
    for _ in range(_LONGEST_CLOSED):
        day += _DAY
        days -= week.works(day)
        if not days:
            break
    return first_instant(ZoneInfo(week.timezone), day, local.time())


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
