"""`python -m core first-administrator`: how a desk of one's own gets its first person."""

import pytest

from core import instant, staff
from core.access import Role
from tests import factories
from tests.commands import command, on_a_terminal
from tests.conftest import Desk

TOO_SHORT = str(staff.TooShort())

PASSWORD = "correct horse battery"
ADA = ("first-administrator", "ada", "--full-name", "Ada Keys")


def role_of(name: str, password: str = PASSWORD) -> tuple[Role, str]:
    at = instant.now()
    ticket = staff.sign_in(name=name, password=password, address="192.0.2.1", browser="a browser", at=at)
    person = staff.who(staff.redeem(ticket, browser="a browser", address="192.0.2.1", at=at), at=at)
    assert person is not None
    return person.role, person.timezone


def test_takes_the_password_from_a_line_of_standard_input(desk: Desk) -> None:
    done = command(desk.env(), *ADA, "--timezone", "America/Denver", said=f"{PASSWORD}\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "Ada Keys can sign in as ada and adds everybody else, on the page People.\n"
    assert role_of("ada") == (Role.ADMINISTRATOR, "America/Denver")


def test_asks_twice_on_a_terminal_and_shows_neither(desk: Desk) -> None:
    code, seen = on_a_terminal(desk.env(), *ADA, said=(PASSWORD, PASSWORD))

    assert code == 0, seen
    assert PASSWORD not in seen
    assert role_of("ada") == (Role.ADMINISTRATOR, "America/Chicago")


def test_two_that_differ_make_nobody(desk: Desk) -> None:
    code, seen = on_a_terminal(desk.env(), *ADA, said=(PASSWORD, "another one typed"))

    assert code == 2
    assert "The new password was not typed the same both times." in seen
    with pytest.raises(staff.WrongSignIn):
        role_of("ada")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("short\n", TOO_SHORT), ("", TOO_SHORT)],
)
def test_refuses_in_one_sentence(desk: Desk, said: str, sentence: str) -> None:
    done = command(desk.env(), *ADA, said=said)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_where_somebody_works_the_page_is_named_instead(desk: Desk) -> None:
    factories.staff(Role.VA)

    done = command(desk.env(), *ADA, said=f"{PASSWORD}\n")

    assert done.returncode == 2
    assert done.stderr == "Somebody works here already: an administrator adds people, on the page People.\n"
