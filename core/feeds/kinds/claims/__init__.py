"""
Claims: a client's reports of injury, of which each row becomes a claim, a question on one, or nothing.

A report with little in it is still a report: a row is refused only where the worker, the date of injury or the date
reported cannot be told.
"""

from collections.abc import Sequence

from core.access import Action
from core.feeds.kind import FeedKind, Figure, Setting, Words
from core.feeds.kinds.claims.bulk_insert import carry
from core.feeds.kinds.claims.deciding import Terms, is_overdue, settle, terms
from core.feeds.kinds.claims.duplicates import CLAIM, reported
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.kinds.claims.previewing import COLUMNS, lines
from core.feeds.kinds.claims.undoing import WORKED_ON, take_back
from core.feeds.kinds.claims.vocabulary import VOCABULARY
from core.feeds.mapping import FeedMapping
from core.feeds.reading import Feed
from core.feeds.rows import RefusedRow


def _judge(feed: Feed, mapping: FeedMapping, setting: Setting, terms: Terms) -> Sequence[Accepted | RefusedRow]:
    return judge_all(feed, mapping, timezone=setting.timezone, at=setting.at, required=terms.asked.of)


CLAIMS = FeedKind(
    code="claims",
    words=Words(
        one=CLAIM,
        whose="Worker",
        worked_on="worked on a claim of this import, or begun to write on one",
        deletes="their workers, stories and open questions",
    ),
    action=Action.CLAIM_IMPORT,
    vocabulary=VOCABULARY,
    terms=terms,
    judge=_judge,
    known=reported,
    settle=settle,
    carry=carry,
    take_back=take_back,
    lines=lines,
    table="claim",
    key="claim_id",
    worked_on=WORKED_ON,
    columns=COLUMNS,
    figures=(
        Figure(
            "overdue",
            "Overdue on arrival",
            is_overdue,
            "would arrive already overdue: the time for first contact was over before this import.",
        ),
    ),
)
