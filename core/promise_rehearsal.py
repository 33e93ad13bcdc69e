"""
A client's claims of the last 90 days under a promise that is being chosen: first contact in time, or not.

A claim is counted by the promise that it carries, with its pauses. Claims are those that the figures of first contact
count; the clock of one that stands still is looked at as it stood when it stopped.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core import promises, scope
from core.access import Action, Actor, of_client
from core.calendars import BusinessWeek
from core.clocks import Clock, Pause, Policy, deadline, policy_counting
from core.rules import Case, Rehearsal, Rehearsed, rehearse

_REPORTS = text("select * from desk_rehearsed_reports(:client_id, :since, :until)")


class Reported(NamedTuple):
    """What a claim's date asks beside its report: since when there is the promise that it carries, and its pauses."""

    promised_from: datetime
    pauses: tuple[Pause, ...]


def of_promise(
    actor: Actor, tx: Connection, *, client_id: int, hours: int, clock: Clock, week: BusinessWeek, at: datetime
) -> Rehearsal:
    """
    Return how first contact with the client's claims would have been if this had been promised all the time.

    Days that the client closes or works besides its calendar count as they did.

    :raises NotAllowed: if the actor does not keep clients.
    :raises NoSuchClient, HoursNotPromised, ZoneUnknown:
    :raises NeverDue: if so little time is open that no claim would ever be due.
    """
    scope.require_client(actor, tx, KIND.action, client_id, of_client(client_id))
    known = promises.policies(actor, tx, client_id)
    new = promises.sensible(hours, clock, week, effective_from=at, at=at)
    changes = tuple(promises.changes_of(actor, tx, client_id)) if clock is Clock.BUSINESS else ()
    new = Policy(new.hours, clock, week, at, changes=changes)
    return rehearse(KIND, actor, tx, client_id, as_is=known, changed=[new], at=at)


def _cases(tx: Connection, client_id: int, since: datetime, until: datetime) -> Iterator[Case[Reported]]:
    for row in tx.execute(_REPORTS, {"client_id": client_id, "since": since, "until": until}):
        spans = zip(row.paused or (), row.resumed or (), strict=True)
        pauses = tuple(Pause(starts, ends, "", "") for starts, ends in spans)
        stopped = row.first_contact_at or next((each.starts_at for each in pauses if each.ends_at is None), None)
        yield Case(client_id, row.reported_at, stopped, row.due_at, Reported(row.promised_from, pauses))


def _due(case: Case[Reported], known: Sequence[Policy]) -> datetime:
    """Return when first contact was due by the promise that the claim carries or, among others, that counts it."""
    carried = [policy for policy in known if policy.effective_from == case.of.promised_from]
    policy = carried[0] if carried else policy_counting(known, case.started_at)
    return deadline(policy, case.started_at, case.of.pauses).due_at


KIND: Rehearsed[int, Reported, Sequence[Policy]] = Rehearsed(
    noun="client", action=Action.CLIENTS_MANAGE, cases=_cases, due=_due
)
"""Claims as cases of the promise of first contact."""
