"""A mapping proposed for a feed: what headings and content agree on is taken, what only may be is offered."""

from collections.abc import Sequence
from types import MappingProxyType

from core.feeds.columns import Column
from core.feeds.mapping.model import FeedMapping
from core.feeds.vocabulary import Chosen, Vocabulary

LIKELY = 15
"""Strength from which a guess is proposed."""


def propose_mapping(
    vocabulary: Vocabulary, headings: Sequence[str], first_rows: Sequence[Sequence[str]]
) -> FeedMapping:
    """Propose a column for each field from *headings* and what stands in *first_rows*, in the headings' order."""
    columns = [
        Column(at, heading, first_rows, says_date=vocabulary.says_date(heading)) for at, heading in enumerate(headings)
    ]
    chosen = _by_heading(vocabulary, columns)
    offers = vocabulary.settle(vocabulary, chosen, columns)
    fields = vocabulary.fields
    return FeedMapping(
        MappingProxyType({field: headings[chosen[field]] for field in fields if field in chosen}),
        offers=MappingProxyType({field: offers[field] for field in fields if field in offers}),
    )


def _by_heading(vocabulary: Vocabulary, columns: Sequence[Column]) -> Chosen:
    """Return for each field the index of the likeliest column, each column for one field; of equals the first."""
    guesses = sorted(
        (
            (weight + vocabulary.beside(field, column, columns), -column.at, field)
            for column in columns
            for field, weight in vocabulary.guesses(column).items()
        ),
        reverse=True,
    )
    chosen: Chosen = {}
    for weight, position, field in guesses:
        if weight >= LIKELY and field not in chosen and -position not in chosen.values():
            chosen[field] = -position
    return chosen
