"""What a board is told: the queue of one scope at one moment, and what changed since the moment before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.clocks import SHARE, SOON, soon_below
from core.presence import LAPSES
from db.queries import live
from db.queries.live import Tally, Waiting

MOST = 1000
"""The most rows a board holds: the most urgent ones."""

WEEK = timedelta(days=7)
MILLISECOND = timedelta(milliseconds=1)

Key = tuple[int, int]
"""Client id and claim id."""

COLUMNS = (
    "client_id", "claim_id", "number", "client", "jurisdiction", "reported", "due", "soon", "paused", "stage",
    "missing", "who_id", "who", "last", "last_party", "last_method", "last_outcome",
    "viewers",
)  # fmt: skip
"""
The names of a row's values as a board receives them; instants are milliseconds since 1970, UTC, and `soon` is how many
milliseconds before it is due a claim is due soon.
"""


@dataclass(frozen=True)
class Snapshot:
    """The queue of one scope: rows by client and claim, in order of urgency, and how it stands. `at` is aware, UTC."""

    rows: dict[Key, Waiting]
    tally: Tally
    at: datetime


def may_watch(actor: Actor) -> bool:
    """Tell whether the role includes a live list at all: everybody's, or that of the clients served."""
    return actor.may(Action.LIVE_WATCH) or actor.may(Action.QUEUE_WATCH)


def queue(actor: Actor, tx: Connection, *, at: datetime, most: int = MOST) -> list[Waiting]:
    """
    Return the claims of the actor's scope that wait for first contact at *at*: at most *most*, the most urgent first.

    :raises NotAllowed: if the role includes no live list.
    """
    require(actor, Action.LIVE_WATCH if actor.may(Action.LIVE_WATCH) else Action.QUEUE_WATCH)
    return live.queue(tx, actor.scope, most=most, viewing_since=at - LAPSES)


def read(actor: Actor, tx: Connection, *, at: datetime, most: int = MOST) -> Snapshot:
    """
    Read the queue of the actor's scope as it stands at *at*: at most *most* rows, the most urgent first.

    :raises NotAllowed: if the role includes no live list.
    """
    rows = queue(actor, tx, at=at, most=most)
    tally = live.tally(tx, actor.scope, at=at, soon=SOON, share=SHARE, week_ago=at - WEEK)
    return Snapshot({(row.client_id, row.claim_id): row for row in rows}, tally, at)


def stage(row: Waiting) -> str:
    """Return where a claim stands: its clock paused, somebody attempted contact, intake open, or ready for contact."""
    if row.paused_at is not None:
        return "paused"
    if row.last_at is not None:
        return "attempted"
    return "intake" if row.missing else "ready"


def whole(snapshot: Snapshot, version: int, *, clients: int | None) -> str:
    """Return the message that a board begins with; *clients* is how many its viewers work for, None where for all."""
    return _text(
        t="snapshot",
        v=version,
        at=_ms(snapshot.at),
        clients=clients,
        columns=COLUMNS,
        rows=[_values(row) for row in snapshot.rows.values()],
        counts=snapshot.tally._asdict(),
    )


def difference(before: Snapshot, now: Snapshot, version: int) -> str | None:
    """Return the message that turns version *version* - 1 into *version*; None where nothing differs."""
    changed = [row for key, row in now.rows.items() if before.rows.get(key) != row]
    gone = [key for key in before.rows if key not in now.rows]
    if not changed and not gone and before.tally == now.tally:
        return None
    return _text(
        t="diff",
        **{"from": version - 1},
        v=version,
        at=_ms(now.at),
        rows=[_values(row) for row in changed],
        gone=gone,
        counts=now.tally._asdict(),
    )


def still(version: int, at: datetime) -> str:
    """Return the message that says: you are connected, and version *version* is the newest."""
    return _text(t="still", v=version, at=_ms(at))


def stale(since: datetime) -> str:
    """Return the message that says: what you show may have changed, the database has been out of reach *since*."""
    return _text(t="stale", since=_ms(since))


EMPTY = '{"t":"empty"}'
"""Forget every row: the rows that follow are of another scope."""
BYE = '{"t":"bye"}'
"""Forget every row: the sign-in is over, or the role has no list any more."""


def _values(row: Waiting) -> Sequence[Any]:
    return (
        row.client_id,
        row.claim_id,
        row.claim_number,
        row.client,
        row.jurisdiction,
        _ms(row.reported_at),
        _ms(row.due_at),
        int(soon_below(row.due_at - row.reported_at) / MILLISECOND),
        _ms(row.paused_at),
        stage(row),
        row.missing,
        row.assignee_id,
        row.assignee,
        _ms(row.last_at),
        row.last_party,
        row.last_method,
        row.last_outcome,
        row.viewers,
    )


def _ms(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1000)


def _text(**message: Any) -> str:
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False)
