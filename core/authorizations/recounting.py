"""Counting the clocks of open requests anew: what is stored is what the rules say, and moves only with them."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core.access import COMMAND_LINE
from core.authorizations import clock, rules
from core.authorizations.changing import RequestChanged, write
from core.authorizations.clock import Standing
from core.authorizations.vocabulary import Step
from core.transactions import acting, transaction
from db.queries import authorizations as queries
from db.queries.authorizations import Request

WHY = "The rule of this clock was changed."
"""Why a stored date was counted anew, on the timeline."""

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
    Have every open request due when its rule says now; return how many dates that moved.

    It is done when a rule begins, each request in a transaction of its own. Twice does no harm.
    """
    with transaction(COMMAND_LINE) as tx:
        found = list(differing(tx))
    moved = 0
    for each in found:
        try:
            with acting(COMMAND_LINE) as tx:
                write(COMMAND_LINE, tx, each.request, Step.DUE_MOVED, each.counted.columns, at=at, why=WHY)
            moved += 1
        except RequestChanged:
            continue  # somebody has just changed it, and by that it was counted anew
    return moved
