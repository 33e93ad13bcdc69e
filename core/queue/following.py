"""Which claim is worked next: the one due after this, among those to which the list was narrowed."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from core.access import Actor
from core.claims import OfClaim
from core.clocks import soon_below
from core.narrowing import Filter
from core.queue.waiting import queue, stage
from db.queries.queue import Waiting


class Due(OfClaim, Protocol):
    """A claim and when it falls due."""

    @property
    def due_at(self) -> datetime: ...


def on_list(row: Waiting, only: Filter, *, me: int, at: datetime) -> bool:
    """Tell whether *row* stands on the queue that the person *me* has narrowed to *only*, at *at*."""
    return only.lets(row, me=me, at=at, soon=soon_below(row.due_at - row.reported_at), stage=stage(row))


def next_waiting(actor: Actor, tx: Connection, after: Due, *, only: Filter, at: datetime) -> tuple[int, int] | None:
    """
    Return the waiting claim that falls due next after *after*, of all that the actor may work and *only* lets through.

    Behind the last one it is the most urgent of them again. None where no other claim waits.

    :raises NotAllowed: if the role includes no list.
    """
    here = (after.client_id, after.claim_id)
    waiting = [row for row in queue(actor, tx, at=at) if on_list(row, only, me=actor.staff_id, at=at)]
    others = [row for row in waiting if (row.client_id, row.claim_id) != here]
    behind = (row for row in others if (row.due_at, row.claim_id) > (after.due_at, after.claim_id))
    following = next(behind, others[0] if others else None)
    return (following.client_id, following.claim_id) if following else None
