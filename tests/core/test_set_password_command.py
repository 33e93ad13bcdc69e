"""`python -m core set-password`: the way back in where the only administrator has forgotten her password."""

from pathlib import Path

import pytest

from core import instant, staff
from core.access import COMMAND_LINE, Actor, Role
from db import server, session
from tests import signing_in
from tests.commands import command, on_a_terminal
from tests.conftest import Desk
from tests.signing_in import PASSWORD

NEW = "a long new password"
HERE = "192.0.2.1"


@pytest.fixture
def ada(desk: Desk) -> Actor:
    """The only administrator."""
    return signing_in.person(Role.ADMINISTRATOR, name="ada")


def ticket(name: str, password: str) -> str:
    return staff.sign_in(name=name, password=password, address=HERE, browser="a browser", at=instant.now())


def opens(name: str, password: str) -> bool:
    try:
        return bool(ticket(name, password))
    except staff.WrongSignIn:
        return False


def test_takes_the_password_from_a_line_of_standard_input(desk: Desk, ada: Actor) -> None:
    done = command(desk.env(), "set-password", "ada", said=f"{NEW}\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{ada.name} has a new password.\n"
    assert opens("ada", NEW)
    assert not opens("ada", PASSWORD)


def test_asks_twice_on_a_terminal_and_shows_neither(desk: Desk, ada: Actor) -> None:
    code, seen = on_a_terminal(desk.env(), "set-password", "ada", said=(NEW, NEW))

    assert code == 0, seen
    assert NEW not in seen
    assert opens("ada", NEW)


def test_two_that_differ_change_nothing(desk: Desk, ada: Actor) -> None:
    code, seen = on_a_terminal(desk.env(), "set-password", "ada", said=(NEW, "another one typed"))

    assert code == 2
    assert "The new password was not typed the same both times." in seen
    assert opens("ada", PASSWORD)


def test_ends_what_is_open_under_the_old_one_and_no_other_persons(desk: Desk, ada: Actor) -> None:
    va = signing_in.person(Role.VA)
    hers, theirs = (signing_in.sign_in(person, at=instant.now()) for person in (ada, va))
    granted = ticket("ada", PASSWORD)

    command(desk.env(), "set-password", "ada", said=f"{NEW}\n")

    assert staff.who(hers, at=instant.now()) is None
    assert staff.redeem(granted, browser="a browser", address=HERE, at=instant.now()) is None
    assert staff.who(theirs, at=instant.now())


def test_lifts_the_lockout_that_trying_has_led_to(desk: Desk, ada: Actor) -> None:
    for _ in range(5):
        assert not opens("ada", "wrong")
    with pytest.raises(staff.TooManyTries):
        opens("ada", PASSWORD)

    command(desk.env(), "set-password", " ADA ", said=f"{NEW}\n")

    assert opens("ada", NEW)


def test_is_on_the_record_as_the_command_lines_act_without_the_password(desk: Desk, ada: Actor) -> None:
    signing_in.sign_in(ada, at=instant.now())

    command(desk.env(), "set-password", "ada", said=f"{NEW}\n")

    with desk.owner() as db:
        kept = db.execute(
            "select verb, noun, detail from audit_event where actor_id = %s order by event_id", (COMMAND_LINE.staff_id,)
        ).fetchall()
        everything = db.execute("select string_agg(a::text, '') from audit_event a").fetchone()
    assert kept == [
        ("session_ended", "session", {"why": "password set"}),
        ("password_set", "staff", {"sessions_ended": 1}),
        ("lockout_cleared", "staff", None),
    ]
    assert NEW not in str(everything)


@pytest.mark.parametrize("name", ["nobody", COMMAND_LINE.sign_in_name])
def test_refuses_a_name_that_nobody_has_and_the_machines_own(desk: Desk, name: str) -> None:
    done = command(desk.env(), "set-password", name, said=f"{NEW}\n")

    assert (done.returncode, done.stdout, done.stderr) == (2, "", "There is no such person.\n")


@pytest.mark.parametrize("said", ["short\n", ""])
def test_refuses_a_short_password(desk: Desk, ada: Actor, said: str) -> None:
    done = command(desk.env(), "set-password", "ada", said=said)

    assert (done.returncode, done.stderr) == (2, str(staff.TooShort()) + "\n")
    assert opens("ada", PASSWORD)


class TestTheOwnersAddress:
    def test_is_needed(self, desk: Desk, ada: Actor) -> None:
        only = {"DATABASE_URL_APP": desk.env()["DATABASE_URL_APP"]}

        done = command(only, "set-password", "ada", said=f"{NEW}\n")

        assert (done.returncode, done.stderr) == (2, "This needs the owner's address: set DATABASE_URL.\n")
        assert opens("ada", PASSWORD)

    def test_is_enough_and_the_application_still_gets_in(self, desk: Desk, ada: Actor, tmp_path: Path) -> None:
        only = {"DATABASE_URL": desk.env()["DATABASE_URL"], "DESK_HOME": str(tmp_path)}

        done = command(only, "set-password", "ada", said=f"{NEW}\n")

        assert done.returncode == 0, done.stderr
        session.bind(desk.app_url)
        assert opens("ada", NEW)

    def test_of_the_embedded_desk_is_found(self, tmp_path: Path) -> None:
        home = {"DESK_HOME": str(tmp_path / "desk")}
        try:
            made = command(home, "first-administrator", "ada", "--full-name", "Ada Keys", said=f"{PASSWORD}\n")
            done = command(home, "set-password", "ada", said=f"{NEW}\n")
        finally:
            server.stop(tmp_path / "desk", forget=True)

        assert made.returncode == 0, made.stderr
        assert (done.returncode, done.stdout, done.stderr) == (0, "Ada Keys has a new password.\n", "")
