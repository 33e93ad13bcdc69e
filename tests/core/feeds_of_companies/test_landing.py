"""Each feed lands as it should: what is not sure is offered, what nobody wrote is not made up."""

import pytest

from tests.claim_feeds import mapping_for, read_feed
from tests.core.feeds_of_companies.cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_a_feed_lands_as_it_should(name: str) -> None:
    text, columns, offers = CASES[name]

    mapping = mapping_for(read_feed(text.encode()))

    assert dict(mapping.columns) == columns
    assert {field: offer.heading for field, offer in mapping.offers.items()} == offers
    assert all(offer.why for offer in mapping.offers.values())
