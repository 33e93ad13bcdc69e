"""What is not known yet is work, until it is asked again or nobody needs it any more."""

import pytest

from core import closing, intake, worklist
from core.access import Actor, Role
from core.transactions import transaction
from core.worklist import ASK_AGAIN, INTAKE, KINDS, Item
from tests import factories
from tests.core.worklist.work import HOUR, asked, due, items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

[KIND] = [kind for kind in KINDS if kind.arm.number == ASK_AGAIN]


def unknown(actor: Actor, client: int, claim: int, *elements: str, hours: float = 24, why: str = "On leave.") -> None:
    """Say that *elements*, which are asked about, are not known until in so many *hours*."""
    with transaction(actor) as tx:
        intake.answer_questions(
            actor, tx, client_id=client, claim_id=claim, given={}, never=[(each, "missing") for each in elements],
            why=why, ask_again_at=NOW + hours * HOUR, at=NOW,
        )  # fmt: skip


def again(actor: Actor, **more: object) -> list[Item]:
    return [item for item in items(actor, **more) if item.kind == ASK_AGAIN]


def test_is_due_when_it_is_to_be_asked_again_and_no_intake_meanwhile(desk, client, va) -> None:
    claim = due(client, 2, assignee=va.staff_id)
    asked(desk, client, claim, "language")

    unknown(va, client, claim, "language")

    [item] = again(va)
    assert (item.claim_id, item.due_at, item.at, item.assignee_id) == (claim, NOW + 24 * HOUR, NOW, va.staff_id)
    assert KIND.why(item) == ("Ask again for language", "To ask again for: language")
    assert INTAKE not in [each.kind for each in items(va)]


def test_all_that_is_to_be_asked_again_on_a_claim_is_one_item_due_with_the_first(desk, client, va) -> None:
    claim = due(client, 2)
    asked(desk, client, claim, "language", "birth_date", "body_part", "narrative")
    unknown(va, client, claim, "language", "body_part", hours=48)
    unknown(va, client, claim, "birth_date", hours=3)

    [item] = again(va)

    assert item.due_at == NOW + 3 * HOUR
    assert KIND.why(item) == (
        "Ask again for birth date, body part +1",
        "To ask again for: date of birth, part of body, language",
    )
    assert [each.elements for each in items(va) if each.kind == INTAKE] == [["narrative"]]


def test_tells_no_list_why_it_is_not_known(desk, client, va) -> None:
    claim = due(client, 2)
    asked(desk, client, claim, "language")
    unknown(va, client, claim, "language", why="Her sister says she is in hospital.")

    with transaction(va) as tx:
        found = worklist.read(va, tx, NOW)

    cells = [worklist.MY_WORK.source.cells(row) for row in found.rows.values()]
    assert "sister" not in str(cells)
    assert found.counts["open"] == 2


def test_is_done_once_it_is_answered(desk, client, va) -> None:
    claim = due(client, 2)
    asked(desk, client, claim, "language")
    unknown(va, client, claim, "language")

    with transaction(va) as tx:
        intake.answer_question(
            va, tx, client_id=client, claim_id=claim, element="language", reason="missing", answer="Polish", at=NOW
        )

    assert again(va) == []


def test_goes_with_a_claim_that_is_closed_and_comes_back_with_it(desk, client, va, boss) -> None:
    claim = due(client, 2)
    asked(desk, client, claim, "language")
    unknown(va, client, claim, "language")
    of = {"client_id": client, "claim_id": claim, "reason": "Withdrawn."}

    with transaction(boss) as tx:
        closing.close(boss, tx, **of)
    assert again(va) == []
    with transaction(boss) as tx:
        closing.reopen(boss, tx, **of)
    assert [item.claim_id for item in again(va)] == [claim]


def test_stays_after_a_first_contact_as_an_intake_does(desk, client, va) -> None:
    nurse = factories.staff(Role.CLINICAL, client)
    claim = due(client, 2, first_contact_at=NOW, first_contact_by=nurse.staff_id)
    asked(desk, client, claim, "language", "body_part")
    unknown(va, client, claim, "language")

    assert [item.kind for item in items(va)] == [INTAKE, ASK_AGAIN]


def test_runs_on_while_the_claims_clock_stands_still(desk, client, va, boss) -> None:
    claim = due(client, 20)
    asked(desk, client, claim, "language", "body_part")
    unknown(va, client, claim, "language")
    with desk.owner() as db:
        db.execute(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', %s)",
            (client, claim, NOW - HOUR / 2, boss.staff_id),
        )

    assert {item.kind: item.paused_at is None for item in items(va)} == {1: False, INTAKE: False, ASK_AGAIN: True}


def test_each_sees_those_of_the_clients_served(desk, client, va) -> None:
    other = factories.client()
    theirs, mine = due(other, 1), due(client, 2)
    for where, claim in ((other, theirs), (client, mine)):
        asked(desk, where, claim, "language")
        unknown(factories.staff(Role.VA, where), where, claim, "language")

    assert [item.claim_id for item in again(va)] == [mine]


def test_counts_also_those_that_are_behind_many_others(desk, client, va) -> None:
    first, second = (due(client, hours, first_contact_at=NOW, first_contact_by=1) for hours in (1, 2))
    many = list(intake.ELEMENTS)[:8]
    asked(desk, client, first, *many)
    asked(desk, client, second, "language")
    unknown(va, client, first, *many, hours=1)
    unknown(va, client, second, "language", hours=2)

    with transaction(va) as tx:
        found = worklist.read(va, tx, NOW, most=2)

    assert [key[1] for key in found.rows] == [first]
    assert found.counts == {"open": 2, "overdue": 0}


def test_is_snoozed_like_other_work(desk, client, va) -> None:
    claim = due(client, 2)
    asked(desk, client, claim, "language")
    unknown(va, client, claim, "language")

    with transaction(va) as tx:
        worklist.snooze(va, tx, client_id=client, claim_id=claim, kind=ASK_AGAIN, until=NOW + HOUR, at=NOW)

    assert [bool(item.marks) for item in again(va)] == [True]
    assert [item.kind for item in items(va) if item.marks] == [ASK_AGAIN]
