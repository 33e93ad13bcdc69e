"""The claims behind the figures."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from core.access import Action, Actor, require
from core.clocks import standing
from core.first_contact.question import Question
from db.queries import first_contact as queries
from db.queries.first_contact import Behind

MOST = 500
"""The most claims that one look shows."""

_AT_FIRST = 48
_END_OF_TIME = (datetime(9999, 1, 1, tzinfo=UTC), 0)


def claims_behind(
    actor: Actor,
    tx: Connection,
    question: Question,
    cells: frozenset[tuple[int, int]],
    *,
    at: datetime,
    last: Behind | None = None,
    most: int = MOST,
) -> list[Behind]:
    """
    Return at most *most* claims counted in *cells* (weekday, 1 is Monday, and hour): at *at* missed first, then others.

    Among those missed, and among the others, the latest report comes first. *last* is the last claim already seen: the
    next ones follow it. Whoever opens claims one by one can count them: nothing is withheld here.

    :raises NotAllowed: if the actor does not open the claims behind measures.
    """
    require(actor, Action.MEASURES_DRILL)
    extent = question.extent(actor)
    hours = question.hours_of(cells)
    claims: list[Behind] = []
    for missed in (True, False) if last is None or last.missed else (False,):
        before = (last.reported_at, last.claim_id) if last is not None and last.missed == missed else _END_OF_TIME
        for some in _in_runs([hour for hour in hours if hour <= before[0]]):
            rest = most - len(claims)
            claims += queries.behind(tx, extent, some, missed=missed, at=at, before=before, most=rest)
            if len(claims) == most:
                return claims
    return claims


def words(claim: Behind, *, at: datetime) -> str:
    """Say how the claim's promise stands at *at*."""
    return standing(
        reported_at=claim.reported_at,
        due_at=claim.due_at,
        first_contact_at=claim.first_contact_at,
        paused=claim.paused,
        at=at,
    ).words


def _in_runs(hours: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    """Cut *hours* into runs, each twice as long as the one before: few rows are found soon, none are found in few."""
    begin, length = 0, _AT_FIRST
    while begin < len(hours):
        yield hours[begin : begin + length]
        begin, length = begin + length, length * 2
