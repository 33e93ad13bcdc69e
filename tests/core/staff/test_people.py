"""Adding people and changing what they may."""

from typing import Any

import pytest

from core import audit, scope, staff
from core.access import COMMAND_LINE, Action, Actor, NotAllowed, Role
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.staff.signing_in import MINUTE, events
from tests.factories import NOW


class TestPeople:
    def test_lists_role_clients_and_open_sessions(self, va: Actor, administrator: Actor) -> None:
        signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            listed = {p.staff_id: p for p in staff.people(administrator, tx, since=NOW - MINUTE)}

        assert (listed[va.staff_id].role, listed[va.staff_id].clients, listed[va.staff_id].sessions) == (
            Role.VA,
            ("ACME",),
            1,
        )

    def test_clients_are_set_as_a_whole(self, va: Actor, administrator: Actor) -> None:
        other = factories.client("OTHER")
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            staff.set_clients(administrator, tx, staff_id=va.staff_id, client_ids=frozenset({other}), at=NOW)

        found = staff.who(token, at=NOW)
        assert found is not None
        assert found.clients == {other}

    def test_ending_sessions_leaves_the_person_able_to_sign_in(self, va: Actor, administrator: Actor) -> None:
        tokens = [signing_in.sign_in(va, at=NOW) for _ in range(2)]
        with transaction(administrator) as tx:
            assert staff.end_sessions(administrator, tx, staff_id=va.staff_id, at=NOW) == 2

        assert [staff.who(token, at=NOW) for token in tokens] == [None, None]
        assert signing_in.sign_in(va, at=NOW)

    def test_ending_sessions_where_none_is_open_does_nothing_that_could_be_recorded(
        self, desk: Any, va: Actor, administrator: Actor
    ) -> None:
        with transaction(administrator) as tx:
            assert staff.end_sessions(administrator, tx, staff_id=va.staff_id, at=NOW) == 0

        with desk.owner() as db:
            assert db.execute("select count(*) from audit_event where verb = 'sessions_ended'").fetchone() == (0,)

    def test_nobody_shuts_the_door_on_oneself(self, administrator: Actor) -> None:
        with transaction(administrator) as tx, pytest.raises(staff.NotYourself):
            staff.disable(administrator, tx, staff_id=administrator.staff_id, at=NOW)
        with transaction(administrator) as tx, pytest.raises(staff.NotYourself):
            staff.change_role(administrator, tx, staff_id=administrator.staff_id, role=Role.VA, at=NOW)

    @pytest.mark.parametrize("staff_id", [999_999, COMMAND_LINE.staff_id])
    def test_a_person_who_is_not_there_is_refused_and_so_is_the_machines_own(
        self, administrator: Actor, staff_id: int
    ) -> None:
        with transaction(administrator) as tx, pytest.raises(staff.NoSuchPerson):
            staff.enable(administrator, tx, staff_id=staff_id, at=NOW)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_only_administrators_change_people(self, va: Actor, role: Role, desk: Desk) -> None:
        other = factories.staff(role)
        acts = [
            lambda tx: staff.people(other, tx, since=NOW),
            lambda tx: scope.clients(other, tx, Action.PEOPLE_MANAGE),
            lambda tx: staff.disable(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.enable(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.change_role(other, tx, staff_id=va.staff_id, role=Role.ADMINISTRATOR, at=NOW),
            lambda tx: staff.set_clients(other, tx, staff_id=va.staff_id, client_ids=frozenset(), at=NOW),
            lambda tx: staff.end_sessions(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.clear_lockout(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.set_password(other, tx, staff_id=va.staff_id, password="a long new one", at=NOW),
        ]
        for act in acts:
            with pytest.raises(NotAllowed), transaction(other) as tx:
                act(tx)

        assert len(events(desk, "refused")) == len(acts)

    def test_an_act_that_cannot_be_recorded_does_not_happen(
        self, va: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(audit, "record", fails)
        with pytest.raises(RuntimeError), transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert signing_in.sign_in(va, at=NOW)
