"""
What clients send as files: read a file, map its columns, plan what becomes of each row, and do exactly that.

There are several kinds of feeds (`KINDS`). What one is of (its fields and headings, how rows are judged, what repeats
what, into which tables it goes, until when it can be taken back) is the kind's alone: a folder of `kinds`, declared as
a `FeedKind`. All else is here and holds for each: reading and mapping know a kind by its vocabulary, plans and imports
by its declaration, and nothing asks which one it is.

- `read_feed`, `mapping_for`, `mapping_given`, `order_question`: from bytes to a mapping, without a database.
- `plan`: decides what becomes of each row, and writes nothing; `commit` does all of it or nothing, and refuses where
  the plan would come out differently by then.
- `imports`, `refusals_csv`, `undo`: what there was, what goes back to the client, and taking an import back as a whole.
- `saved_mapping`, `save_mapping`: a client's columns, kept by kind.
"""

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
from core.feeds.kind import Carrying, Cell, Duplicate, FeedKind, Figure, Line, Other, Setting, Words
from core.feeds.kinds import KINDS
from core.feeds.kinds.authorizations import AUTHORIZATIONS
from core.feeds.kinds.claims import CLAIMS
from core.feeds.mapping import (
    ORDERS,
    FeedMapping,
    MappingDoesNotFit,
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
from core.feeds.planning import Plan, plan
from core.feeds.reading import Feed, Row, UnreadableFeed, WhichSheet, read_feed
from core.feeds.rows import RefusedRow, Rows
from core.feeds.vocabulary import Days, Offer, Vocabulary
from db.queries.feeds import Import

__all__ = [
    "AUTHORIZATIONS",
    "CLAIMS",
    "KINDS",
    "ORDERS",
    "Carrying",
    "Cell",
    "DataMoved",
    "Days",
    "Duplicate",
    "Feed",
    "FeedKind",
    "FeedMapping",
    "Figure",
    "Import",
    "ImportCancelled",
    "ImportFollowed",
    "ImportNotDone",
    "ImportWorkedOn",
    "Imported",
    "Line",
    "MappingDoesNotFit",
    "NoSuchImport",
    "Offer",
    "OneMeaningTwice",
    "OrderQuestion",
    "OrderUndecided",
    "Other",
    "Plan",
    "RefusedRow",
    "Row",
    "Rows",
    "Setting",
    "UnreadableFeed",
    "UnusableMapping",
    "Vocabulary",
    "WhichSheet",
    "Words",
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
