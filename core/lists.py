"""Every live list of the desk, by the name that is its address."""

from collections.abc import Mapping
from types import MappingProxyType

from core import authorizations, queue, referrals, worklist
from core.live import LiveList

LISTS: Mapping[str, LiveList] = MappingProxyType(
    {
        each.name: each
        for each in (
            worklist.MY_WORK,
            queue.LIVE_INTAKE,
            queue.INTAKE,
            authorizations.AUTHORIZATIONS,
            referrals.REFERRALS,
        )
    }
)

CHANNELS = frozenset(each.source.channel for each in LISTS.values())
"""Where changes of what they show are announced."""
