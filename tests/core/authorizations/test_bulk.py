"""One thing done to several requests: what the plan says of a line is what is done to it, and undoing gives it back."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from core import authorizations
from core.access import Actor, NotAllowed, Role
from core.authorizations import Key, Party, Reply, RequestChanged, RequestDecided, bulk
from core.authorizations.bulk import Assign, ChangedSince, Done, FollowUp, Plan, Remind
from core.authorizations.changing import NoReviewer
from core.statutes import Channel
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import DAY, HOUR, denied, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CALLED = FollowUp(Party.PROVIDER, Channel.PHONE, Reply.PROMISED, "By noon.")
TOMORROW = Remind(NOW + DAY)


@pytest.fixture
def keys(va: Actor, client: int) -> list[Key]:
    return [log(va, client, factories.claim(client, jurisdiction="CA")) for _ in range(3)]


def planned(actor: Actor, keys: list[Key], doing: bulk.Doing) -> Plan:
    with transaction(actor) as tx:
        return bulk.plan(actor, tx, [key[:3] for key in keys], doing, at=NOW)


def done(actor: Actor, keys: list[Key], doing: bulk.Doing) -> Done:
    return bulk.commit(actor, planned(actor, keys, doing), at=NOW)


def assign(actor: Actor, key: Key, to: int | None) -> None:
    with acting(actor) as tx:
        authorizations.assign(actor, tx, now(actor, key), reviewer_id=to, at=NOW)


def decide(nurse: Actor, key: Key) -> None:
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, now(nurse, key), denied(), at=NOW)


def reviewers(actor: Actor, keys: list[Key]) -> list[int | None]:
    return [look(actor, key).frame.reviewer_id for key in keys]


def refusals(plan: Plan) -> list[str]:
    return [line.refused for line in plan.lines]


def test_a_plan_changes_nothing(va, nurse, keys):
    planned(va, keys, Assign(nurse.staff_id))
    assert [look(va, key).frame.version for key in keys] == [1, 1, 1]


def test_a_reviewer_gets_all_of_them(va, nurse, keys):
    assert refusals(done(va, keys, Assign(nurse.staff_id)).plan) == ["", "", ""]
    assert reviewers(va, keys) == [nurse.staff_id] * 3


def test_the_same_follow_up_is_logged_on_all_of_them(va, keys):
    done(va, keys, CALLED)
    assert [[(each.party, each.outcome, each.note) for each in look(va, key).follow_ups] for key in keys] == [
        [("provider", "promised", "By noon.")]
    ] * 3


def test_all_of_them_are_followed_up_when_it_is_said(va, keys):
    done(va, keys, TOMORROW)
    assert [look(va, key).frame.follow_up_at for key in keys] == [NOW + DAY] * 3


def test_a_plan_says_of_each_line_why_nothing_is_done_to_it(va, nurse, client, keys):
    other = factories.client()
    both = factories.staff(Role.VA, client, other)
    assign(va, keys[0], nurse.staff_id)
    decide(nurse, keys[1])
    foreign = log(both, other, factories.claim(other, jurisdiction="CA"))
    assert refusals(planned(both, [*keys, foreign], Assign(nurse.staff_id))) == [
        bulk.StandsAlready.text, RequestDecided.text, "", NoReviewer.text,
    ]  # fmt: skip


def test_what_changed_after_the_preview_is_refused_and_the_others_are_done(va, nurse, keys):
    plan = planned(va, keys, Assign(nurse.staff_id))
    with acting(va) as tx:
        authorizations.set_due(va, tx, keys[0], due_at=NOW + DAY, why="Agreed.", at=NOW)
    made = bulk.commit(va, plan, at=NOW)
    assert refusals(made.plan) == [RequestChanged.text, "", ""]
    assert [line.claim_number for line in made.met] == [f"C-{keys[0].claim_id}"]
    assert reviewers(va, keys) == [None, nurse.staff_id, nurse.staff_id]


def test_nothing_is_done_to_what_another_client_has(va, nurse):
    other = factories.client()
    theirs = factories.staff(Role.VA, other)
    key = log(theirs, other, factories.claim(other, jurisdiction="CA"))
    assert refusals(planned(va, [key], Assign(nurse.staff_id))) == [authorizations.NoSuchRequest.text]
    with pytest.raises(NotAllowed):
        planned(factories.staff(Role.COMPLIANCE), [key], CALLED)


@pytest.mark.parametrize("on", [NOW, NOW - HOUR, NOW + 400 * DAY])
def test_a_reminder_is_for_a_time_to_come(va, keys, on: datetime):
    with pytest.raises(authorizations.ReminderWhen):
        planned(va, keys, Remind(on))


@pytest.mark.parametrize("number", [0, bulk.MOST + 1])
def test_some_are_selected_and_not_too_many(va, number: int):
    with pytest.raises((bulk.NothingSelected, bulk.TooManySelected)):
        planned(va, [Key(1, 1, n, 1) for n in range(number)], CALLED)


class TestUndoing:
    def test_gives_each_back_to_who_it_was_where_nobody_changed_it(self, va, nurse, client, keys):
        other = factories.staff(Role.CLINICAL, client)
        assign(va, keys[0], other.staff_id)
        made = done(va, keys, Assign(nurse.staff_id))
        assign(va, keys[1], other.staff_id)
        back = bulk.undo(va, made, at=NOW + timedelta(minutes=9))
        assert refusals(back) == ["", ChangedSince.text, ""]
        assert reviewers(va, keys) == [other.staff_id, other.staff_id, None]

    def test_gives_reminders_back_and_a_follow_up_meanwhile_stays(self, va, keys):
        before = [look(va, key).frame.follow_up_at for key in keys]
        made = done(va, keys, TOMORROW)
        with acting(va) as tx:
            again = authorizations.follow_up(
                va, tx, now(va, keys[2]), party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE, at=NOW
            )
        assert refusals(bulk.undo(va, made, at=NOW)) == ["", "", ChangedSince.text]
        assert [look(va, key).frame.follow_up_at for key in keys] == [*before[:2], again]

    def test_says_what_was_decided_meanwhile(self, va, nurse, keys):
        made = done(va, keys, Assign(nurse.staff_id))
        decide(nurse, keys[0])
        assert refusals(bulk.undo(va, made, at=NOW)) == [RequestDecided.text, "", ""]

    def test_takes_no_follow_up_back(self, va, keys):
        with pytest.raises(bulk.StaysLogged):
            bulk.undo(va, done(va, keys, CALLED), at=NOW)

    def test_is_for_who_did_it_and_for_ten_minutes(self, va, client, keys):
        made = done(va, keys, TOMORROW)
        with pytest.raises(NotAllowed):
            bulk.undo(factories.staff(Role.VA, client), made, at=NOW)
        with pytest.raises(bulk.TooLateToUndo):
            bulk.undo(va, made, at=NOW + timedelta(minutes=11))


MEANWHILE = ("nothing", "assigned", "decided", "reminded")


@pytest.mark.parametrize("doing", ["assign", "follow_up", "remind"])
def test_whatever_came_before_a_preview_it_says_what_is_done(va, nurse, client, doing: str):
    """Of every pair of things that came before: the lines that the preview names are those that change, and no other."""
    what = {"assign": Assign(nurse.staff_id), "follow_up": CALLED, "remind": TOMORROW}[doing]
    keys = []
    for before in product(MEANWHILE, MEANWHILE):
        key = log(va, client, factories.claim(client, jurisdiction="CA"))
        keys.append(key)
        for each in before:
            if look(va, key).frame.decided_at is not None:
                continue
            if each == "assigned":
                assign(va, key, nurse.staff_id)
            elif each == "decided":
                decide(nurse, key)
            elif each == "reminded":
                with acting(va) as tx:
                    authorizations.remind(va, tx, now(va, key), on=NOW + DAY, at=NOW)
    versions = [look(va, key).frame.version for key in keys]
    plan = planned(va, keys, what)
    made = bulk.commit(va, plan, at=NOW)
    assert (made.plan, made.met) == (plan, ())
    assert 0 < len(plan.goes) < len(keys)
    moved = [look(va, key).frame.version - was for key, was in zip(keys, versions, strict=True)]
    assert moved == [0 if line.refused else 1 for line in plan.lines]
