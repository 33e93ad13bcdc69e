"""Live intake and Intake: the queue as a live list, for those who hand it out and for those who work it."""

from collections.abc import Sequence
from typing import Any

from core.access import Action
from core.claims import CHANNEL
from core.clocks import soon_below
from core.contact import brief
from core.intake import BRIEFLY
from core.live import Column, Condition, Figure, Kind, LiveList, Narrow, Source, milliseconds
from core.queue.waiting import read, stage
from db.queries.queue import Waiting

STAGES = {"ready": "Ready", "intake": "Intake open", "attempted": "Attempted", "paused": "Clock paused"}
"""The words of what `stage` returns."""

COLUMNS = (
    Column("due", "Time left", Kind.CLOCK, 17.125, narrow=Narrow.HEAD),
    Column("claim", "Claim", Kind.LINK, 5.375, narrow=Narrow.KEY),
    Column("client", "Client", Kind.NAME, 0, everything="All clients", narrow=Narrow.REST),
    Column("jurisdiction", "State", Kind.TEXT, 2.875, everything="All states", nothing_whole="State not known yet"),
    Column("reported", "Reported", Kind.MOMENT, 4.8125),
    Column("stage", "Stage", Kind.CHIP, 6.625, words=STAGES, everything="All stages"),
    Column("missing", "Missing", Kind.TAGS, 12.125, words=BRIEFLY),
    Column("who", "Has it", Kind.NAME, 6.6875, everything="Anybody", nothing="Nobody yet", narrow=Narrow.END),
    Column("last", "Last attempt", Kind.EVENT, 9.125, nothing="None yet"),
)

OPEN = Figure("open", "open", Condition.ALL)
MINE = Figure("mine", "mine", Condition.MINE, "who", "You have no claim.")
UNASSIGNED = Figure("unassigned", "unassigned", Condition.EMPTY, "who", "Every claim is with somebody.")
DUE_SOON = Figure("soon", "due soon", Condition.SOON, "due", "Nothing is due soon.")
OVERDUE = Figure("overdue", "overdue", Condition.OVERDUE, "due", "Nothing is overdue.")


def cells(row: Waiting) -> Sequence[Any]:
    """Return the values of a claim on the queue, one for each of COLUMNS."""
    return (
        (
            milliseconds(row.due_at),
            int(soon_below(row.due_at - row.reported_at).total_seconds() * 1000),
            row.paused_at and milliseconds(row.paused_at),
            row.paused_late_at and milliseconds(row.paused_late_at),
        ),
        (row.claim_number, row.viewers),
        (row.client_id, row.client),
        row.jurisdiction,
        milliseconds(row.reported_at),
        stage(row),
        row.missing,
        None if row.assignee_id is None else (row.assignee_id, row.assignee),
        _last_attempt(row),
    )  # fmt: skip


def _last_attempt(row: Waiting) -> tuple[int, str, str] | None:
    if row.last_at is None or row.last_party is None or row.last_method is None or row.last_outcome is None:
        return None
    return (milliseconds(row.last_at), *brief(row.last_party, row.last_method, row.last_outcome))


_SOURCE = Source("queue", CHANNEL, COLUMNS, read, cells)
_NOTHING = "No claim waits for first contact. The next report appears here at once."
_NAMED = ("claim", "due", "client", "who")

LIVE_INTAKE = LiveList(
    "live_intake", "Live intake", frozenset({Action.LIVE_WATCH}), _SOURCE,
    (OPEN, UNASSIGNED, DUE_SOON, OVERDUE), "claim", _NOTHING, _NAMED,
)  # fmt: skip
INTAKE = LiveList(
    "intake", "Intake", frozenset({Action.QUEUE_WATCH}), _SOURCE,
    (OPEN, MINE, UNASSIGNED, DUE_SOON, OVERDUE), "claim", _NOTHING, _NAMED,
)  # fmt: skip
