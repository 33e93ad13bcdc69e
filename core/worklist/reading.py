"""Reading work items: those of a scope as a live list, and which one a person does next."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from core import instant
from core.access import Action, Actor, require
from core.clocks import SOON
from core.live import MOST, Key, Snapshot
from core.narrowing import Filter
from core.presence import LAPSES
from core.worklist.kinds import APPOINTED_WITHIN, ASK_AGAIN, INTAKE, KINDS, MAKE_CALL, QUESTIONS, WorkKind
from db.queries import worklist
from db.queries.worklist import Item


def items(
    actor: Actor, tx: Connection, *, at: datetime, most: int = MOST, kinds: Sequence[WorkKind] | None = None,
    claim: tuple[int, int] | None = None,
) -> list[Item]:  # fmt: skip
    """
    Return what there is to do at *at* on the claims of the actor's scope: at most *most*, what is due first before.

    With a *claim*, by client and number, what there is to do on that one.

    :param kinds: the kinds of work that are asked for; None: all there are.

    :raises NotAllowed: if the role works no claims.
    """
    require(actor, Action.QUEUE_WATCH)
    arms = [kind.arm for kind in kinds or KINDS]
    return worklist.items(tx, arms, actor.scope, most=most, viewing_since=at - LAPSES, at=at, claim=claim)


def item(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, kind: int, at: datetime) -> Item | None:
    """
    Return the item of this kind on the claim; None where there is none.

    :raises NotAllowed: if the role works no claims.
    """
    found = items(actor, tx, at=at, claim=(client_id, claim_id))
    return next((each for each in found if each.kind == kind), None)


def following(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, everybody: bool, only: Filter, at: datetime
) -> tuple[int, int] | None:
    """
    Return the claim of the item due after this claim's, behind the last that of the first, of those that *only* lets
    through; None where none is left.

    What the actor put aside until later, and what waits with a clock that stands still, is passed over.

    :param everybody: that what colleagues have is among it, beside what is the actor's own or nobody's.
    :raises NotAllowed: if the role works no claims.
    """
    # As the list has them: whoever has an appointment keeps it before going on with what is overdue anyway.
    found = sorted(items(actor, tx, at=at), key=lambda item: not _appointed(actor, item, at))
    here = max(
        (n for n, item in enumerate(found) if (item.client_id, item.claim_id) == (client_id, claim_id)), default=-1
    )
    now = at.timestamp() * 1000
    for item in found[here + 1 :] + found[: here + 1]:
        aside = any(staff_id == actor.staff_id and until > now for staff_id, _, until, _ in item.marks)
        theirs = item.assignee_id not in (None, actor.staff_id) and not everybody
        key = (item.client_id, item.claim_id)
        passed_over = key == (client_id, claim_id) or item.paused_at is not None or aside or theirs
        if not passed_over and only.lets(item, me=actor.staff_id, at=at, soon=soon_by(item), what=_kind_of(item).code):
            return key
    return None


def read(actor: Actor, tx: Connection, at: datetime, *, most: int = MOST) -> Snapshot:
    """
    Read the work items of the actor's scope as they stand at *at*: `Item` rows by client, claim and kind.

    Of more than *most* only what cannot be among the others is counted: these are due later.

    :raises NotAllowed: if the role works no claims.
    """
    found = items(actor, tx, at=at, most=most)
    # Claims with many questions each leave some unread. An element may be asked for two reasons, seldom for more.
    unread = [
        asked[-1]
        for kind in (INTAKE, ASK_AGAIN)
        if (asked := [item for item in found if item.kind == kind])
        and 2 * sum(len(item.elements) for item in asked) >= most * QUESTIONS
    ]
    whole = len(found) < most and not unread
    number = len(found) if whole else worklist.count(tx, [kind.arm for kind in KINDS], actor.scope, at=at)
    reaches_to = datetime.max.replace(tzinfo=UTC)
    if number > len(found):
        reaches_to = min([found[-1].due_at, *[item.due_at for item in unread]])
    counts = {"open": number}
    if number == len(found):
        counts["unassigned"] = sum(row.assignee_id is None for row in found)
    if reaches_to >= at:
        counts["overdue"] = sum(row.paused_at is None and row.due_at < at for row in found)
    if reaches_to >= at + SOON:
        counts["soon"] = sum(row.paused_at is None and at <= row.due_at < at + soon_by(row) for row in found)
    return Snapshot({key(row): row for row in found}, counts, [], at)


def load(tx: Connection) -> dict[int, int]:
    """Return how many items are with each person who has any, by staff id, as far as whoever asks sees claims."""
    return worklist.load(tx, [kind.arm for kind in KINDS], at=instant.now())


def _appointed(actor: Actor, item: Item, at: datetime) -> bool:
    """Tell whether the item is a booked call of the actor's own that has come within the hour, and is not put aside."""
    own = item.kind == MAKE_CALL and item.assignee_id == actor.staff_id and item.due_at < at + APPOINTED_WITHIN
    return own and all(mark[0] != actor.staff_id for mark in item.marks)


def key(item: Item) -> Key:
    """Return what tells an item from every other: client, claim and kind."""
    return (item.client_id, item.claim_id, item.kind)


def soon_by(item: Item) -> timedelta:
    """Return how long before it is due an item is due soon."""
    return _kind_of(item).soon(item)


def _kind_of(item: Item) -> WorkKind:
    return next(kind for kind in KINDS if kind.arm.number == item.kind)
