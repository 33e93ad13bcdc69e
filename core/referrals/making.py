"""Making a referral: from the treating provider to a provider of the network, or outside of it for a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core import claims, npi, promises, telephones, typed, walltime
from core.access import Action, Actor, of_claim, require
from core.calendars import first_instant
from core.claims import ClaimClosed
from core.clocks import policy_in_force
from core.referrals import states
from core.referrals.specialties import specialty
from core.referrals.vocabulary import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_WORDS, OutsideWhy
from core.refusal import NoReason, Refusal, limited
from db.queries import providers
from db.queries import referrals as queries

_DAY = timedelta(days=1)
_LONGEST_CLOSED = 28
"""Days after which a client that works on none of them is waited for no longer."""


class WorkerHasDied(Refusal):
    text = "The worker has died: nobody is referred."


class NoTreatingProvider(Refusal):
    text = "Say who refers: the treating provider's name."


class NotInNetwork(Refusal):
    text = "This provider is not in the client's network now. Look for another, or leave the network with a reason."


class NoOutsideProvider(Refusal):
    text = "Say to whom outside of the network the worker is sent."


class PhoneUnreadable(Refusal):
    text = "This telephone number cannot be called: give area code and number, as (614) 555-0134."


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
