"""Which claim is worked next: the one due after this, among those to which the list was narrowed."""

from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from core.access import Actor
from core.claims import OfClaim
from core.clocks import soon_below
from core.queue.waiting import queue, stage
from db.queries.queue import Waiting

NONE = "none"
"""How a filter names the claims whose state is not known, or that nobody has."""


class Due(OfClaim, Protocol):
    """A claim and when it falls due."""

    @property
    def due_at(self) -> datetime: ...


class Filter(NamedTuple):
    """
    To what a list is narrowed, each None where it is not.

    `jurisdiction` is a state's two letters or NONE, `who` a staff id in figures or NONE, `stage` what `stage`
    returns, and `figure` the name of a figure above the list: mine, unassigned, soon or overdue.
    """

    client: int | None = None
    jurisdiction: str | None = None
    who: str | None = None
    stage: str | None = None
    figure: str | None = None

    def lets(self, row: Waiting, *, me: int, at: datetime) -> bool:
        """Tell whether *row* stands on the list so narrowed that the person *me* looks at, at *at*."""
        has = NONE if row.assignee_id is None else str(row.assignee_id)
        return (
            self.client in (None, row.client_id)
            and self.jurisdiction in (None, row.jurisdiction or NONE)
            and self.who in (None, has)
            and self.stage in (None, stage(row))
            and (self.figure is None or self._counts(row, me=me, at=at))
        )

    def _counts(self, row: Waiting, *, me: int, at: datetime) -> bool:
        left = row.due_at - at
        match self.figure:
            case "mine":
                return row.assignee_id == me
            case "unassigned":
                return row.assignee_id is None
            case "overdue":
                return row.paused_at is None and row.due_at < at
            case "soon":
                return row.paused_at is None and row.due_at >= at and left < soon_below(row.due_at - row.reported_at)
        return False


def next_waiting(actor: Actor, tx: Connection, after: Due, *, only: Filter, at: datetime) -> tuple[int, int] | None:
    """
    Return the waiting claim that falls due next after *after*, of all that the actor may work and *only* lets through.

    Behind the last one it is the most urgent of them again. None where no other claim waits.

    :raises NotAllowed: if the role includes no list.
    """
    here = (after.client_id, after.claim_id)
    waiting = [row for row in queue(actor, tx, at=at) if only.lets(row, me=actor.staff_id, at=at)]
    others = [row for row in waiting if (row.client_id, row.claim_id) != here]
    behind = (row for row in others if (row.due_at, row.claim_id) > (after.due_at, after.claim_id))
    following = next(behind, others[0] if others else None)
    return (following.client_id, following.claim_id) if following else None
