"""A ticket, issued and not yet turned into a cookie, is overtaken by what an administrator or the person changes."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection

from core import staff
from core.access import Actor, Role
from core.staff import secrets
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.factories import NOW
from tests.signing_in import PASSWORD

NEW = "a long new password"
HERE = "192.0.2.1"
BROWSER = "a browser"

Act = Callable[[Actor, Connection, int], object]


def give_password(by: Actor, tx: Connection, staff_id: int) -> None:
    staff.set_password(by, tx, staff_id=staff_id, password=NEW, at=NOW)


def disable(by: Actor, tx: Connection, staff_id: int) -> None:
    staff.disable(by, tx, staff_id=staff_id, at=NOW)


def disable_and_enable(by: Actor, tx: Connection, staff_id: int) -> None:
    disable(by, tx, staff_id)
    staff.enable(by, tx, staff_id=staff_id, at=NOW)


def change_role(by: Actor, tx: Connection, staff_id: int) -> None:
    staff.change_role(by, tx, staff_id=staff_id, role=Role.CLINICAL, at=NOW)


def end_sessions(by: Actor, tx: Connection, staff_id: int) -> None:
    staff.end_sessions(by, tx, staff_id=staff_id, at=NOW)


ACTS = [give_password, disable_and_enable, change_role, end_sessions]


@pytest.fixture
def va(desk: Desk) -> Actor:
    return signing_in.person(Role.VA)


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return signing_in.person(Role.ADMINISTRATOR)


def ticket_of(person: Actor) -> str:
    return staff.sign_in(name=person.sign_in_name, password=PASSWORD, address=HERE, browser=BROWSER, at=NOW)


def redeemed(ticket: str) -> str | None:
    return staff.redeem(ticket, browser=BROWSER, address=HERE, at=NOW)


def change_own(person: Actor) -> None:
    staff.change_password(person, present=PASSWORD, password=NEW, address=HERE, at=NOW)


@pytest.mark.parametrize("act", ACTS)
def test_what_an_administrator_does_ends_it(va: Actor, administrator: Actor, act: Act) -> None:
    ticket = ticket_of(va)

    with transaction(administrator) as tx:
        act(administrator, tx, va.staff_id)

    assert redeemed(ticket) is None


def test_changing_ones_own_password_ends_it(va: Actor) -> None:
    ticket = ticket_of(va)

    change_own(va)

    assert redeemed(ticket) is None


def test_somebody_elses_is_still_good(va: Actor, administrator: Actor) -> None:
    ticket = ticket_of(administrator)

    change_own(va)

    assert redeemed(ticket)


@pytest.mark.parametrize("act", [give_password, disable])
def test_none_is_issued_for_what_changed_while_the_password_was_checked(
    desk: Desk, va: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    really = secrets.PasswordHasher.verify

    def overtaken(self: secrets.PasswordHasher, known: str, password: str) -> bool:
        right = really(self, known, password)
        with transaction(administrator) as tx:
            act(administrator, tx, va.staff_id)
        return right

    monkeypatch.setattr(secrets.PasswordHasher, "verify", overtaken)
    with pytest.raises(staff.WrongSignIn):
        ticket_of(va)

    with desk.owner() as db:
        assert db.execute("select count(*) from sign_in_ticket").fetchone() == (0,)


def test_one_that_is_redeemed_during_the_change_waits_for_it(desk: Desk, va: Actor, administrator: Actor) -> None:
    ticket = ticket_of(va)

    with ThreadPoolExecutor(1) as beside:
        with transaction(administrator) as tx:
            staff.clear_lockout(administrator, tx, staff_id=va.staff_id, at=NOW)  # locks the person
            redeeming = beside.submit(redeemed, ticket)
            until_it_waits(desk, redeeming)
            give_password(administrator, tx, va.staff_id)

        assert redeeming.result(timeout=60) is None


def test_one_that_is_just_becoming_a_session_is_waited_for_and_ended_as_one(desk: Desk, va: Actor) -> None:
    ticket, token = ticket_of(va), secrets.new_token()

    with desk.app() as db, ThreadPoolExecutor(1) as beside:
        with db.transaction():
            db.execute(
                "select desk_ticket_redeem(%s, %s, %s, %s, %s)",
                (secrets.digest(ticket), secrets.digest(BROWSER), secrets.digest(token), HERE, NOW),
            )
            changing = beside.submit(change_own, va)
            until_it_waits(desk, changing)
        changing.result(timeout=60)

    assert staff.who(token, at=NOW) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_ends_anybody_elses(desk: Desk, va: Actor, role: Role) -> None:
    ticket = ticket_of(va)

    with desk.app(factories.staff(role).staff_id) as db:
        db.execute("select desk_end_tickets(%s)", (va.staff_id,))

    assert redeemed(ticket)


def until_it_waits(desk: Desk, act: Future[Any]) -> None:
    """Go on when *act* waits for another transaction on this desk, or is done because it did not have to."""
    address = desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
    waiting = "select exists (select from pg_stat_activity where datname = %s and wait_event_type = 'Lock')"
    with psycopg.connect(address, autocommit=True) as db:
        while not act.done() and db.execute(waiting, (desk.name,)).fetchone() == (False,):
            sleep(0.01)
