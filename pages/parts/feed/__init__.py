"""A client's claim feed on screen: its columns mapped, its plan, its import under way, and the imports before it."""

from pages.parts.feed.columns import how_read, mapping, misfit
from pages.parts.feed.ordering import order
from pages.parts.feed.outcomes import history, refusals, result, undo
from pages.parts.feed.preview import SHOWN, plan
from pages.parts.feed.reading import forget, read
from pages.parts.feed.running import Running, begin, progress, under_way

__all__ = [
    "SHOWN",
    "Running",
    "begin",
    "forget",
    "history",
    "how_read",
    "mapping",
    "misfit",
    "order",
    "plan",
    "progress",
    "read",
    "refusals",
    "result",
    "under_way",
    "undo",
]
