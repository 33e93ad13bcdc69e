"""When a request is followed up next, once its date has moved: counted anew by its cadence, unless it was set by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core import authorizations
from core.access import COMMAND_LINE, Role
from core.authorizations import Party, Reply, cadences
from core.authorizations.cadence import next_at
from core.statutes import Channel, Limit, Unit, kept, rule_for, setting
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.cadence import usual
from tests.core.authorizations.work import DAY, HOUR, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


@pytest.fixture
def admin(desk):
    return factories.staff(Role.ADMINISTRATOR)


def step(actor, key, what, *, at=NOW, **how) -> None:
    with acting(actor) as tx:
        what(actor, tx, now(actor, key), at=at, **how)


def by_cadence(frame, last) -> object:
    """When the cadence that the desk comes with has a request asked for that was asked for *last*."""
    return next_at(usual(), jurisdiction="CA", due_at=frame.due_at, last=last)


def test_nothing_is_stored_otherwise_than_the_cadences_count_it(va, client, claim):
    key = log(va, client, claim)
    step(va, key, authorizations.follow_up, party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE)
    step(va, key, authorizations.extend, on=NOW + HOUR, why="The operative report.", at=NOW + HOUR)
    step(va, key, authorizations.set_due, due_at=NOW + 2 * DAY, why="Agreed.", at=NOW + 2 * HOUR)
    with transaction(COMMAND_LINE) as tx:
        assert list(authorizations.differing_follow_ups(tx, at=NOW + 3 * HOUR)) == []


def test_a_date_set_by_hand_brings_its_follow_up_forward(va, client, claim):
    key = log(va, client, claim)
    before = look(va, key).frame
    step(va, key, authorizations.set_due, due_at=NOW + 6 * HOUR, why="Agreed with the reviewer.")
    frame = look(va, key).frame
    assert frame.follow_up_at == by_cadence(frame, NOW) == NOW + 2 * HOUR < before.follow_up_at


def test_an_extension_has_the_provider_asked_by_the_later_date(va, client, claim):
    key = log(va, client, claim, due_at=NOW + 6 * HOUR, due_why="Agreed.")
    assert look(va, key).frame.follow_up_at == NOW + 2 * HOUR
    with acting(va) as tx:
        authorizations.set_due(va, tx, key, due_at=None, why="", at=NOW)
    step(va, key, authorizations.extend, on=NOW + HOUR, why="The operative report.", at=NOW + HOUR)
    frame = look(va, key).frame
    assert frame.clock == "extended"
    assert frame.follow_up_at == by_cadence(frame, NOW + HOUR) > NOW + 2 * HOUR


def test_a_completed_request_is_followed_up_from_its_completion_on(va, client, claim):
    key = log(va, client, claim, complete_at=None, missing="The report.")
    later = NOW + 7 * DAY
    step(va, key, authorizations.complete, on=later, at=later)
    frame = look(va, key).frame
    assert frame.follow_up_at == by_cadence(frame, later) > later


def test_an_examination_holds_the_date_and_its_report_brings_it_back(va, client, claim):
    key = log(va, client, claim)
    step(va, key, authorizations.toll, on=NOW, why="An examination.")
    standing = look(va, key).frame
    ended = NOW + 7 * DAY
    step(va, key, authorizations.resume, on=ended, at=ended)
    frame = look(va, key).frame
    assert frame.follow_up_at == by_cadence(frame, ended) > standing.follow_up_at


def test_a_rule_that_moves_the_date_moves_the_follow_up_with_it(va, client, claim, admin):
    key = log(va, client, claim)
    before = look(va, key).frame
    with acting(admin) as tx:
        rule = replace(rule_for(kept.rules(tx, "CA"), "CA", "prospective", at=NOW), limit=Limit(6, Unit.HOURS))
        setting.propose(admin, tx, rule, since=date(2026, 11, 24), why="The statute was changed.", at=NOW)
    setting.begin(at=NOW)
    assert authorizations.recount(at=NOW) == 1
    frame = look(va, key).frame
    assert frame.follow_up_at == by_cadence(frame, NOW) < before.follow_up_at


def test_a_rule_that_says_the_same_otherwise_moves_no_date(va, client, claim, admin):
    key = log(va, client, claim)
    before = look(va, key).frame
    with acting(admin) as tx:
        rule = replace(rule_for(kept.rules(tx, "CA"), "CA", "prospective", at=NOW), citation="LC 4610, as amended")
        number = setting.propose(admin, tx, rule, since=date(2026, 11, 24), why="Cited anew.", at=NOW)
    setting.begin(at=NOW)
    authorizations.recount(at=NOW)
    frame = look(va, key).frame
    assert (frame.rule, frame.due_at, frame.follow_up_at) == (number, before.due_at, before.follow_up_at)


class TestSetByHand:
    def test_it_stays_where_the_date_moves_behind_it(self, va, client, claim):
        key = log(va, client, claim)
        step(va, key, authorizations.remind, on=NOW + DAY)
        step(va, key, authorizations.set_due, due_at=NOW + 3 * DAY, why="Agreed.")
        frame = look(va, key).frame
        assert (frame.follow_up_at, frame.follow_up_by_hand) == (NOW + DAY, True)

    def test_it_gives_way_where_the_request_is_due_by_then(self, va, client, claim):
        key = log(va, client, claim)
        step(va, key, authorizations.remind, on=NOW + DAY)
        step(va, key, authorizations.set_due, due_at=NOW + 6 * HOUR, why="Agreed.")
        frame = look(va, key).frame
        assert (frame.follow_up_at, frame.follow_up_by_hand) == (NOW + 2 * HOUR, False)

    def test_the_next_follow_up_is_by_the_cadence_again(self, va, client, claim):
        key = log(va, client, claim)
        step(va, key, authorizations.remind, on=NOW + DAY)
        step(va, key, authorizations.follow_up, party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE)
        frame = look(va, key).frame
        assert (frame.follow_up_at, frame.follow_up_by_hand) == (by_cadence(frame, NOW), False)


def test_the_next_one_is_counted_by_the_cadence_that_holds_by_then(va, client, claim, admin):
    seldom = replace(usual(), steps=(replace(usual()).steps[0]._replace(every=timedelta(days=9)),))
    with acting(admin) as tx:
        cadences.propose(admin, tx, seldom, since=date(2026, 11, 25), why="Slower.", at=NOW)
    key = log(va, client, claim)
    step(va, key, authorizations.follow_up, party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE, at=NOW + DAY)
    frame = look(va, key).frame
    assert frame.follow_up_at == next_at(seldom, jurisdiction="CA", due_at=frame.due_at, last=NOW + DAY)
