"""Clients' claim feeds: read a file, map its columns, plan what becomes of each row, and do exactly that."""

from core.feeds.committing import DataMoved, ImportCancelled, Imported, commit, save_mapping, saved_mapping
from core.feeds.history import (
    ImportFollowed,
    ImportNotDone,
    ImportWorkedOn,
    NoSuchImport,
    client_with_code,
    imports,
    refusals_csv,
    undo,
)
from core.feeds.judging import RefusedRow
from core.feeds.mapping import (
    ORDERS,
    FeedMapping,
    MappingDoesNotFit,
    Offer,
    OneMeaningTwice,
    UnusableMapping,
    by_field,
    from_json,
    mapping_for,
    mapping_given,
    propose_mapping,
)
from core.feeds.notes import notes
from core.feeds.ordering import OrderQuestion, OrderUndecided, in_words, order_question
from core.feeds.planning import Line, NoPromise, Plan, plan
from core.feeds.reading import Feed, Row, UnreadableFeed, WhichSheet, read_feed
from core.feeds.vocabulary import FIELDS, NEEDED
from db.queries.feeds import Import

__all__ = [
    "FIELDS",
    "NEEDED",
    "ORDERS",
    "DataMoved",
    "Feed",
    "FeedMapping",
    "Import",
    "ImportCancelled",
    "ImportFollowed",
    "ImportNotDone",
    "ImportWorkedOn",
    "Imported",
    "Line",
    "MappingDoesNotFit",
    "NoPromise",
    "NoSuchImport",
    "Offer",
    "OneMeaningTwice",
    "OrderQuestion",
    "OrderUndecided",
    "Plan",
    "RefusedRow",
    "Row",
    "UnreadableFeed",
    "UnusableMapping",
    "WhichSheet",
    "by_field",
    "client_with_code",
    "commit",
    "from_json",
    "imports",
    "in_words",
    "mapping_for",
    "mapping_given",
    "notes",
    "order_question",
    "plan",
    "propose_mapping",
    "read_feed",
    "refusals_csv",
    "save_mapping",
    "saved_mapping",
    "undo",
]
