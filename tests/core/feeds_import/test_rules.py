"""A feed's rows are asked for what the rules of its client and their states require, as a report is."""

from collections.abc import Sequence
from typing import Any

import pytest

from core import feeds
from core.access import Actor, Role
from core.intake import ruling
from tests import factories
from tests.core.feeds_import.importing import ROWS, asks, file, imported, planned, questions, rows, undone
from tests.core.intake.rulings import rule
from tests.factories import NOW


@pytest.fixture
def admin(desk: Any) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def asked(plan: feeds.Plan) -> list[Sequence[str]]:
    return [asks(line) for line in sorted(plan.lines())]


def test_each_row_is_asked_for_what_its_state_requires(desk: Any, client: int, va: Actor, admin: Actor) -> None:
    rule(admin, "nature", jurisdiction="IL")
    rule(admin, "language", asked="not_asked", client_id=client)

    plan = planned(va, client, file(*ROWS))
    imported(va, client, file(*ROWS))

    assert [{"nature", "language"} & set(each) for each in asked(plan)] == [{"nature"}, set()]
    assert questions(desk, "A-1")["nature"] == "Not in the report: nature of injury."
    assert not {"nature", "language"} & questions(desk, "A-2").keys()


def test_a_plan_is_made_anew_where_a_rule_has_begun_since(desk: Any, client: int, va: Actor, admin: Actor) -> None:
    plan = planned(va, client, file(*ROWS))
    rule(admin, client_id=factories.client())
    rule(admin, since=NOW.replace(day=30).date())
    planned_still = planned(va, client, file(*ROWS))
    assert plan.digest == planned_still.digest

    rule(admin, client_id=client)

    with pytest.raises(feeds.DataMoved):
        feeds.commit(va, plan, at=NOW)


def test_an_import_whose_claims_a_rule_has_asked_for_more_can_be_undone(
    desk: Any, client: int, va: Actor, admin: Actor
) -> None:
    done = imported(va, client, file(*ROWS))
    rule(admin)
    assert rows(desk, "select count(*) from claim_event where kind = 'asked_by_rule'") == [(2,)]

    assert undone(va, client, done.import_id) == 2
    assert ruling.begin(at=NOW) == 0
