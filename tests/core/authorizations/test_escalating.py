"""What nobody answers: it stands with clinical staff, then with supervisors, until somebody follows it up or decides."""

from datetime import datetime, timedelta

import pytest

from core import authorizations, worklist
from core.access import Actor
from core.authorizations import Key, Party, Reply
from core.statutes import Channel
from core.transactions import acting, transaction
from core.worklist import ESCALATED, TO_SUPERVISOR, Item
from core.worklist.of_authorizations import not_answered
from tests import factories
from tests.core.authorizations.work import DAY, HOUR, THERAPY, approved, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def work(actor: Actor, at: datetime) -> dict[int, Item]:
    """Return what of the list is escalated at a time, by its kind."""
    with transaction(actor) as tx:
        found = worklist.items(actor, tx, at=at)
    return {each.kind: each for each in found if each.kind in (ESCALATED, TO_SUPERVISOR)}


def ask(actor: Actor, key: Key, at: datetime, reply: Reply = Reply.MESSAGE) -> None:
    with acting(actor) as tx:
        authorizations.follow_up(
            actor, tx, now(actor, key), party=Party.REVIEWER, how=Channel.PHONE, reply=reply, at=at
        )


def in_vain(actor: Actor, key: Key) -> datetime:
    """Ask three times without an answer; return when that was for the last time."""
    for number in (1, 2, 3):
        ask(actor, key, NOW + number * HOUR)
    return NOW + 3 * HOUR


def row(actor: Actor, at: datetime):
    with transaction(actor) as tx:
        found = authorizations.AUTHORIZATIONS.source.read(actor, tx, at)
    [one] = found.rows.values()
    return dict(zip((column.name for column in authorizations.AUTHORIZATIONS.source.columns),
                    authorizations.AUTHORIZATIONS.source.cells(one), strict=True))  # fmt: skip


def test_what_is_asked_as_usual_is_nobodys_beside(va, boss, client, claim):
    key = log(va, client, claim)
    ask(va, key, NOW + HOUR)
    assert work(va, NOW + 2 * HOUR) == work(boss, NOW + 2 * HOUR) == {}


def test_what_was_asked_three_times_in_vain_is_with_its_reviewer_and_by_the_next_step_with_supervisors(
    va, nurse, boss, client, claim
):
    key = log(va, client, claim)
    with acting(va) as tx:
        authorizations.assign(va, tx, key, reviewer_id=nurse.staff_id, at=NOW)
    last = in_vain(va, key)
    item = work(nurse, last)[ESCALATED]
    frame = look(va, key).frame
    assert (item.assignee_id, item.at, item.due_at) == (nurse.staff_id, last, frame.to_supervisor_at)
    assert frame.to_supervisor_at == frame.follow_up_at
    assert not_answered(item) == (
        "No answer: Dr. Ames",
        "Prospective of Dr. Ames: 3 follow-ups without an answer from the reviewing physician. Ask, or have it decided",
    )
    assert TO_SUPERVISOR not in work(boss, frame.follow_up_at - HOUR)
    item = work(boss, frame.follow_up_at)[TO_SUPERVISOR]
    assert (item.assignee_id, item.due_at, item.at) == (None, frame.due_at, frame.follow_up_at)


def test_it_is_supervisors_alone_who_have_what_goes_to_them(va, nurse, client, claim):
    key = log(va, client, claim)
    in_vain(va, key)
    later = look(va, key).frame.follow_up_at
    assert set(work(va, later)) == set(work(nurse, later)) == {ESCALATED}


def test_without_a_reviewer_it_is_with_nobody_of_the_clinical_staff_yet(va, nurse, client, claim):
    key = log(va, client, claim)
    assert work(nurse, in_vain(va, key))[ESCALATED].assignee_id is None


def test_what_nobody_has_answered_with_little_of_its_clock_left_is_for_others_too(va, client, claim):
    key = log(va, client, claim)
    frame = look(va, key).frame
    share = (frame.due_at - frame.received_at) / 4
    assert work(va, frame.due_at - share - timedelta(seconds=1)) == {}
    item = work(va, frame.due_at - share)[ESCALATED]
    assert not_answered(item)[1].startswith(
        "Prospective of Dr. Ames: no answer from the reviewing physician, and little time is left."
    )


def test_what_is_overdue_is_with_supervisors_whatever_was_answered(va, boss, client, claim):
    key = log(va, client, claim)
    ask(va, key, NOW + HOUR, Reply.ANSWERED)
    due_at = look(va, key).frame.due_at
    assert work(boss, due_at - HOUR) == {}
    [(kind, item)] = work(boss, due_at + HOUR).items()
    assert (kind, not_answered(item)) == (
        TO_SUPERVISOR, ("Overdue: Dr. Ames", "Prospective of Dr. Ames: overdue, not decided. Ask, or have it decided"),
    )  # fmt: skip


class TestItEnds:
    @pytest.fixture
    def key(self, va, client, claim) -> Key:
        key = log(va, client, claim)
        in_vain(va, key)
        return key

    def test_until_the_next_time_once_an_answer_was_promised(self, va, nurse, boss, key):
        at = look(va, key).frame.follow_up_at + HOUR
        ask(nurse, key, at - HOUR / 2)
        assert set(work(boss, at)) == {ESCALATED, TO_SUPERVISOR}, "one more who did not answer ends nothing"
        ask(nurse, key, at, Reply.PROMISED)
        assert work(boss, at) == {}
        again = look(va, key).frame.follow_up_at
        assert work(boss, again - timedelta(seconds=1)) == {}
        assert set(work(boss, again)) == {ESCALATED, TO_SUPERVISOR}

    def test_once_somebody_has_answered(self, va, boss, key):
        at = look(va, key).frame.follow_up_at + HOUR
        ask(va, key, at, Reply.ANSWERED)
        assert work(boss, look(va, key).frame.follow_up_at + HOUR) == {}

    def test_once_it_is_decided(self, nurse, boss, key):
        with acting(nurse) as tx:
            authorizations.determine(nurse, tx, now(nurse, key), approved(), at=NOW + 4 * HOUR)
        assert work(boss, NOW + 30 * DAY) == {}


def test_two_requests_of_a_claim_are_one_item_each(va, client, claim):
    keys = [log(va, client, claim), log(va, client, claim, THERAPY)]
    for key in keys:
        last = in_vain(va, key)
    assert work(va, last)[ESCALATED].elements[2] == "2"


def test_the_list_of_requests_says_so(va, client, claim):
    key = log(va, client, claim)
    last = in_vain(va, key)
    assert row(va, last)["last"][1:] == (
        "Escalated, left a message", "Escalated to clinical staff: Reviewing physician: left a message",
    )  # fmt: skip
    later = look(va, key).frame.follow_up_at
    assert row(va, later)["last"][2].startswith("Escalated to supervisors: ")
    assert row(va, last - HOUR)["last"][1] == "Left a message"
