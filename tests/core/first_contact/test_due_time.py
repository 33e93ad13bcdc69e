"""At its due time a promise can still be kept; a moment later it is missed: in every place that counts or shows it."""

from datetime import datetime, timedelta

import pytest

from core import assignment, first_contact, queue, worklist
from core.access import Actor, Role
from core.clocks.standing import State, standing
from core.first_contact import Question
from core.narrowing import Filter
from core.transactions import transaction
from tests import factories
from tests.core.first_contact.one_week import CHICAGO, WEEK, cells, counted, fold
from tests.factories import NOW

MOMENT = timedelta(microseconds=1)
REPORTED = NOW - timedelta(hours=24)


def missed(supervisor: Actor, client: int, holder: Actor, *, at: datetime) -> dict[str, bool]:
    """Return whether the one claim that there is has been missed *at* a moment, by each place that tells it."""
    told = standing(reported_at=REPORTED, due_at=NOW, first_contact_at=None, paused=False, at=at).state
    [(_, decided, on_time)] = cells(counted(supervisor, at=at)).values()
    of_client = Question(WEEK.first_day, WEEK.last_day, CHICAGO, clients=frozenset({client}))
    [(_, decided_of_client, _)] = cells(counted(supervisor, of_client, at=at)).values()
    with transaction(supervisor) as tx:
        [behind] = first_contact.claims_behind(supervisor, tx, WEEK, frozenset({(1, 9)}), at=at)
        tally = queue.tally(supervisor, tx, at=at)
        [row] = queue.queue(supervisor, tx, at=at)
        items = worklist.read(supervisor, tx, at).counts
        [held] = assignment.held(supervisor, tx, holder.staff_id, at=at)
    assert (on_time, tally.soon + tally.overdue, items["soon"] + items["overdue"]) == (0, 1, 1)
    assert (tally.kept_week, tally.decided_week) == (0, tally.overdue)
    return {
        "one claim": told is State.OVERDUE,
        "figures": decided == 1,
        "figures of the client": decided_of_client == 1,
        "behind a figure": behind.missed,
        "the queue": tally.overdue == 1,
        "narrowed to what is overdue": queue.on_list(row, Filter(figure="overdue"), me=holder.staff_id, at=at),
        "My work": items["overdue"] == 1,
        "what somebody holds": held.overdue == 1,
    }


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(("away", "is_missed"), [(-MOMENT, False), (timedelta(0), False), (MOMENT, True)])
def test_decides_alike_everywhere(desk, client, supervisor, away: timedelta, is_missed: bool, folded: bool) -> None:
    holder = factories.staff(Role.VA, client)
    factories.claim(client, reported_at=REPORTED, assignee=holder.staff_id)
    if folded:
        fold(desk)

    said = missed(supervisor, client, holder, at=NOW + away)

    assert said == dict.fromkeys(said, is_missed)


@pytest.mark.parametrize(("away", "is_missed"), [(-MOMENT, False), (timedelta(0), False), (MOMENT, True)])
def test_decides_alike_where_the_worker_is_reached(client, nurse, supervisor, away: timedelta, is_missed: bool) -> None:
    factories.claim(client, reported_at=REPORTED, first_contact_at=NOW + away, first_contact_by=nurse)

    [(_, decided, on_time)] = cells(counted(supervisor, at=NOW + 2 * MOMENT)).values()
    with transaction(supervisor) as tx:
        [behind] = first_contact.claims_behind(supervisor, tx, WEEK, frozenset({(1, 9)}), at=NOW + 2 * MOMENT)
        tally = queue.tally(supervisor, tx, at=NOW + 2 * MOMENT)

    assert (decided, on_time == 0, behind.missed, tally.kept_week == 0) == (1, is_missed, is_missed, is_missed)


@pytest.mark.parametrize(("away", "is_missed"), [(-MOMENT, False), (timedelta(0), True), (MOMENT, True)])
def test_is_not_moved_by_a_pause_that_begins_then(desk, client, supervisor, away: timedelta, is_missed: bool) -> None:
    holder = factories.staff(Role.VA, client)
    claim = factories.claim(client, reported_at=REPORTED, assignee=holder.staff_id)
    with desk.owner() as db:
        db.execute(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', 1)",
            (client, claim, NOW + away),
        )
    later = NOW + timedelta(hours=1)

    [(_, decided, _)] = cells(counted(supervisor, at=later)).values()
    with transaction(supervisor) as tx:
        [behind] = first_contact.claims_behind(supervisor, tx, WEEK, frozenset({(1, 9)}), at=later)
        [held] = assignment.held(supervisor, tx, holder.staff_id, at=later)
        overdue = queue.tally(supervisor, tx, at=later).overdue
    assert (decided, behind.missed, held.overdue, overdue) == (is_missed, is_missed, is_missed, is_missed)
