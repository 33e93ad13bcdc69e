"""
The follow-ups of the last 90 days under a cadence that is proposed: which fell due before they were made.

A case is the time between one follow-up, or the logging, and the next, or the decision. When each had been due by what
held then is not kept: they are counted by the cadence that holds now and by the other one, on the date by which the
request is due as it stands.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.access import Action, Actor, Subject, require
from core.authorizations import cadences
from core.authorizations.cadence import Cadence, next_at
from core.authorizations.vocabulary import Reply
from core.rules import Case, Rehearsal, Rehearsed, rehearse

_FOLLOW_UPS = text("select * from desk_rehearsed_follow_ups(:party, :since, :until)")


class Waited(NamedTuple):
    """What the next follow-up asks of a request: whose law it is under, by when it is due, what came of the last."""

    jurisdiction: str
    due_at: datetime | None
    reply: Reply | None


def of_cadence(actor: Actor, tx: Connection, *, cadence: Cadence, at: datetime) -> Rehearsal:
    """
    Return which follow-ups of the party would have fallen due before they were made, by *cadence*.

    :raises NotAllowed: if the actor does not set rules.
    :raises Refusal: what `cadences.sensible` refuses.
    """
    require(actor, KIND.action, Subject(KIND.noun))
    cadences.sensible(cadence)
    held = cadences.kept(tx, at=at)[cadence.party]
    return rehearse(KIND, actor, tx, held, as_is=held, changed=cadence, at=at)


def _cases(tx: Connection, held: Cadence, since: datetime, until: datetime) -> Iterator[Case[Waited]]:
    """Yield what was followed up in the period, or waited for that, of the party of *held*."""
    for row in tx.execute(_FOLLOW_UPS, {"party": held.party, "since": since, "until": until}):
        of = Waited(row.jurisdiction, row.due_at, Reply(row.reply) if row.reply else None)
        yield Case(row.client_id, row.waits_from, row.waits_until, _next(held, row.waits_from, of), of)


def _next(cadence: Cadence, last: datetime, of: Waited) -> datetime:
    return next_at(cadence, jurisdiction=of.jurisdiction, due_at=of.due_at, last=last, reply=of.reply)


def _due(case: Case[Waited], cadence: Cadence) -> datetime:
    return _next(cadence, case.started_at, case.of)


KIND: Rehearsed[Cadence, Waited, Cadence] = Rehearsed(
    noun=cadences.KIND.noun, action=Action.RULES_MANAGE, cases=_cases, due=_due
)
"""Follow-ups as cases of the cadence to a party."""
