"""When a request that is kept is followed up next, by the cadences that hold now: what of that is written with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from core.authorizations import cadences
from core.authorizations.cadence import DECIDING, Asked, Cadence, Next, following
from core.authorizations.vocabulary import Party, Reply
from db.queries.authorizations import Request


def counted(
    held: Mapping[Party, Cadence], request: Request, changed: Mapping[str, Any], *, by_hand: datetime | None,
    asked: Asked | None = None,
) -> Next:  # fmt: skip
    """
    Return when the request is followed up next by the cadences that are *held*, with what *changed* of it.

    *by_hand* is when, where somebody has set it; *asked* is a follow-up that is being put down.
    """
    made = [Asked(Party(each.party), each.at, Reply(each.outcome)) for each in reversed(request.follow_ups)]
    every = sorted([*made, *([asked] if asked else [])], key=lambda each: each.at)
    return following(held, {**request.frame._asdict(), **changed}, every, by_hand=by_hand)


def of_change(tx: Connection, request: Request, changed: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """
    Return the columns of the next follow-up where it goes by what *changed*, as by another due date; else none.

    A time that was set by hand stays, unless the request is due by then.
    """
    frame = request.frame
    if all(changed.get(name, getattr(frame, name)) == getattr(frame, name) for name in DECIDING):
        return {}
    due_at = changed.get("due_at", frame.due_at)
    set_at = frame.follow_up_at if frame.follow_up_by_hand else None
    by_hand = set_at if set_at and (due_at is None or set_at < due_at) else None
    found = counted(cadences.kept(tx, at=at), request, changed, by_hand=by_hand)
    return {**found.columns, "follow_up_by_hand": by_hand is not None}
