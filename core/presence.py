"""Who has a claim open at this moment: shown to everybody else who has it open, and on the lists that hold it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim, announce
from db.queries import presence

SAY_EVERY = timedelta(seconds=20)
"""How often an open page says that it still is."""

LAPSES = timedelta(seconds=90)
"""After how long without a word a page counts as closed: a browser lets a page out of sight speak once a minute."""


def arrive(actor: Actor, tx: Connection, client_id: int, claim_id: int, *, at: datetime) -> list[str]:
    """
    Note that *actor* has the claim open at *at*, and return the names of the others who have, the first to come first.

    Said again by a page that stays open. The lists hear of it only when somebody comes. Whoever works no claims, as
    compliance, is not announced: whoever is looked into does not learn of it.

    :raises NotAllowed: if the actor does not read claims.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    since = at - LAPSES
    if not actor.may(Action.ATTEMPT_LOG):
        return presence.others(tx, client_id, claim_id, actor.staff_id, since=since)
    if not presence.stay(tx, client_id, claim_id, actor.staff_id, at=at, since=since):
        if not presence.come(tx, client_id, claim_id, actor.staff_id, at=at):
            raise NoSuchClaim
        presence.forget(tx, actor.staff_id, before=since)
        announce(tx, client_id, [claim_id])
    return presence.others(tx, client_id, claim_id, actor.staff_id, since=since)


def leave(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> None:
    """Note that *actor* has the claim open no more; nothing where that was so already."""
    if presence.go(tx, client_id, claim_id, actor.staff_id):
        announce(tx, client_id, [claim_id])
