"""Finding a provider in the network: by specialty, miles from a ZIP, language, and whether it takes new patients."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from core import claims, walltime, zip_places
from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim
from core.refusal import Refusal
from core.states import JURISDICTIONS
from db.queries import providers as queries
from db.queries.claims import frame
from db.queries.providers import Listed

MILES = (10, 15, 30, 60, 75)
"""How far away a provider is looked for; in a straight line, for roads are not known."""

FARTHEST = 500
"""Miles within which it is told how far away the nearest is, where nobody is near enough."""

MOST = 20
"""So many are found at most, the nearest."""


class NoSuchPlace(Refusal):
    text = "This ZIP code is not known: give the five digits of another near by, or none to look in the state."


class NowhereToLook(Refusal):
    text = "Give a ZIP code near which to look: neither the worker's ZIP nor the claim's state is known."


def find_providers(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, codes: Collection[str], postal_code: str,
    state: str | None, within: int, language: str | None, accepting: bool, at: datetime,
) -> list[Listed]:  # fmt: skip
    """
    Return providers of the client's network who do one of *codes*, the nearest to *postal_code* first; where that is
    empty those of the *state*, by name. *language* is one beside English.

    :raises NotAllowed: if the actor makes no referrals.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoSuchPlace, NowhereToLook: if it is not known from where to look.
    """
    require(actor, Action.REFERRAL_MAKE, of_claim(client_id, claim_id))
    if (claim := frame(tx, client_id, claim_id)) is None:
        raise NoSuchClaim
    day = walltime.today(claims.zone(tx, claim), at)
    if not postal_code.strip():
        if state not in JURISDICTIONS:
            raise NowhereToLook
        return queries.in_state(
            tx, client_id=client_id, codes=codes, state=state, language=language, accepting=accepting, day=day,
            most=MOST,
        )  # fmt: skip
    spot = zip_places.spot(postal_code)
    if spot is None:
        raise NoSuchPlace
    return queries.near(
        tx, client_id=client_id, codes=codes, latitude=spot.latitude, longitude=spot.longitude, within=within,
        language=language, accepting=accepting, day=day, most=MOST,
    )  # fmt: skip


def languages(actor: Actor, tx: Connection) -> list[str]:
    """
    Return the languages beside English that are spoken at any provider's.

    :raises NotAllowed: if the actor makes no referrals.
    """
    require(actor, Action.REFERRAL_MAKE)
    return queries.languages(tx)
