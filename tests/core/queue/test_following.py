"""What is worked next: by urgency, over all that the person may work, within what the list was narrowed to."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from core import contact, narrowing, queue
from core.access import Actor, NotAllowed, Role
from core.transactions import transaction
from tests import factories
from tests.factories import NOW


class Here(NamedTuple):
    """The claim that is open."""

    client_id: int
    claim_id: int
    due_at: datetime


def due(client: int, hours: int, **more: object) -> Here:
    at = NOW + timedelta(hours=hours)
    return Here(client, factories.claim(client, due_at=at, **more), at)


def following(actor: Actor, here: Here, **choices: object) -> tuple[int, int] | None:
    with transaction(actor) as tx:
        return queue.next_waiting(actor, tx, here, only=narrowing.Filter(**choices), at=NOW)


def test_is_the_one_due_after_this_whoever_has_it_then_the_most_urgent(client: int, va: Actor) -> None:
    other = factories.staff(Role.VA, client)
    third, first, second = due(client, 3), due(client, 1), due(client, 2, assignee=other.staff_id)  # not as reported

    assert following(va, first) == second[:2]
    assert following(va, second) == third[:2]
    assert following(va, third) == first[:2]


def test_is_nobody_elses_to_work(client: int, va: Actor) -> None:
    here, foreign = due(client, 1), due(factories.client(), 2)

    assert following(va, here) is None
    assert following(factories.staff(Role.SUPERVISOR), here) == foreign[:2]
    with pytest.raises(NotAllowed):
        following(factories.staff(Role.COMPLIANCE), here)


def test_a_claim_that_was_reached_meanwhile_is_followed_by_the_one_due_after_it(client: int, va: Actor) -> None:
    nurse = factories.staff(Role.CLINICAL, client)
    due(client, 1)
    here, behind = due(client, 2, first_contact_at=NOW, first_contact_by=nurse.staff_id), due(client, 3)

    assert following(va, here) == behind[:2]


def test_stays_within_what_the_list_was_narrowed_to(desk, client: int, va: Actor) -> None:
    boss, other = factories.staff(Role.SUPERVISOR), factories.client()
    here = due(client, -2)
    overdue = due(other, -1, jurisdiction="CA")
    mine = due(client, 1, assignee=va.staff_id, reported_at=NOW - timedelta(hours=23))
    unknown = due(client, 30, jurisdiction=None)
    paused = due(client, 40)
    with transaction(boss) as tx:
        contact.pause_clock(boss, tx, client_id=client, claim_id=paused.claim_id, reason="Attorney.", at=NOW)

    assert following(boss, here, client=other) == overdue[:2]
    assert following(boss, here, client=client) == mine[:2]
    assert following(boss, overdue, jurisdiction=narrowing.NONE) == unknown[:2]
    assert following(boss, here, jurisdiction="CA") == overdue[:2]
    assert following(boss, here, who=str(va.staff_id)) == mine[:2]
    assert following(boss, overdue, who=narrowing.NONE) == unknown[:2]
    assert following(boss, here, stage="paused") == paused[:2]
    assert following(va, here, figure="mine") == mine[:2]
    assert following(boss, overdue, figure="unassigned") == unknown[:2]
    assert following(boss, overdue, figure="soon") == mine[:2]
    assert following(boss, overdue, figure="overdue") == here[:2]
    assert following(boss, here, figure="overdue", client=client) is None
