"""The mapping to read one file by: what was saved or told, and proposals for the rest."""

from types import MappingProxyType

from core.feeds.mapping.model import FeedMapping, MappingDoesNotFit
from core.feeds.mapping.proposing import propose_mapping
from core.feeds.reading import Feed
from core.feeds.vocabulary import Vocabulary

_FIRST_ROWS = 200


def mapping_for(vocabulary: Vocabulary, feed: Feed, saved: FeedMapping | None = None) -> FeedMapping:
    """
    Return the mapping to read *feed* by: the *saved* one where its headings are there, proposals for the rest.

    One that is there whole and makes rows of use stands alone: what it leaves out was left out on purpose.
    """
    proposed = propose_mapping(vocabulary, feed.headings, [row.cells for row in feed.rows[:_FIRST_ROWS]])
    if saved is None:
        return proposed
    kept = {field: heading for field, heading in saved.columns.items() if heading in feed.headings}
    if set(kept) == set(saved.columns) and all(kept.keys() & group for group in vocabulary.needed):
        open_still = {
            field: heading
            for field, heading in proposed.columns.items()
            if field in vocabulary.kept_open and field not in kept and heading not in kept.values()
        }
        return FeedMapping(MappingProxyType(kept | open_still), saved.date_order) if open_still else saved
    closed = vocabulary.closed_by(kept)
    rest = {
        field: heading
        for field, heading in proposed.columns.items()
        if field not in closed and heading not in kept.values()
    }
    taken = {*kept.values(), *rest.values()}
    offers = {
        field: offer for field, offer in proposed.offers.items() if field not in closed and offer.heading not in taken
    }
    return FeedMapping(MappingProxyType(rest | kept), saved.date_order, MappingProxyType(offers))


def mapping_given(vocabulary: Vocabulary, feed: Feed, given: FeedMapping) -> FeedMapping:
    """
    Return the mapping to read *feed* by where somebody has *given* one for it; proposals for fields it leaves open.

    :raises MappingDoesNotFit: if it names a heading that *feed* does not have.
    """
    if astray := given.astray(feed):
        raise MappingDoesNotFit(f"The mapping names headings that the file does not have: {astray}.")
    return mapping_for(vocabulary, feed, given)
