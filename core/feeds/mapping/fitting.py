"""The mapping to read one file by: what was saved or told, and proposals for the rest."""

from types import MappingProxyType

from core.feeds import vocabulary
from core.feeds.mapping.model import FeedMapping, MappingDoesNotFit
from core.feeds.mapping.proposing import propose_mapping
from core.feeds.reading import Feed

_NAMES = frozenset({"family_name", "given_name", "full_name"})
_FIRST_ROWS = 200


def mapping_for(feed: Feed, saved: FeedMapping | None = None) -> FeedMapping:
    """
    Return the mapping to read *feed* by: the *saved* one where its headings are there, proposals for the rest.

    One that is there whole and makes claims stands alone: what it leaves out was left out on purpose.
    """
    proposed = propose_mapping(feed.headings, [row.cells for row in feed.rows[:_FIRST_ROWS]])
    if saved is None:
        return proposed
    kept = {field: heading for field, heading in saved.columns.items() if heading in feed.headings}
    if set(kept) == set(saved.columns) and kept.keys() >= set(vocabulary.NEEDED) and kept.keys() & _NAMES:
        # But for a date of death, which nobody leaves out on purpose: somebody would call the worker.
        died = proposed.columns.get("date_of_death")
        if died is None or died in kept.values() or "date_of_death" in kept:
            return saved
        return FeedMapping(MappingProxyType({**kept, "date_of_death": died}), saved.date_order)
    closed = _closed_by(kept)
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


def _closed_by(kept: dict[str, str]) -> frozenset[str]:
    """Return the fields for which nothing is proposed beside what is *kept*: a worker has one name."""
    if "full_name" in kept:
        return _NAMES | kept.keys()
    return frozenset(kept) | ({"full_name"} if kept.keys() & _NAMES else set())


def mapping_given(feed: Feed, given: FeedMapping) -> FeedMapping:
    """
    Return the mapping to read *feed* by where somebody has *given* one for it; proposals for fields it leaves open.

    :raises MappingDoesNotFit: if it names a heading that *feed* does not have.
    """
    if astray := given.astray(feed):
        raise MappingDoesNotFit(f"The mapping names headings that the file does not have: {astray}.")
    return mapping_for(feed, given)
