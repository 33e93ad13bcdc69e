"""For which clients somebody may do something, and that any other is refused, by the service as by the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import scope
from core.access import MATRIX, WORKS_FOR_CLIENTS, Action, Actor, NotAllowed, Role, Scope, Subject
from core.transactions import Connection, transaction
from tests import factories
from tests.conftest import Desk

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)

OFFERED = (
    Action.CLAIM_IMPORT, Action.CLAIM_REPORT, Action.FILE_KEEP, Action.COVER_SET, Action.PEOPLE_MANAGE,
    Action.MEASURES_READ,
)  # fmt: skip
"""What clients are chosen for."""

ASKED: dict[str, Callable[[Actor, Connection, int], object]] = {
    "go on": lambda who, tx, client: scope.require_client(who, tx, Action.CLAIM_IMPORT, client),
    "a zone": lambda who, tx, client: scope.timezone(who, tx, Action.CLAIM_IMPORT, client, at=NOW),
}


@pytest.mark.parametrize("role", Role)
def test_clients_are_offered_as_the_matrix_says(desk: Desk, role: Role) -> None:
    served, other = factories.client(), factories.client()
    person = factories.staff(role, *([served] if role in WORKS_FOR_CLIENTS else []))

    for action in OFFERED:
        granted = MATRIX[role][action]
        with transaction(person) as tx:
            if granted is Scope.NONE:
                with pytest.raises(NotAllowed):
                    scope.clients(person, tx, action)
                continue
            offered = {client.client_id for client in scope.clients(person, tx, action)}
            in_zones = {client.client_id for client in scope.clients_in_zones(person, tx, action, at=NOW)}
        assert offered == in_zones == ({served, other} if granted is Scope.ALL else {served})


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
class TestAClient:
    def test_who_is_served_may_be_worked_for(self, desk: Desk, ask, va: Actor, client: int) -> None:
        with transaction(va) as tx:
            assert ask(va, tx, client) in (None, "America/Chicago")

    def test_who_is_not_served_or_not_there_is_refused_alike(self, desk: Desk, ask, va: Actor, boss: Actor) -> None:
        for person, client in ((va, factories.client()), (va, 999), (boss, 999)):
            with pytest.raises(scope.NoSuchClient, match="no such client for you"), transaction(person) as tx:
                ask(person, tx, client)

    def test_who_is_served_no_more_is_refused_by_the_service_itself(self, desk: Desk, ask, va, client) -> None:
        no_longer = replace(va, clients=frozenset())
        with transaction(va) as tx:
            assert scope.clients(no_longer, tx, Action.CLAIM_IMPORT) == []
            with pytest.raises(scope.NoSuchClient):
                ask(no_longer, tx, client)

    def test_what_is_not_of_the_role_is_refused_as_that(self, desk: Desk, ask, client: int) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        with pytest.raises(NotAllowed) as refused, transaction(nurse) as tx:
            ask(nurse, tx, client)
        assert not isinstance(refused.value, scope.NoSuchClient)

    def test_that_is_refused_is_on_the_record_with_its_number(self, desk: Desk, ask, va: Actor) -> None:
        foreign = factories.client()
        with pytest.raises(NotAllowed), transaction(va) as tx:
            ask(va, tx, foreign)
        with desk.owner() as db:
            told = db.execute(
                "select noun, noun_id, detail ->> 'why' from audit_event where verb = 'refused'"
            ).fetchall()
        assert told == [("client", foreign, "NoSuchClient")]


def test_a_refusal_names_what_it_was_about(desk: Desk, va: Actor) -> None:
    foreign = factories.client()
    with pytest.raises(NotAllowed), transaction(va) as tx:
        scope.require_client(va, tx, Action.CLAIM_IMPORT, foreign, Subject("import", 7, foreign))
    with desk.owner() as db:
        assert db.execute("select noun, noun_id from audit_event where verb = 'refused'").fetchall() == [("import", 7)]


def test_a_zone_is_that_of_the_promise_at_the_moment(desk: Desk, va: Actor, client: int) -> None:
    with desk.owner() as db:
        db.execute(factories.ANOTHER_PROMISE, (NOW, 48, client))
        db.execute("update sla_policy set timezone = 'America/Denver' where effective_from = %s", (NOW,))

    with transaction(va) as tx:
        zones = [scope.timezone(va, tx, Action.CLAIM_REPORT, client, at=at) for at in (NOW - timedelta(hours=1), NOW)]
        [listed] = scope.clients_in_zones(va, tx, Action.CLAIM_REPORT, at=NOW)

    assert zones == ["America/Chicago", "America/Denver"]
    assert (listed.client_id, listed.timezone) == (client, "America/Denver")
