"""What is asked for is told to the form of a report, whose rule it is, and the database asks the same of claims that wait."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

from core import scope
from core.access import Actor, NotAllowed, Role
from core.intake import ASKED_ALWAYS, ELEMENTS, LOST_TIME, TREATMENTS, missing, requirements
from core.intake.requirements import CONDITIONS, OPENS_A_CLAIM, Requirements
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.intake.reports import FULL, LEAST, report
from tests.core.intake.rulings import TODAY, rule
from tests.factories import NOW


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def of_client(actor: Actor, client: int) -> Requirements:
    with transaction(actor) as tx:
        return requirements.of_client(tx, client, on=TODAY)


class TestTheFormOfAReport:
    def form(self, actor: Actor, client: int, state: str | None, **known: Any) -> dict[str, str]:
        with transaction(actor) as tx:
            listed = requirements.of_form(
                actor, tx, client_id=client, jurisdiction=state, known=known, at=NOW
            )  # fmt: skip
        assert [(each.element, each.words) for each in listed] == [
            (element, words) for element, words in ELEMENTS.items() if element in {each.element for each in listed}
        ]
        return {each.element: each.why for each in listed}

    def test_is_told_what_is_asked_as_state_and_conditions_become_known(
        self, client: int, va: Actor, admin: Actor
    ) -> None:
        rule(admin, "nature", jurisdiction="OH")
        rule(admin, "modified_duty", client_id=client, asked="only_if", only_if="lost_time")

        assert set(self.form(va, client, None)) == ASKED_ALWAYS
        assert set(self.form(va, client, "OH")) == {*ASKED_ALWAYS, "nature"}
        assert set(self.form(va, client, "OH", lost_time="yes")) == {*ASKED_ALWAYS, "nature", "modified_duty"}

    def test_is_told_whose_rule_it_is(self, client: int, va: Actor, admin: Actor) -> None:
        rule(admin, "nature", jurisdiction="OH")
        rule(admin, "cause", jurisdiction="OH", client_id=client)

        told = self.form(va, client, "OH")

        assert (told["name"], told["language"]) == ("Asked of every claim.", "Asked of every claim from 01/01/2000 on.")
        assert told["nature"] == "Asked in OH from 11/24/2026 on."
        assert told["cause"] == "Asked of this client in OH from 11/24/2026 on."

    def test_is_of_clients_whom_one_takes_reports_for(self, client: int, va: Actor, nurse: Actor) -> None:
        with pytest.raises(scope.NoSuchClient):
            self.form(va, factories.client(), None)
        with pytest.raises(NotAllowed):
            self.form(nurse, client, None)


class TestTheDatabase:
    """It asks by rule of claims that wait, as a report is asked: the two homes of what is missing say the same."""

    TOLD: tuple[dict[str, Any], ...] = (
        {}, {"birth_date": FULL.birth_date, "language": "English", "preferred_contact": "phone", "address": "1 Oak St"},
        {"best_hours": "08:00-10:00", "interpreter": False, "injury_place": "Plant 4", "body_part": "wrist"},
        {"nature": "sprain", "cause": "ladder", "part_code": "34", "treated_at": "Clinic", "occupation": "Welder"},
        {"nature_code": "49", "cause_code": "26", "last_day_worked": TODAY, "return_to_work": TODAY},
        {"modified_duty": False, "work_supervisor": "Ray Holt", "interpreter": True, "language": "Polish"},
    )  # fmt: skip

    @pytest.mark.parametrize("only_if", [None, *CONDITIONS])
    def test_asks_what_a_report_is_asked(
        self, desk: Desk, client: int, va: Actor, admin: Actor, only_if: str | None
    ) -> None:
        elements = [element for element in missing(LEAST, ELEMENTS) if element not in OPENS_A_CLAIM]
        told = [
            replace(LEAST, family_name=f"No {n}", lost_time=lost, initial_treatment=care, **known)
            for n, (known, lost, care) in enumerate(
                product(self.TOLD, (None, *LOST_TIME), (None, *list(TREATMENTS)[:2]))
            )
        ]
        for element in elements:
            rule(admin, element, asked="not_asked", begins=False)
        made = {report(va, client, each).claim_id: each for each in told}
        with desk.owner() as db:
            db.execute("delete from intake_question")
            db.execute(
                "update intake_requirement set asked = %s, only_if = %s, in_force_at = null, begun = '{}'"
                " where proposed_by is not null",
                ("only_if" if only_if else "required", only_if),
            )

        with acting(va) as tx:
            tx.execute(text("select desk_requirements_begin(:at)"), {"at": NOW})

        with transaction(va) as tx:
            required = requirements.of_client(tx, client, on=TODAY)
        with desk.owner() as db:
            rows = db.execute("select claim_id, array_agg(element) from intake_question group by 1").fetchall()
        by_rule = dict(rows)
        for claim_id, each in made.items():
            expected = set(missing(each, required.of(each.jurisdiction, vars(each)))) - set(OPENS_A_CLAIM)
            assert set(by_rule.get(claim_id, [])) == expected, each


def test_rules_are_asked_for_once_in_a_report(client: int, va: Actor, admin: Actor) -> None:
    for element in ("occupation", "nature", "cause"):
        rule(admin, element, jurisdiction="IL")
        rule(admin, element, asked="only_if", only_if="treated")
    held = of_client(va, client)

    assert set(held.of("IL", {})) - ASKED_ALWAYS == {"occupation", "nature", "cause"}
    assert set(held.of("OH", {})) == ASKED_ALWAYS
    assert list(held.of("OH", {"initial_treatment": "clinic"})) == [
        each for each in ELEMENTS if each in {*ASKED_ALWAYS, "occupation", "nature", "cause"}
    ]
    assert held == of_client(va, client)
