"""The live lists: one snapshot of the queue per access scope, one LISTEN per process, changed rows pushed to boards."""

from core.claims import CHANNEL, announce
from core.live.following import NOBODY, NOT_KNOWN, Filter, next_waiting
from core.live.listener import Hub, Reach, hub
from core.live.snapshots import MOST, Snapshot, may_watch, queue, read
from core.live.viewers import Viewer
from db.queries.live import Tally, Waiting

__all__ = [
    "CHANNEL",
    "MOST",
    "NOBODY",
    "NOT_KNOWN",
    "Filter",
    "Hub",
    "Reach",
    "Snapshot",
    "Tally",
    "Viewer",
    "Waiting",
    "announce",
    "hub",
    "may_watch",
    "next_waiting",
    "queue",
    "read",
]
