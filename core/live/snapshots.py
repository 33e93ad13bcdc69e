"""What a board is told: the rows of one scope at one moment, and what changed since the moment before."""

import json
from datetime import datetime
from typing import Any

from core.live.live_list import Key, Snapshot, Source, milliseconds

MOST = 1000
"""The most rows a board holds: the most urgent ones."""


def whole(source: Source, snapshot: Snapshot, version: int, *, clients: int | None) -> str:
    """Return the message that a board begins with; *clients* is how many its viewers work for, None where for all."""
    return _text(
        t="snapshot",
        v=version,
        at=milliseconds(snapshot.at),
        clients=clients,
        columns=[column.name for column in source.columns],
        rows=[_row(source, key, row) for key, row in snapshot.rows.items()],
        counts=dict(snapshot.counts),
        notes=snapshot.notes,
    )


def difference(source: Source, before: Snapshot, now: Snapshot, version: int) -> str | None:
    """Return the message that turns version *version* - 1 into *version*; None where nothing differs."""
    changed = [(key, row) for key, row in now.rows.items() if before.rows.get(key) != row]
    gone = [key for key in before.rows if key not in now.rows]
    if not changed and not gone and before.counts == now.counts and before.notes == now.notes:
        return None
    return _text(
        t="diff",
        **{"from": version - 1},
        v=version,
        at=milliseconds(now.at),
        rows=[_row(source, key, row) for key, row in changed],
        gone=gone,
        counts=dict(now.counts),
        notes=now.notes,
    )


def still(version: int, at: datetime) -> str:
    """Return the message that says: you are connected, and version *version* is the newest."""
    return _text(t="still", v=version, at=milliseconds(at))


def stale(since: datetime) -> str:
    """Return the message that says: what you show may have changed, it could not be read anew *since*."""
    return _text(t="stale", since=milliseconds(since))


EMPTY = '{"t":"empty"}'
"""Forget every row: the rows that follow are of another scope."""
BYE = '{"t":"bye"}'
"""Forget every row: the sign-in is over, or the role does not include the list any more."""


def _row(source: Source, key: Key, row: Any) -> list[Any]:
    """Return a row as it is sent: the key's numbers, then a value for each column."""
    return [*key, *source.cells(row)]


def _text(**message: Any) -> str:
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False)
