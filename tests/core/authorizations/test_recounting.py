"""Stored dates: they are what the rules count, and move only where a rule does."""

from dataclasses import replace
from datetime import date

import pytest

from core import authorizations
from core.access import COMMAND_LINE, Role
from core.statutes import Limit, Unit, kept, rule_for, setting
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import log, look
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


@pytest.fixture
def admin(desk):
    return factories.staff(Role.ADMINISTRATOR)


def longer(tx, amount: int = 9):
    rule = rule_for(kept.rules(tx, "CA"), "CA", "prospective", at=NOW)
    return replace(rule, limit=Limit(amount, Unit.WORKING_DAYS))


def test_nothing_is_stored_otherwise_than_it_is_counted(va, client, claim):
    log(va, client, claim)
    with transaction(COMMAND_LINE) as tx:
        assert list(authorizations.differing(tx)) == []


def test_a_preview_says_what_would_move_and_the_rule_moves_just_that(va, client, claim, admin):
    key = log(va, client, claim)
    before = look(va, key).frame.due_at
    with acting(admin) as tx:
        rule = longer(tx)
        [moves] = setting.preview(admin, tx, rule, since=date(2026, 11, 24), at=NOW)
        assert (moves.earlier, moves.later, moves.otherwise) == (0, 1, 0)
        setting.propose(admin, tx, rule, since=date(2026, 11, 24), why="The statute was changed.", at=NOW)
    setting.begin(at=NOW)
    assert authorizations.recount(at=NOW) == 1
    assert authorizations.recount(at=NOW) == 0
    frame = look(va, key).frame
    assert (frame.due_at > before, frame.version) == (True, 2)


def test_a_clock_that_started_before_the_rule_keeps_its_text(va, client, claim, admin):
    key = log(va, client, claim)
    before = look(va, key).frame
    with acting(admin) as tx:
        rule = longer(tx)
        assert setting.preview(admin, tx, rule, since=date(2026, 11, 25), at=NOW) == []
        setting.propose(admin, tx, rule, since=date(2026, 11, 25), why="The statute was changed.", at=NOW)
    assert authorizations.recount(at=NOW) == 0
    assert look(va, key).frame == before


def test_a_date_set_by_hand_moves_with_no_rule(va, client, claim, admin):
    log(va, client, claim, due_at=NOW.replace(hour=20), due_why="Agreed.")
    with acting(admin) as tx:
        assert setting.preview(admin, tx, longer(tx), since=date(2026, 11, 24), at=NOW) == []
