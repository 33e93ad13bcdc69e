"""Putting a work item aside: snoozing it to a time, skipping it with a reason, and taking it up again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from core import audit, typed
from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim, announce
from core.clocks import SOON
from core.refusal import Refusal
from core.worklist import reading
from core.worklist.kinds import KINDS
from db.queries import worklist
from db.queries.worklist import Item

LONGEST_ASIDE = timedelta(days=31)
"""The longest that an item can be put aside for; the database says the same."""

LONGEST_REASON = 200
"""Longest reason for skipping an item, in characters."""

SKIPPED_FOR = timedelta(hours=1)
"""How long a skip lasts where the item is due soon already."""


class NoSuchItem(Refusal):
    text = "This is done already, or it is not yours to do."


class NotLater(Refusal):
    text = f"Choose a time that is later than now, and within {LONGEST_ASIDE.days} days."


class PastDue(Refusal):
    text = "This is due before then. Choose an earlier time, or say that it may be late."


def snooze(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: int, until: datetime, past_due: bool = False,
    at: datetime,
) -> None:  # fmt: skip
    """
    Put an item aside for oneself *until* then: it is off the top of one's list, and back on top when the time comes.

    :param past_due: that it is known, and said, that the item is due before then.
    :raises NotAllowed: if the actor works no claims.
    :raises NoSuchItem: if there is nothing of this kind to do on the claim.
    :raises NotLater: if *until* is not later than *at*, or later than LONGEST_ASIDE.
    :raises PastDue: if the item is due before *until* and *past_due* was not said.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    item = _find(actor, tx, client_id, claim_id, kind, at)
    if not at < until <= at + LONGEST_ASIDE:
        raise NotLater
    if at <= item.due_at < until and not past_due:
        raise PastDue
    _mark(actor, tx, "snoozed", item, at, until, None)


def skip(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: int, reason: str, at: datetime
) -> datetime:
    """
    Pass over an item, with a *reason*, until it is due soon, or for an hour where that is sooner; return until when.

    :raises NotAllowed: if the actor works no claims.
    :raises NoSuchItem: if there is nothing of this kind to do on the claim.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason")
    item = _find(actor, tx, client_id, claim_id, kind, at)
    until = min(max(item.due_at - SOON, at + SKIPPED_FOR), at + LONGEST_ASIDE)
    _mark(actor, tx, "skipped", item, at, until, why)
    return until


def take_up(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: int) -> None:
    """
    Take an item up again that one has put aside; nothing where it was not.

    :raises NotAllowed: if the actor works no claims.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    if worklist.unmark(tx, client_id, claim_id, kind, work=_CODES.get(kind, str(kind))):
        announce(tx, client_id, [claim_id])


def _find(actor: Actor, tx: Connection, client_id: int, claim_id: int, kind: int, at: datetime) -> Item:
    found = reading.item(actor, tx, client_id=client_id, claim_id=claim_id, kind=kind, at=at)
    if found is None:
        raise NoSuchItem
    return found


def _mark(
    actor: Actor, tx: Connection, verb: str, item: Item, at: datetime, until: datetime, reason: str | None
) -> None:
    if not worklist.mark(
        tx, item.client_id, item.claim_id, item.kind, actor.staff_id, at=at, until=until, reason=reason
    ):
        raise NoSuchClaim
    audit.record(
        actor, tx, verb=verb, noun="claim", noun_id=item.claim_id, client_id=item.client_id,
        detail={"work": _CODES[item.kind], "until": until.astimezone(UTC).isoformat()},
    )  # fmt: skip
    announce(tx, item.client_id, [item.claim_id])


_CODES = {kind.arm.number: kind.code for kind in KINDS}
