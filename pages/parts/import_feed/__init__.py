"""A client's feed on screen, of whatever kind: which, its columns, its plan, its import, and the imports before it."""

from pages.parts.import_feed.columns import how_read, mapping, misfit
from pages.parts.import_feed.kinds import kind
from pages.parts.import_feed.ordering import order
from pages.parts.import_feed.outcomes import history, refusals, result, undo
from pages.parts.import_feed.preview import SHOWN, plan
from pages.parts.import_feed.reading import forget, read
from pages.parts.import_feed.running import Running, begin, progress, under_way

__all__ = [
    "SHOWN",
    "Running",
    "begin",
    "forget",
    "history",
    "how_read",
    "kind",
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
