"""The live lists: one snapshot per list and access scope, one LISTEN per process, changed rows pushed to boards."""

from core.live.listener import Hub, Reach, hub
from core.live.live_list import (
    Appointments,
    Column,
    Condition,
    Figure,
    Key,
    Kind,
    LiveList,
    Narrow,
    Snapshot,
    Source,
    milliseconds,
)
from core.live.snapshots import MOST
from core.live.viewers import Viewer

__all__ = [
    "MOST",
    "Appointments",
    "Column",
    "Condition",
    "Figure",
    "Hub",
    "Key",
    "Kind",
    "LiveList",
    "Narrow",
    "Reach",
    "Snapshot",
    "Source",
    "Viewer",
    "hub",
    "milliseconds",
]
