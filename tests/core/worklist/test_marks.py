"""Snoozing and skipping: a person's own marks on items that stay where they are for everybody else."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core import contact, worklist
from core.access import Actor, NotAllowed, Role
from core.contact import Method, Outcome, Party
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.core.worklist.work import HOUR, due, items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


def snooze(actor: Actor, claim: int, client_id: int, until: datetime, **more: object) -> None:
    with transaction(actor) as tx:
        worklist.snooze(actor, tx, client_id=client_id, claim_id=claim, kind=1, until=until, at=NOW, **more)


def skip(actor: Actor, claim: int, client_id: int, reason: str) -> datetime:
    with transaction(actor) as tx:
        return worklist.skip(actor, tx, client_id=client_id, claim_id=claim, kind=1, reason=reason, at=NOW)


def marked(actor: Actor) -> list[list[object]]:
    return [mark for item in items(actor) for mark in item.marks]


def test_an_item_is_snoozed_for_oneself_and_colleagues_see_by_whom(client, va) -> None:
    colleague, claim = factories.staff(Role.VA, client), due(client, 9)

    snooze(va, claim, client, NOW + HOUR)

    assert marked(colleague) == [[va.staff_id, va.name, int((NOW + HOUR).timestamp() * 1000), None]]


def test_what_is_put_aside_and_taken_up_is_on_the_record_without_the_reason(desk, client, va) -> None:
    claim = due(client, 9)

    snooze(va, claim, client, NOW + HOUR)
    until = skip(va, claim, client, "Mrs. Roe is asleep")
    for _ in range(2):
        with transaction(va) as tx:
            worklist.take_up(va, tx, client_id=client, claim_id=claim, kind=1)

    with desk.owner() as db:
        told = db.execute("select actor_id, noun, noun_id, client_id, verb, detail from audit_event order by event_id")
        assert told.fetchall() == [
            (va.staff_id, "claim", claim, client, verb, {"work": "first_contact", **more})
            for verb, more in (
                ("snoozed", {"until": (NOW + HOUR).isoformat()}), ("skipped", {"until": until.isoformat()}),
                ("taken_up", {}),
            )
        ]  # fmt: skip


def test_it_is_not_snoozed_past_its_due_time_unless_that_is_said(client, va) -> None:
    claim = due(client, 2)

    with pytest.raises(worklist.PastDue):
        snooze(va, claim, client, NOW + 3 * HOUR)
    snooze(va, claim, client, NOW + 3 * HOUR, past_due=True)

    assert len(marked(va)) == 1


@pytest.mark.parametrize("hours", [0, -1, 31 * 24 + 1])
def test_it_is_snoozed_to_a_time_to_come_within_a_month(client, va, hours: int) -> None:
    with pytest.raises(worklist.NotLater):
        snooze(va, due(client, 9), client, NOW + hours * HOUR, past_due=True)


def test_it_is_skipped_with_a_reason_until_it_is_due_soon(client, va) -> None:
    far, near = due(client, 9), due(client, 2)

    assert skip(va, far, client, " Needs an interpreter. ") == NOW + 5 * HOUR
    assert skip(va, near, client, "Line is busy.") == NOW + HOUR

    assert [mark[3] for mark in marked(va)] == ["Line is busy.", "Needs an interpreter."]


@pytest.mark.parametrize(("reason", "refusal"), [(" ", NoReason), ("x" * 201, TooLong)])
def test_a_reason_is_needed_and_short(client, va, reason: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        skip(va, due(client, 9), client, reason)


def test_what_happens_to_the_item_ends_the_mark(client, va) -> None:
    claim = due(client, 9)
    skip(va, claim, client, "Line is busy.")
    with transaction(va) as tx:
        contact.log_attempt(
            va, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
            outcome=Outcome.NO_ANSWER, note=None, at=NOW + timedelta(seconds=1), request=uuid4(),
        )  # fmt: skip

    assert marked(va) == []


def test_it_is_taken_up_again(client, va) -> None:
    claim = due(client, 9)
    snooze(va, claim, client, NOW + HOUR)
    with transaction(va) as tx:
        worklist.take_up(va, tx, client_id=client, claim_id=claim, kind=1)

    assert marked(va) == []


def test_nothing_of_another_client_and_nothing_that_is_done_can_be_put_aside(client, va) -> None:
    other = factories.client()
    nurse = factories.staff(Role.CLINICAL, client)
    reached = due(client, 2, first_contact_at=NOW, first_contact_by=nurse.staff_id)

    for where, claim in ((other, due(other, 9)), (client, reached)):
        with pytest.raises(worklist.NoSuchItem):
            snooze(va, claim, where, NOW + HOUR)


@pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
def test_a_role_that_works_no_claims_puts_nothing_aside(client, role: Role) -> None:
    with pytest.raises(NotAllowed):
        snooze(factories.staff(role, client), due(client, 9), client, NOW + HOUR)
