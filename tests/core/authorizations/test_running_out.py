"""Approvals that run out: they fall due before their last day, or when few units are left, until they are renewed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core import authorizations
from core.access import Actor
from core.authorizations import Decision, Key, LineDecided, Outcome
from core.authorizations.expiring import runs_out
from core.transactions import acting
from core.worklist import RUNNING_OUT
from db.queries.worklist import Item
from tests import factories
from tests.core.authorizations.work import DAY, THERAPY, approved, denied, log, look
from tests.core.worklist.work import items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

TODAY = date(2026, 11, 24)


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def approve(va: Actor, nurse: Actor, client: int, claim: int, *, units: int = 12, until: date | None = None) -> Key:
    """Have therapy approved: so many units, until this day."""
    key = log(va, client, claim, THERAPY)
    line = LineDecided(1, Outcome.APPROVED, units, until_on=until)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, Decision([line], "Pat Reviewer, RN", decided_at=NOW), at=NOW)
    return key


def use(va: Actor, key: Key, used: int) -> None:
    seen = look(va, key).lines[0].used_units
    with acting(va) as tx:
        authorizations.use(va, tx, key, line=1, used=used, seen=seen, at=NOW)


def running_out(actor: Actor) -> list[Item]:
    return [each for each in items(actor) if each.kind == RUNNING_OUT]


@pytest.mark.parametrize(("days", "found"), [(-1, False), (0, True), (7, True), (8, False), (None, False)])
def test_an_approval_is_work_in_the_week_before_its_last_day(va, nurse, client, claim, days, found):
    until = None if days is None else TODAY + timedelta(days=days)
    key = approve(va, nurse, client, claim, until=until)
    assert bool(running_out(va)) is found
    assert runs_out(look(va, key).lines[0], TODAY) is found


def test_it_is_due_when_its_last_day_begins_where_the_claim_is_and_whoever_logged_it_has_it(va, nurse, client, claim):
    approve(va, nurse, client, claim, until=TODAY + timedelta(days=3))
    [item] = running_out(va)
    assert (item.due_at, item.assignee_id) == (datetime(2026, 11, 27, 6, tzinfo=UTC), va.staff_id)
    assert item.elements[3:] == ["2026-11-27", "12", "12"]


@pytest.mark.parametrize(
    ("approved_units", "used", "found"),
    [(10, 7, False), (10, 8, True), (10, 9, True), (10, 10, False), (2, 1, False), (5, 4, True), (3, 2, False)],
)
def test_it_is_work_while_a_fifth_of_its_units_or_less_is_left(va, nurse, client, claim, approved_units, used, found):
    key = approve(va, nurse, client, claim, units=approved_units)
    use(va, key, used)
    assert bool(running_out(va)) is found
    assert runs_out(look(va, key).lines[0], TODAY) is found


def test_it_is_due_a_day_after_it_was_said_that_few_are_left(va, nurse, client, claim):
    use(va, approve(va, nurse, client, claim, until=TODAY + 90 * DAY), 11)
    [item] = running_out(va)
    assert (item.why, item.due_at) == ("units", NOW + DAY)


def test_what_is_asked_for_again_is_work_no_more_unless_that_is_denied(va, nurse, client, claim):
    first = approve(va, nurse, client, claim, until=TODAY)
    again = log(va, client, claim, THERAPY, although=(first.request_id,))
    assert running_out(va) == []
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, again, denied(), at=NOW)
    assert len(running_out(va)) == 1


def test_nor_what_was_approved_again(va, nurse, client, claim):
    first = approve(va, nurse, client, claim, until=TODAY)
    again = log(va, client, claim, THERAPY, although=(first.request_id,))
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, again, approved(units=6), at=NOW)
    assert running_out(va) == []


def test_two_of_a_claim_are_one_item_and_closed_claims_have_none(desk, va, nurse, client, claim):
    approve(va, nurse, client, claim, until=TODAY)
    key = log(va, client, claim)
    line = LineDecided(1, Outcome.APPROVED, 1, until_on=TODAY)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, Decision([line], "Pat Reviewer, RN", decided_at=NOW), at=NOW)
    [item] = running_out(va)
    assert item.elements[2] == "2"
    with desk.owner() as db:
        db.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (claim,))
    assert running_out(va) == []
