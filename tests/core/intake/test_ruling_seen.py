"""What administrators see of what intake asks for, before they change it and afterwards; and what cannot be a rule."""

from datetime import date, timedelta

import pytest

from core import rules, scope
from core.access import Actor, NotAllowed, Role
from core.intake import requirements, ruling
from core.intake.elements import ELEMENTS
from core.refusal import Refusal
from core.rules import Standing
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.intake.reports import one
from tests.core.intake.rulings import TODAY, open_of, preview, rule, tell
from tests.factories import NOW

TOMORROW = TODAY + timedelta(days=1)
DAY = timedelta(days=1)


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


class TestThePreview:
    def test_counts_by_client_what_would_move_and_then_it_does(self, desk: Desk, admin: Actor) -> None:
        clients = [factories.client() for _ in range(3)]
        claims = [factories.claim(client) for client in clients for _ in range(2)]
        tell(desk, claims[0], occupation="Welder")
        tell(desk, claims[-1], occupation="Cook")
        tell(desk, claims[-2], occupation="Cook")

        moved = preview(admin, since=TOMORROW + 3 * DAY)

        assert [(each.asks, each.drops) for each in moved] == [(1, 0), (2, 0)]
        assert one(desk, "select count(*) from intake_question") == 0
        assert one(desk, "select count(*) from intake_requirement where element = 'occupation'") == 0
        rule(admin)
        assert sum(len(open_of(desk, claim)) for claim in claims) == 3

    def test_goes_by_what_is_planned_for_its_day(self, desk: Desk, client: int, admin: Actor) -> None:
        factories.claim(client)
        rule(admin, client_id=client, asked="not_asked", since=TOMORROW)

        assert [(each.asks, each.drops) for each in preview(admin)] == [(1, 0)]
        assert preview(admin, since=TOMORROW) == []

    def test_counts_nothing_for_anybody_else(self, desk: Desk, client: int, va: Actor) -> None:
        factories.claim(client)
        with pytest.raises(NotAllowed):
            preview(va)
        with desk.app(va.staff_id) as db:
            rows = db.execute(
                "select * from desk_requirement_preview('occupation', null, null, 'required', null, '2026-11-24', now())"
            ).fetchall()
        assert rows == []


class TestTheList:
    def test_has_every_element_with_its_number_and_versions(self, client: int, admin: Actor) -> None:
        rule(admin, client_id=client)
        rule(admin, since=TOMORROW)
        with transaction(admin) as tx:
            elements = {each.element: each for each in ruling.listed(admin, tx, at=NOW)}

        assert list(elements) == [each for each in ELEMENTS if each in elements]
        assert {each for each, row in elements.items() if not row.ruled} == set(requirements.OPENS_A_CLAIM)
        assert elements["occupation"].fact.dn == "DN0060"
        assert [(each.client, each.standing) for each in elements["occupation"].versions] == [
            ("", Standing.PLANNED), (f"Client {_number(client)}", Standing.IN_FORCE)
        ]  # fmt: skip
        assert [each.version.says for each in elements["language"].versions] == [("required", None)]

    def test_tells_how_a_rule_stands_by_its_clients_day(self, admin: Actor) -> None:
        ahead, behind = factories.client(timezone="Asia/Tokyo"), factories.client(timezone="Pacific/Honolulu")
        for client in (ahead, behind):
            rule(admin, client_id=client, since=TOMORROW)
        with transaction(admin) as tx:
            [occupation] = [each for each in ruling.listed(admin, tx, at=NOW) if each.element == "occupation"]
        assert {each.version.place[0]: each.standing for each in occupation.versions} == {
            ahead: Standing.IN_FORCE, behind: Standing.PLANNED
        }  # fmt: skip


def _number(client: int) -> str:
    with factories._desk.owner() as db:
        return db.execute("select name from client where client_id = %s", (client,)).fetchone()[0].split()[1]


@pytest.mark.parametrize("element", requirements.OPENS_A_CLAIM)
def test_what_opens_a_claim_is_not_up_for_rules(admin: Actor, element: str) -> None:
    with pytest.raises(ruling.NotForRules):
        rule(admin, element, asked="not_asked")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"element": "reported_at"}, ruling.NotForRules),
        ({"asked": "only_if"}, ruling.OnlyIfWhat),
        ({"asked": "as_elsewhere"}, ruling.NoElsewhere),
        ({"client_id": 999}, scope.NoSuchClient),
        ({"since": date(2026, 11, 23)}, rules.BeginsBeforeToday),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    desk: Desk, client: int, admin: Actor, said: dict, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        rule(admin, **said)


def test_only_administrators_set_rules(client: int, admin: Actor) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        person = factories.staff(role, client)
        for act in (
            lambda tx, person=person: ruling.listed(person, tx, at=NOW),
            lambda tx, person=person: ruling.withdraw(person, tx, number=1, why="x", at=NOW),
        ):
            with pytest.raises(NotAllowed), acting(person) as tx:
                act(tx)
        with pytest.raises(NotAllowed):
            rule(person)
