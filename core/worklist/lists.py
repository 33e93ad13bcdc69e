"""My work: the work items as a live list."""

from collections.abc import Sequence
from typing import Any

from core.access import Action
from core.claims import CHANNEL
from core.live import Appointments, Column, Condition, Figure, Kind, LiveList, Narrow, Source, milliseconds
from core.worklist.kinds import APPOINTED_WITHIN, KINDS, MAKE_CALL
from core.worklist.reading import read, soon_by
from db.queries.worklist import Item

_BY_NUMBER = {kind.arm.number: kind for kind in KINDS}

COLUMNS = (
    Column("due", "Time left", Kind.CLOCK, 17.25, narrow=Narrow.HEAD),
    Column("claim", "Claim", Kind.LINK, 5.5, narrow=Narrow.KEY),
    Column("what", "To do", Kind.CHIP, 6.75, words={kind.code: kind.words for kind in KINDS}, everything="All work",
           narrow=Narrow.FOOT),
    Column("why", "Why now", Kind.EVENT, 16, narrow=Narrow.FOOT),
    Column("client", "Client", Kind.NAME, 0, everything="All clients", narrow=Narrow.REST),
    Column("jurisdiction", "State", Kind.TEXT, 3, everything="All states", nothing_whole="State not known yet"),
    Column("who", "Has it", Kind.NAME, 6.8125, nothing="Nobody yet", narrow=Narrow.END),
    Column("aside", "Put aside", Kind.MARKS, 9.25, nothing="", narrow=Narrow.FOOT),
)  # fmt: skip


def cells(item: Item) -> Sequence[Any]:
    """Return the values of a work item, one for each of COLUMNS."""
    kind = _BY_NUMBER[item.kind]
    return (
        (
            milliseconds(item.due_at),
            int(soon_by(item).total_seconds() * 1000),
            item.paused_at and milliseconds(item.paused_at),
            item.paused_late_at and milliseconds(item.paused_late_at),
        ),
        (item.claim_number, item.viewers),
        kind.code,
        (milliseconds(item.at), *_why(item)),
        (item.client_id, item.client),
        item.jurisdiction,
        None if item.assignee_id is None else (item.assignee_id, item.assignee),
        item.marks,
    )  # fmt: skip


def _why(item: Item) -> tuple[str, str]:
    """Return why an item is there; that it was handed over with a note comes first, and the note is not in a list."""
    short, whole = _BY_NUMBER[item.kind].why(item)
    if item.giver is None:
        return short, whole
    return (
        f"Note from {item.giver}; {short[0].lower()}{short[1:]}",
        f"{item.giver} handed this over with a note, which the opened item shows. {whole}",
    )


MY_WORK = LiveList(
    "my_work", "My work", frozenset({Action.QUEUE_WATCH}),
    Source("work", CHANNEL, COLUMNS, read, cells),
    (
        Figure("open", "to do", Condition.ALL),
        Figure("mine", "mine", Condition.MINE, "who", "Nothing is yours."),
        Figure("unassigned", "nobody's yet", Condition.EMPTY, "who", "Everything is with somebody."),
        Figure("soon", "due soon", Condition.SOON, "due", "Nothing is due soon."),
        Figure("overdue", "overdue", Condition.OVERDUE, "due", "Nothing is overdue."),
    ),
    "item", "Nothing is left to do. The next report appears here at once.", ("what", "claim", "due", "client"),
    own="who", appointments=Appointments("what", _BY_NUMBER[MAKE_CALL].code, APPOINTED_WITHIN),
)  # fmt: skip
