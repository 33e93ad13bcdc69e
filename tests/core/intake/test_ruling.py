"""What administrators say intake asks for: what a rule moves of claims that wait, once, on each client's own day."""

from datetime import UTC, datetime, timedelta

import pytest

from core import rules
from core.access import Actor, Role
from core.contact import Outcome
from core.intake import ruling
from tests import factories
from tests.conftest import Desk
from tests.core.intake.reports import one
from tests.core.intake.rulings import TODAY, open_of, preview, rule, tell, withdraw
from tests.factories import NOW

TOMORROW = TODAY + timedelta(days=1)
DAY = timedelta(days=1)


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def events(desk: Desk, claim: int) -> list[dict[str, list[str]]]:
    with desk.owner() as db:
        rows = db.execute(
            "select detail from claim_event where claim_id = %s and kind = 'asked_by_rule' order by event_id", (claim,)
        )
        return [detail for (detail,) in rows]


class TestARuleThatBeginsToday:
    def test_opens_its_question_on_claims_that_wait_at_once(self, desk: Desk, client: int, admin: Actor) -> None:
        lacks, has = factories.claim(client), factories.claim(client)
        tell(desk, has, occupation="Welder")

        rule(admin)

        assert (open_of(desk, lacks), open_of(desk, has)) == (["occupation"], [])
        assert (
            one(desk, "select why from intake_question")
            == "Not in the report. Asked of every claim from 11/24/2026 on."
        )

    def test_opens_none_on_claims_that_do_not_wait(self, desk: Desk, client: int, admin: Actor, nurse: Actor) -> None:
        reached, closed, died = (factories.claim(client) for _ in range(3))
        factories.first_contact(client, reached, nurse)
        with desk.owner() as db:
            db.execute(
                "update claim set closed_at = now(), closed_by = 1, closed_why = 'x' where claim_id = %s", (closed,)
            )
            db.execute("update claim set date_of_death = date_of_injury where claim_id = %s", (died,))

        assert preview(admin) == []
        rule(admin)

        assert [open_of(desk, claim) for claim in (reached, closed, died)] == [[], [], []]

    def test_is_told_on_the_timeline_and_on_the_record(self, desk: Desk, client: int, admin: Actor) -> None:
        claim = factories.claim(client)

        number = rule(admin, client_id=client)

        assert events(desk, claim) == [{"asked": ["occupation"]}]
        with desk.owner() as db:
            told = db.execute(
                "select verb, noun, noun_id, client_id, actor_id, detail from audit_event order by event_id"
            ).fetchall()
        said = {"element": "occupation", "rule": "required", "effective_from": "2026-11-24", "why": "As agreed."}
        assert told == [
            ("rule_proposed", "requirement", number, client, admin.staff_id, said),
            ("asked_by_rule", "claim", claim, client, admin.staff_id, {"asked": ["occupation"]}),
            ("rule_in_force", "requirement", number, client, admin.staff_id, said | {"claims": 1}),
        ]

    def test_is_of_its_client_and_its_state_alone(self, desk: Desk, client: int, admin: Actor) -> None:
        other = factories.client()
        here, elsewhere, others = (
            factories.claim(client, jurisdiction="OH"), factories.claim(client), factories.claim(other, jurisdiction="OH"),
        )  # fmt: skip

        rule(admin, client_id=client, jurisdiction="OH")

        assert [open_of(desk, claim) for claim in (here, elsewhere, others)] == [["occupation"], [], []]
        assert one(desk, "select why from intake_question") == (
            "Not in the report. Asked of this client in OH from 11/24/2026 on."
        )
        rule(admin, jurisdiction="OH")
        assert [open_of(desk, claim) for claim in (here, elsewhere, others)] == [["occupation"], [], ["occupation"]]

    def test_asks_nothing_twice_and_nothing_that_cannot_be_had(
        self, desk: Desk, client: int, admin: Actor, va: Actor
    ) -> None:
        never = factories.claim(client)
        rule(admin)
        with desk.owner() as db:
            db.execute("update intake_question set answered_at = now(), answered_by = 1, unobtainable_why = 'Gone.'")

        rule(admin, client_id=client)

        assert open_of(desk, never) == []
        assert ruling.begin(at=NOW + DAY) == 0, "it has begun"


class TestARuleThatAsksNoMore:
    def test_takes_its_open_questions_back_and_says_so(self, desk: Desk, client: int, admin: Actor) -> None:
        claim = factories.claim(client)
        rule(admin)

        assert [(each.asks, each.drops) for each in preview(admin, asked="not_asked")] == [(0, 1)]
        rule(admin, asked="not_asked")

        assert open_of(desk, claim) == []
        assert events(desk, claim) == [{"asked": ["occupation"]}, {"dropped": ["occupation"]}]

    def test_leaves_what_was_answered_and_asks_again_where_it_is_asked_again(
        self, desk: Desk, client: int, admin: Actor
    ) -> None:
        answered, asked_again = factories.claim(client), factories.claim(client)
        rule(admin)
        with desk.owner() as db:
            db.execute(
                "update intake_question set answered_at = now(), answered_by = 1, unobtainable_why = 'Gone.'"
                " where claim_id = %s",
                (answered,),
            )

        rule(admin, asked="not_asked")
        rule(admin)

        assert (open_of(desk, answered), open_of(desk, asked_again)) == ([], ["occupation"])
        assert one(desk, "select count(*) from intake_question") == 2

    def test_of_one_client_leaves_the_others(self, desk: Desk, client: int, admin: Actor) -> None:
        other = factories.client()
        mine, others = factories.claim(client), factories.claim(other)
        rule(admin)

        rule(admin, asked="not_asked", client_id=client)
        assert (open_of(desk, mine), open_of(desk, others)) == ([], ["occupation"])

        rule(admin, asked="as_elsewhere", client_id=client)
        assert open_of(desk, mine) == ["occupation"]


class TestARuleThatAsksOnlyIf:
    @pytest.mark.parametrize(
        ("only_if", "column", "values"),
        [
            ("lost_time", "lost_time", {"expected": True, "yes": True, "no": False, None: False}),
            ("treated", "initial_treatment", {"clinic": True, "none": False, None: False}),
        ],
    )
    def test_asks_where_that_is_known(
        self, desk: Desk, client: int, admin: Actor, only_if: str, column: str, values: dict[str | None, bool]
    ) -> None:
        claims = {value: factories.claim(client) for value in values}
        for value, claim in claims.items():
            tell(desk, claim, **{column: value})

        rule(admin, asked="only_if", only_if=only_if)

        assert {value: bool(open_of(desk, claim)) for value, claim in claims.items()} == values

    def test_asks_for_an_interpreter_where_the_language_is_another(self, desk: Desk, client: int, admin: Actor) -> None:
        spoken = {"Spanish": True, " english": False, "EN": False, None: False}
        claims = {language: factories.claim(client) for language in spoken}
        with desk.owner() as db:
            for language, claim in claims.items():
                db.execute(
                    "update injured_worker w set language = %s from claim c where c.claim_id = %s"
                    " and w.worker_id = c.worker_id",
                    (language, claim),
                )

        rule(admin, "interpreter", asked="only_if", only_if="not_english")

        assert {language: "interpreter" in open_of(desk, claim) for language, claim in claims.items()} == spoken


class TestAPlannedRule:
    def test_begins_on_each_clients_own_day_and_once(self, desk: Desk, admin: Actor) -> None:
        east, west = factories.client(timezone="America/New_York"), factories.client(timezone="America/Los_Angeles")
        claims = [factories.claim(east), factories.claim(west)]
        rule(admin, since=TOMORROW)
        assert [open_of(desk, claim) for claim in claims] == [[], []]

        in_new_york_alone = datetime(2026, 11, 25, 6, tzinfo=UTC)
        assert [ruling.begin(at=in_new_york_alone) for _ in range(2)] == [1, 0]
        assert [open_of(desk, claim) for claim in claims] == [["occupation"], []]
        assert one(desk, "select in_force_at is null from intake_requirement where element = 'occupation'")

        assert [ruling.begin(at=in_new_york_alone + timedelta(hours=3)) for _ in range(2)] == [1, 0]
        assert [open_of(desk, claim) for claim in claims] == [["occupation"], ["occupation"]]
        assert one(desk, "select claims_asked from intake_requirement where element = 'occupation'") == 2

    def test_can_be_withdrawn_until_its_day(self, desk: Desk, client: int, admin: Actor) -> None:
        claim = factories.claim(client)
        number = rule(admin, since=TOMORROW)

        withdraw(admin, number)

        assert ruling.begin(at=NOW + DAY) == 0
        assert open_of(desk, claim) == []
        assert one(desk, "select detail ->> 'why' from audit_event where verb = 'rule_withdrawn'") == "Not agreed."
        with pytest.raises(rules.HasBegun):
            withdraw(admin, rule(admin))

    def test_cannot_be_withdrawn_on_its_day(self, desk: Desk, client: int, admin: Actor) -> None:
        number = rule(admin, since=TOMORROW, client_id=client)
        with pytest.raises(rules.HasBegun):
            withdraw(admin, number, at=datetime(2026, 11, 25, 6, tzinfo=UTC))


def test_a_claim_that_is_tried_meanwhile_still_waits(desk: Desk, client: int, va: Actor, admin: Actor) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute(
            "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
            " values (%s, %s, %s, %s, 'worker', 'phone', %s)",
            (client, claim, NOW, va.staff_id, Outcome.VOICEMAIL),
        )
    rule(admin)
    assert open_of(desk, claim) == ["occupation"]
