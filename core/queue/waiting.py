"""Reading the queue of a scope: the claims, and how it stands."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.clocks import SHARE, SOON
from core.first_contact import percent
from core.live import MOST, Snapshot
from core.presence import LAPSES
from db.queries import queue as queries
from db.queries.queue import Tally, Waiting

WEEK = timedelta(days=7)


def queue(actor: Actor, tx: Connection, *, at: datetime, most: int = MOST) -> list[Waiting]:
    """
    Return the claims of the actor's scope that wait for first contact at *at*: at most *most*, the most urgent first.

    :raises NotAllowed: if the role includes no queue.
    """
    _require(actor)
    return queries.queue(tx, actor.scope, most=most, viewing_since=at - LAPSES)


def tally(actor: Actor, tx: Connection, *, at: datetime) -> Tally:
    """
    Return how the queue of the actor's scope stands at *at*.

    :raises NotAllowed: if the role includes no queue.
    """
    _require(actor)
    return queries.tally(tx, actor.scope, at=at, soon=SOON, share=SHARE, week_ago=at - WEEK)


def read(actor: Actor, tx: Connection, at: datetime, *, most: int = MOST) -> Snapshot:
    """
    Read the queue of the actor's scope as it stands at *at*: `Waiting` rows by client and claim, at most *most*.

    :raises NotAllowed: if the role includes no queue.
    """
    rows = queue(actor, tx, at=at, most=most)
    stands = tally(actor, tx, at=at)
    counts = {name: getattr(stands, name) for name in ("open", "unassigned", "soon", "overdue")}
    return Snapshot({(row.client_id, row.claim_id): row for row in rows}, counts, _notes(stands), at)


def stage(row: Waiting) -> str:
    """Return where a claim stands: its clock paused, somebody attempted contact, intake open, or ready for contact."""
    if row.paused_at is not None:
        return "paused"
    if row.last_at is not None:
        return "attempted"
    return "intake" if row.missing else "ready"


def _require(actor: Actor) -> None:
    require(actor, Action.LIVE_WATCH if actor.may(Action.LIVE_WATCH) else Action.QUEUE_WATCH)


def _notes(tally: Tally) -> list[tuple[str, str]]:
    """Say how promises were kept, today and in seven days, each with what it counts."""
    reached = "Workers reached in time, of the promises that fell due or were kept"
    week = percent(tally.kept_week / tally.decided_week) if tally.decided_week else "–"
    return [
        (
            f"{tally.kept_today:,} of {tally.decided_today:,} in time today",
            f"{reached} today, by each client's own day",
        ),
        (f"{week} in time, 7 days", f"{reached} in the last 7 days"),
    ]
