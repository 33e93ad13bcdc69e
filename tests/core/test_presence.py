"""Whoever has a claim open is seen by everybody else who has it open, and on the lists."""

from datetime import datetime, timedelta

import pytest

from core import presence, queue
from core.access import Actor, NotAllowed, Role
from core.claims import NoSuchClaim
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

LATER = NOW + presence.SAY_EVERY


def arrive(actor: Actor, client: int, claim: int, at: datetime = NOW) -> list[str]:
    with transaction(actor) as tx:
        return presence.arrive(actor, tx, client, claim, at=at)


def leave(actor: Actor, client: int, claim: int) -> None:
    with transaction(actor) as tx:
        presence.leave(actor, tx, client, claim)


def on_the_list(actor: Actor, at: datetime = NOW) -> list[list[str]]:
    with transaction(actor) as tx:
        return [[name for _, name in row.viewers] for row in queue.queue(actor, tx, at=at)]


def test_each_sees_all_the_others_the_first_to_come_first(client: int) -> None:
    claim = factories.claim(client)
    va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
    boss = factories.staff(Role.SUPERVISOR)

    assert arrive(nurse, client, claim) == []
    assert arrive(va, client, claim, NOW + timedelta(seconds=1)) == [nurse.name]
    assert arrive(boss, client, claim, NOW + timedelta(seconds=2)) == [nurse.name, va.name]
    assert arrive(nurse, client, claim, LATER) == [va.name, boss.name]
    assert on_the_list(va, LATER) == on_the_list(boss, LATER) == [[nurse.name, va.name, boss.name]]


def test_whoever_works_no_claims_sees_the_others_and_is_not_announced(client: int) -> None:
    claim = factories.claim(client)
    va, compliance = factories.staff(Role.VA, client), factories.staff(Role.COMPLIANCE)
    arrive(va, client, claim)

    assert arrive(compliance, client, claim) == [va.name]
    assert arrive(va, client, claim, LATER) == []
    assert on_the_list(va) == [[va.name]]


def test_of_two_claims_each_has_its_own(client: int) -> None:
    soon, later = (factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (1, 2))
    va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)

    arrive(va, client, soon)

    assert arrive(nurse, client, later) == []
    assert on_the_list(va) == [[va.name], [nurse.name]]


def test_whoever_leaves_or_is_not_heard_of_any_more_is_not_there(client: int) -> None:
    claim = factories.claim(client)
    va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
    arrive(va, client, claim)
    arrive(nurse, client, claim)

    leave(va, client, claim)
    assert on_the_list(nurse) == [[nurse.name]]

    unheard = NOW + timedelta(seconds=90)
    assert on_the_list(va, unheard) == [[]]
    assert arrive(va, client, claim, unheard) == []
    assert arrive(nurse, client, claim, unheard) == [va.name]


def test_a_page_that_stays_open_says_so_to_no_list_again(desk, client: int) -> None:
    claim, va = factories.claim(client), factories.staff(Role.VA, client)
    with desk.owner() as db:
        db.execute("listen desk_claim")
        for heard, act in (
            (1, lambda: arrive(va, client, claim)),
            (0, lambda: arrive(va, client, claim, LATER)),
            (1, lambda: leave(va, client, claim)),
            (0, lambda: leave(va, client, claim)),
        ):
            act()
            db.execute("notify desk_claim, 'the last'")
            assert [each.payload for each in db.notifies(stop_after=heard + 1)][heard:] == ["the last"]


def test_it_is_not_said_of_a_claim_out_of_scope_nor_by_roles_that_open_none(client: int) -> None:
    claim = factories.claim(client)

    with pytest.raises(NoSuchClaim):
        arrive(factories.staff(Role.VA, factories.client()), client, claim)
    with pytest.raises(NotAllowed):
        arrive(factories.staff(Role.ADMINISTRATOR), client, claim)
