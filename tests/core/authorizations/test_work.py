"""What open requests are as work: to follow up, to determine, and to tell of."""

from datetime import timedelta

import pytest

from core import authorizations
from core.authorizations import Party
from core.statutes import Channel
from core.transactions import acting, transaction
from core.worklist import DETERMINE, FOLLOW_UP, TELL
from tests import factories
from tests.core.authorizations.work import THERAPY, approved, log, look
from tests.core.worklist.work import items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def of_requests(actor) -> list[tuple[int, int, list[str]]]:
    return [
        (each.kind, each.claim_id, each.elements) for each in items(actor) if each.kind in (FOLLOW_UP, DETERMINE, TELL)
    ]


def test_a_running_request_is_followed_up_by_who_logged_it_and_determined_by_its_reviewer(va, nurse, client, claim):
    key = log(va, client, claim)
    with acting(va) as tx:
        authorizations.assign(va, tx, key, reviewer_id=nurse.staff_id, at=NOW)
    found = {each.kind: each for each in items(va)}
    assert (found[FOLLOW_UP].assignee_id, found[DETERMINE].assignee_id) == (va.staff_id, nurse.staff_id)
    assert found[FOLLOW_UP].due_at == look(va, key).frame.follow_up_at
    assert found[DETERMINE].due_at == look(va, key).frame.due_at


def test_two_requests_of_a_claim_are_one_item_each(va, client, claim):
    log(va, client, claim)
    log(va, client, claim, THERAPY)
    assert sorted(of_requests(va)) == [
        (FOLLOW_UP, claim, ["Dr. Ames", "prospective", "2"]), (DETERMINE, claim, ["Dr. Ames", "prospective", "2"]),
    ]  # fmt: skip


def test_what_is_not_complete_waits_for_the_provider_and_for_no_reviewer(va, client, claim):
    log(va, client, claim, complete_at=None, missing="The report.")
    [(kind, _, _)] = of_requests(va)
    assert kind == FOLLOW_UP


def test_what_is_decided_is_to_be_told_within_a_day_and_then_done(va, nurse, client, claim):
    key = log(va, client, claim)
    with acting(nurse) as tx:
        determination = authorizations.determine(nurse, tx, key, approved(), at=NOW)
    [item] = [each for each in items(va) if each.kind in (FOLLOW_UP, DETERMINE, TELL)]
    assert (item.kind, item.due_at) == (TELL, NOW + timedelta(hours=24))
    with acting(va) as tx:
        authorizations.tell(
            va, tx, client_id=client, claim_id=claim, request_id=key.request_id, determination_id=determination,
            party=Party.PROVIDER, how=Channel.FAX, recipient="Dr. Ames", told_at=NOW, at=NOW,
        )  # fmt: skip
    assert of_requests(va) == []


def test_the_list_reads_them_in_one_statement(va, client, claim):
    log(va, client, claim)
    with transaction(va) as tx:
        found = authorizations.AUTHORIZATIONS.source.read(va, tx, NOW)
    [row] = found.rows.values()
    assert (row.what, row.provider, found.counts["open"], found.counts["unassigned"]) == (
        "MRI of the lumbar spine", "Dr. Ames", 1, 1,
    )  # fmt: skip
