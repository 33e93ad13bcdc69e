"""Reading work items: those of a scope as a live list, and which one a person does next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.clocks import soon_below
from core.live import MOST, Key, Snapshot
from core.presence import LAPSES
from core.worklist.kinds import KINDS, WorkKind
from db.queries import worklist
from db.queries.worklist import Item


def items(
    actor: Actor, tx: Connection, *, at: datetime, most: int = MOST, kinds: Sequence[WorkKind] = KINDS,
    claim: tuple[int, int] | None = None,
) -> list[Item]:  # fmt: skip
    """
    Return what there is to do at *at* on the claims of the actor's scope: at most *most*, what is due first before.

    With a *claim*, by client and number, what there is to do on that one.

    :raises NotAllowed: if the role works no claims.
    """
    require(actor, Action.QUEUE_WATCH)
    arms = [kind.arm for kind in kinds]
    return worklist.items(tx, arms, actor.scope, most=most, viewing_since=at - LAPSES, claim=claim)


def due_at(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: int, at: datetime) -> datetime | None:
    """
    Return when the item of this kind on the claim is due; None where there is none.

    :raises NotAllowed: if the role works no claims.
    """
    found = items(actor, tx, at=at, claim=(client_id, claim_id))
    return next((item.due_at for item in found if item.kind == kind), None)


def read(actor: Actor, tx: Connection, at: datetime, *, most: int = MOST) -> Snapshot:
    """
    Read the work items of the actor's scope as they stand at *at*: `Item` rows by client, claim and kind.

    :raises NotAllowed: if the role works no claims.
    """
    found = items(actor, tx, at=at, most=most)
    number = len(found) if len(found) < most else worklist.count(tx, [kind.arm for kind in KINDS], actor.scope)
    overdue = sum(row.paused_at is None and row.due_at < at for row in found)
    soon = sum(row.paused_at is None and at <= row.due_at < at + soon_by(row) for row in found)
    counts = {
        "open": number, "unassigned": sum(row.assignee_id is None for row in found), "soon": soon, "overdue": overdue
    }  # fmt: skip
    return Snapshot({key(row): row for row in found}, counts, [], at)


def key(item: Item) -> Key:
    """Return what tells an item from every other: client, claim and kind."""
    return (item.client_id, item.claim_id, item.kind)


def soon_by(item: Item) -> timedelta:
    """Return how long before it is due an item is due soon."""
    return soon_below(max(item.due_at - item.at, timedelta(0)))
