"""A client's claim feed on screen: its columns mapped, its plan, its import under way, and the imports before it."""

from pages.parts.feed.columns import FIRST_ROWS, first_rows, mapping, misfit
from pages.parts.feed.ordering import order
from pages.parts.feed.outcomes import history, refusals, result, undo
from pages.parts.feed.preview import SHOWN, plan
from pages.parts.feed.reading import forget, read
from pages.parts.feed.running import Running, begin, progress, under_way

__all__ = [
    "FIRST_ROWS",
    "SHOWN",
    "Running",
    "begin",
    "first_rows",
    "forget",
    "history",
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
