"""What intake asks for goes by the rules of the claim's client and state, wherever it is asked."""

from dataclasses import replace
from typing import Any

import pytest

from core import closing, contact, intake
from core.access import Actor, Role
from core.intake import ASKED_ALWAYS, missing, requirements
from core.intake.requirements import OPENS_A_CLAIM, Requirements
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.intake.reports import FULL, LEAST, answer, asked, one, report
from tests.core.intake.rulings import TODAY, rule
from tests.factories import NOW


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def of_client(actor: Actor, client: int) -> Requirements:
    with transaction(actor) as tx:
        return requirements.of_client(tx, client, on=TODAY)


def correct(actor: Actor, client: int, claim: int, field: str, said: str, *, at: Any = NOW) -> None:
    with transaction(actor) as tx:
        claims = {"client_id": client, "claim_id": claim}
        known = intake.open_claim(actor, tx, client, claim)
        intake.correct_fields(
            actor, tx, **claims, seen={field: known.fields[field]}, said={field: said}, reason="Misheard.", at=at
        )


class TestWhatIsAskedFromTheBeginning:
    def test_is_what_opens_a_claim_and_what_the_desk_came_with(self, client: int, va: Actor) -> None:
        assert set(of_client(va, client).of(None, {})) == ASKED_ALWAYS
        assert set(OPENS_A_CLAIM) < ASKED_ALWAYS

    def test_is_the_same_of_a_report_as_without_rules(self, desk: Desk, client: int, va: Actor) -> None:
        report(va, client)
        assert asked(desk) == {*missing(LEAST)}


class TestAReport:
    def test_is_asked_for_what_its_client_and_state_require(
        self, desk: Desk, client: int, va: Actor, admin: Actor
    ) -> None:
        rule(admin, client_id=client)
        rule(admin, "nature", jurisdiction="IL")
        rule(admin, "cause", jurisdiction="OH")
        rule(admin, "address", client_id=factories.client())
        rule(admin, "language", asked="not_asked", client_id=client)

        report(va, client, replace(FULL, language=None))

        assert asked(desk) == {"occupation", "nature"}

    def test_is_not_asked_for_what_it_has_or_makes_pointless(
        self, desk: Desk, client: int, va: Actor, admin: Actor
    ) -> None:
        for element in ("occupation", "last_day_worked", "treated_at"):
            rule(admin, element)

        report(va, client, replace(FULL, occupation="Welder", lost_time="no", initial_treatment="none"))

        assert asked(desk) == set()

    def test_is_asked_on_the_clients_day_and_not_before(self, desk: Desk, client: int, va: Actor, admin: Actor) -> None:
        in_a_week = NOW.replace(month=12, day=1)
        rule(admin, since=in_a_week.date())
        report(va, client, FULL)
        assert asked(desk) == set()

        report(va, client, replace(FULL, family_name="Other", reported_at=NOW), at=in_a_week)

        assert asked(desk) == {"occupation"}


class TestWhatDecides:
    """An answer or a correction of the state, the language, the treatment or the time lost asks what depends on it."""

    def test_asks_what_the_state_requires_once_it_is_known(
        self, desk: Desk, client: int, va: Actor, admin: Actor
    ) -> None:
        rule(admin, "nature", jurisdiction="OH")
        claim = report(va, client, replace(FULL, jurisdiction=None))

        answer(va, claim, "jurisdiction", "OH")

        assert asked(desk) == {"nature"}
        assert one(desk, "select by_id, detail from claim_event where kind = 'asked_by_rule'") == (
            va.staff_id, {"asked": ["nature"]}
        )  # fmt: skip

    def test_asks_no_longer_what_another_state_required(self, desk: Desk, client: int, va: Actor, admin: Actor) -> None:
        rule(admin, "nature", jurisdiction="IL")
        rule(admin, "cause", jurisdiction="OH")
        claim = report(va, client, FULL)
        assert asked(desk) == {"nature"}

        correct(va, client, claim.claim_id, "jurisdiction", "OH")

        assert asked(desk) == {"cause"}

    @pytest.mark.parametrize(
        ("only_if", "field", "no", "yes"),
        [
            ("lost_time", "lost_time", "no", "yes"),
            ("treated", "initial_treatment", "none", "clinic"),
            ("not_english", "language", "English", "Polish"),
        ],
    )
    def test_asks_where_a_condition_holds_and_no_longer_where_not(
        self, desk: Desk, client: int, va: Actor, admin: Actor, only_if: str, field: str, no: str, yes: str
    ) -> None:
        rule(admin, asked="only_if", only_if=only_if)
        claim = report(va, client, replace(FULL, **{field: no}))
        assert asked(desk) == set()

        correct(va, client, claim.claim_id, field, yes)
        assert asked(desk) == {"occupation"}

        correct(va, client, claim.claim_id, field, no)
        assert asked(desk) == set()

    def test_leaves_a_claim_alone_that_does_not_wait(
        self, desk: Desk, client: int, va: Actor, nurse: Actor, admin: Actor
    ) -> None:
        rule(admin, "nature", jurisdiction="OH")
        claim = report(va, client, FULL)
        factories.first_contact(client, claim.claim_id, nurse)

        correct(va, client, claim.claim_id, "jurisdiction", "OH")

        assert asked(desk) == set()

    def test_and_what_it_takes_back_can_be_answered_in_one_act(
        self, desk: Desk, client: int, va: Actor, admin: Actor
    ) -> None:
        rule(admin)
        rule(admin, asked="not_asked", jurisdiction="OH")
        claim = report(va, client, replace(FULL, jurisdiction=None))
        given = {("jurisdiction", "missing"): "OH", ("occupation", "missing"): "Welder"}

        with transaction(va) as tx:
            intake.answer_questions(va, tx, client_id=client, claim_id=claim.claim_id, given=given, at=NOW)

        assert (asked(desk), one(desk, "select occupation from claim_narrative")) == (set(), "Welder")


class TestAFieldThatIsEmptied:
    def test_is_asked_again_where_a_rule_asks_for_it(self, desk: Desk, client: int, va: Actor, admin: Actor) -> None:
        rule(admin)
        rule(admin, "language", asked="not_asked")
        claim = report(va, client, replace(FULL, occupation="Welder"))

        for field in ("occupation", "language"):
            correct(va, client, claim.claim_id, field, "")

        assert asked(desk) == {"occupation"}

    def test_is_not_asked_again_for_a_rule_that_began_after_the_first_contact(
        self, desk: Desk, client: int, va: Actor, nurse: Actor, admin: Actor
    ) -> None:
        claim = report(va, client, replace(FULL, occupation="Welder"))
        factories.first_contact(client, claim.claim_id, nurse)
        tomorrow = NOW.replace(day=25)
        rule(admin, at=tomorrow, since=tomorrow.date())

        correct(va, client, claim.claim_id, "occupation", "", at=tomorrow)

        assert asked(desk) == set()


class TestAClaimThatWaitsAgain:
    def test_is_asked_what_has_begun_meanwhile(
        self, desk: Desk, client: int, va: Actor, boss: Actor, admin: Actor
    ) -> None:
        claim = report(va, client, FULL)
        where = {"client_id": client, "claim_id": claim.claim_id}
        with transaction(boss) as tx:
            closing.close(boss, tx, **where, reason="Withdrawn.")
        rule(admin)
        assert asked(desk) == set()

        with transaction(boss) as tx:
            closing.reopen(boss, tx, **where, reason="By mistake.")

        assert asked(desk) == {"occupation"}

    def test_also_where_its_first_contact_was_struck(
        self, desk: Desk, client: int, va: Actor, nurse: Actor, boss: Actor, admin: Actor
    ) -> None:
        claim = report(va, client, FULL)
        factories.first_contact(client, claim.claim_id, nurse)
        rule(admin)

        with transaction(boss) as tx:
            contact.strike_first_contact(boss, tx, client_id=client, claim_id=claim.claim_id, reason="Mistaken.")

        assert asked(desk) == {"occupation"}

    def test_also_where_a_death_was_an_error(
        self, desk: Desk, client: int, va: Actor, boss: Actor, admin: Actor
    ) -> None:
        claim = report(va, client, FULL)
        where = {"client_id": client, "claim_id": claim.claim_id, "at": NOW}
        with transaction(va) as tx:
            intake.record_death(va, tx, **where, date_of_death=TODAY)
        rule(admin)
        assert asked(desk) == set()

        with transaction(boss) as tx:
            intake.correct_death(boss, tx, **where, date_of_death=None, reason="By mistake.")

        assert asked(desk) == {"occupation"}
