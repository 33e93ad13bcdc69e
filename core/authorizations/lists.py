"""Open requests for authorization as a live list: the clock that runs out first stands first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.authorizations.vocabulary import (
    CLOCKS,
    PARTIES,
    REPLIES,
    Clock,
    Party,
    Reply,
    kind_words,
)
from core.claims import CHANNEL
from core.clocks import SHARE, SOON, soon_below
from core.live import MOST, Column, Condition, Figure, Kind, LiveList, Narrow, Snapshot, Source, milliseconds
from db.queries import authorization_list as queries
from db.queries.authorization_list import Open

_DECIDED, _FOR_INFORMATION = "decided", "information"
_STANDS = {
    **{clock.value: said for clock, said in CLOCKS.items() if clock is not Clock.STOPPED},
    _DECIDED: "Decided, to be told",
    _FOR_INFORMATION: "For information",
}
_ESCALATED = {"clinical": "clinical staff", "supervisor": "supervisors"}
_COUNTING = (Clock.WAITING, Clock.RUNNING, Clock.EXTENDED)

COLUMNS = (
    Column("due", "Time left", Kind.CLOCK, 17.25, narrow=Narrow.HEAD),
    Column("claim", "Claim", Kind.LINK, 5.5, narrow=Narrow.KEY),
    Column("what", "Asked for", Kind.TEXT, 13, narrow=Narrow.FOOT),
    Column("kind", "Kind", Kind.TEXT, 8, everything="All kinds"),
    Column("stands", "Clock", Kind.CHIP, 8.5, words=_STANDS, everything="Every clock", narrow=Narrow.FOOT),
    Column("client", "Client", Kind.NAME, 0, everything="All clients", narrow=Narrow.REST),
    Column("jurisdiction", "State", Kind.TEXT, 3, everything="All states"),
    Column("provider", "Provider", Kind.TEXT, 8, everything="All providers"),
    Column("who", "Reviewer", Kind.NAME, 6.8125, everything="Anybody", nothing="Nobody yet", narrow=Narrow.END),
    Column("last", "Last follow-up", Kind.EVENT, 9.125, nothing="None yet"),
)


def read(actor: Actor, tx: Connection, at: datetime, *, most: int = MOST) -> Snapshot:
    """
    Read the open requests of the actor's scope as they stand at *at*: `Open` rows by client, claim and request.

    :raises NotAllowed: if the role works no authorizations.
    """
    require(actor, Action.AUTHORIZATION_WORK)
    rows = queries.requests(tx, actor.scope, most=most, at=at)
    stands = queries.tally(tx, actor.scope, at=at, soon=SOON, share=SHARE)
    return Snapshot({(row.client_id, row.claim_id, row.request_id): row for row in rows}, stands._asdict(), [], at)


def cells(row: Open) -> Sequence[Any]:
    """Return the values of an open request, one for each of COLUMNS."""
    return (
        _clock(row),
        (row.claim_number, []),
        f"{row.what} +{row.more}" if row.more else row.what,
        kind_words(row.kind),
        _stands(row),
        (row.client_id, row.client),
        row.jurisdiction,
        row.provider,
        None if row.reviewer_id is None else (row.reviewer_id, row.reviewer),
        _last(row),
    )


def _clock(row: Open) -> tuple[int, int, int | None, None]:
    """Return the clock's cell: one that is not ours, or that counts to no date, stands still, since it came so."""
    counts = row.due_at is not None and row.ours and row.clock in _COUNTING
    due_at = row.due_at or row.follow_up_at or row.received_at
    soon = int(soon_below(due_at - row.received_at).total_seconds() * 1000)
    return milliseconds(due_at), soon, None if counts else milliseconds(row.since), None


def _stands(row: Open) -> str:
    if row.decided_at is not None:
        return _DECIDED
    return row.clock if row.ours else _FOR_INFORMATION


def _last(row: Open) -> tuple[int, str, str] | None:
    """Return the last follow-up's cell; of what nobody has answered for too long, to whom that went."""
    last = None
    if row.last_at is not None and row.last_party is not None and row.last_outcome is not None:
        reply = REPLIES[Reply(row.last_outcome)]
        last = milliseconds(row.last_at), reply, f"{PARTIES[Party(row.last_party)]}: {reply.lower()}"
    if row.escalated is None or row.escalated_at is None:
        return last
    whole = f"Escalated to {_ESCALATED[row.escalated]}: {last[2] if last else 'nobody was asked yet'}"
    return milliseconds(row.escalated_at), f"Escalated, {last[1].lower() if last else 'not asked'}", whole


AUTHORIZATIONS = LiveList(
    "authorizations", "Authorizations", frozenset({Action.AUTHORIZATION_WORK}),
    Source("authorizations", CHANNEL, COLUMNS, read, cells),
    (
        Figure("open", "open", Condition.ALL),
        Figure("mine", "mine", Condition.MINE, "who", "You review none of them."),
        Figure("unassigned", "without a reviewer", Condition.EMPTY, "who", "Every request has a reviewer."),
        Figure("soon", "due soon", Condition.SOON, "due", "Nothing is due soon."),
        Figure("overdue", "overdue", Condition.OVERDUE, "due", "Nothing is overdue."),
    ),
    "request", "No request for authorization is open. Log one on a claim's page, or take one from the tray.",
    ("what", "claim", "due", "client"),
)  # fmt: skip
