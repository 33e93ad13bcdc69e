"""Clients' claim feeds: read a file, map its columns, plan what becomes of each row, and do exactly that."""

from core.feeds.committing import DataMoved, ImportCancelled, Imported, commit, save_mapping, saved_mapping
from core.feeds.history import (
    ImportNotDone,
    ImportWorkedOn,
    NoSuchImport,
    client_with_code,
    clients,
    imports,
    refusals_csv,
    undo,
)
from core.feeds.mapping import (
    ORDERS,
    FeedMapping,
    MappingDoesNotFit,
    UnusableMapping,
    from_json,
    mapping_for,
    mapping_told,
    propose_mapping,
)
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
    "ImportNotDone",
    "ImportWorkedOn",
    "Imported",
    "Line",
    "MappingDoesNotFit",
    "NoPromise",
    "NoSuchImport",
    "Plan",
    "Row",
    "UnreadableFeed",
    "UnusableMapping",
    "WhichSheet",
    "client_with_code",
    "clients",
    "commit",
    "from_json",
    "imports",
    "mapping_for",
    "mapping_told",
    "plan",
    "propose_mapping",
    "read_feed",
    "refusals_csv",
    "save_mapping",
    "saved_mapping",
    "undo",
]
