"""
Requests for authorization: a client's or provider's list of treatments asked for, each on a claim that is there.

A row becomes a treatment of a request that is logged on its claim, a duplicate of what is asked for already, or
nothing, with why: a request is not begun on what cannot be told.
"""

from core.access import Action
from core.feeds.kind import FeedKind, Figure, Words
from core.feeds.kinds.authorizations.carrying import WORKED_ON, carry, take_back
from core.feeds.kinds.authorizations.judging import judge
from core.feeds.kinds.authorizations.knowing import known, terms
from core.feeds.kinds.authorizations.previewing import COLUMNS, lines
from core.feeds.kinds.authorizations.settling import TREATMENT, is_overdue, settle
from core.feeds.kinds.authorizations.vocabulary import VOCABULARY

AUTHORIZATIONS = FeedKind(
    code="authorizations",
    words=Words(
        one=TREATMENT,
        whose="Claim",
        worked_on="worked on a request of this import",
        deletes="the requests that were logged for them",
        repeated="Asked before",
    ),
    action=Action.AUTHORIZATION_IMPORT,
    vocabulary=VOCABULARY,
    terms=terms,
    judge=judge,
    known=known,
    settle=settle,
    carry=carry,
    take_back=take_back,
    lines=lines,
    table="authorization_request",
    key="request_id",
    worked_on=WORKED_ON,
    columns=COLUMNS,
    figures=(
        Figure("overdue", "Overdue on arrival", is_overdue, "would arrive already overdue by their statutory clock."),
    ),
)
