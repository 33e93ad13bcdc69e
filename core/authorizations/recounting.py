"""Counting what is stored of open requests anew: it is what the rules say, and moves only with them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from core.access import COMMAND_LINE
from core.authorizations import cadences, clock, next_follow_up, rules
from core.authorizations.changing import RequestChanged, write, write_counted
from core.authorizations.clock import Standing
from core.authorizations.vocabulary import Step
from core.transactions import acting, transaction
from db.queries import authorizations as queries
from db.queries.authorizations import Request

WHY = "The rule of this clock was changed."
"""Why a stored date was counted anew, on the timeline."""

CADENCE_WHY = "The cadence of follow-ups was changed."
"""Why a follow-up was counted anew, on the timeline."""

_COLUMNS = ("clock", "rule", "due_at", "ours")


class Differing(NamedTuple):
    """An open request whose stored date is not what its rule counts, and how it stands by that."""

    request: Request
    counted: Standing


def differing(tx: Connection) -> Iterator[Differing]:
    """Go through the open requests of the scope that are stored otherwise than they are counted now."""
    held: dict[str, rules.Held] = {}
    for request in queries.undecided(tx):
        frame = request.frame
        if frame.jurisdiction not in held:
            held[frame.jurisdiction] = rules.held(tx, frame.jurisdiction)
        counted = clock.standing(held[frame.jurisdiction], frame._asdict())
        if any(counted.columns[name] != getattr(frame, name) for name in _COLUMNS):
            yield Differing(request, counted)


def recount(*, at: datetime) -> int:
    """
    Have every open request due when its rule says now; return how many dates that moved. One that is counted by another
    version to the same date carries that.

    It is done when a rule begins, each request in a transaction of its own. Twice does no harm.
    """
    with transaction(COMMAND_LINE) as tx:
        found = list(differing(tx))
    moved = 0
    for each in found:
        try:
            with acting(COMMAND_LINE) as tx:
                columns = each.counted.columns
                write_counted(COMMAND_LINE, tx, each.request, Step.DUE_MOVED, columns, at=at, why=WHY)
            moved += each.counted.due_at != each.request.frame.due_at
        except RequestChanged:
            continue  # somebody has just changed it, and by that it was counted anew
    return moved


def differing_follow_ups(tx: Connection, *, at: datetime) -> Iterator[tuple[Request, Mapping[str, Any]]]:
    """
    Go through the open requests of the scope whose next follow-up is stored otherwise than the cadences that hold *at*
    a moment count it; with what they count. When it was set by hand stands.
    """
    held = cadences.kept(tx, at=at)
    for request in queries.undecided(tx):
        frame = request.frame
        by_hand = frame.follow_up_at if frame.follow_up_by_hand else None
        columns = next_follow_up.counted(held, request, {}, by_hand=by_hand).columns
        if any(value != getattr(frame, name) for name, value in columns.items()):
            yield request, columns


def recount_follow_ups(*, at: datetime) -> int:
    """
    Have every open request followed up next when its cadence says now; return of how many requests that moved anything.

    It is done when a cadence begins, each request in a transaction of its own. Twice does no harm.
    """
    with transaction(COMMAND_LINE) as tx:
        found = list(differing_follow_ups(tx, at=at))
    moved = 0
    for request, columns in found:
        try:
            with acting(COMMAND_LINE) as tx:
                write(COMMAND_LINE, tx, request, Step.FOLLOW_UP_MOVED, columns, at=at, why=CADENCE_WHY)
            moved += 1
        except RequestChanged:
            continue  # somebody has just changed it, and by that it was counted anew
    return moved
