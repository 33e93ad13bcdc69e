"""Which column of a feed means which field: proposed, corrected by a person, kept by heading."""

from core.feeds.mapping.fitting import mapping_for, mapping_given
from core.feeds.mapping.model import (
    ORDERS,
    FeedMapping,
    MappingDoesNotFit,
    OneMeaningTwice,
    UnusableMapping,
    by_field,
    from_json,
)
from core.feeds.mapping.proposing import propose_mapping

__all__ = [
    "ORDERS",
    "FeedMapping",
    "MappingDoesNotFit",
    "OneMeaningTwice",
    "UnusableMapping",
    "by_field",
    "from_json",
    "mapping_for",
    "mapping_given",
    "propose_mapping",
]
