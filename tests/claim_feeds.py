"""Reading and mapping feeds of claims, as most tests of feeds do: with the vocabulary of that kind."""

from functools import partial

from core import feeds
from core.feeds import CLAIMS
from core.feeds.ordering import date_order as _date_order

VOCABULARY = CLAIMS.vocabulary
FIELDS = VOCABULARY.fields

read_feed = partial(feeds.read_feed, VOCABULARY)
propose_mapping = partial(feeds.propose_mapping, VOCABULARY)
mapping_for = partial(feeds.mapping_for, VOCABULARY)
mapping_given = partial(feeds.mapping_given, VOCABULARY)
date_order = partial(_date_order, VOCABULARY)
order_question = partial(feeds.order_question, VOCABULARY)
from_json = partial(feeds.from_json, FIELDS)
