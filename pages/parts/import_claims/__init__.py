"""A client's claim feed on screen: its columns mapped, its plan, its import under way, and the imports before it."""

from pages.parts.import_claims.columns import how_read, mapping, misfit
from pages.parts.import_claims.ordering import order
from pages.parts.import_claims.outcomes import history, refusals, result, undo
from pages.parts.import_claims.preview import SHOWN, plan
from pages.parts.import_claims.reading import forget, read
from pages.parts.import_claims.running import Running, begin, progress, under_way

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
