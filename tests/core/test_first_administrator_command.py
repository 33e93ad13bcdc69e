"""`python -m core first-administrator`: how a desk of one's own gets its first person."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from core import instant, staff
from core.access import Role
from tests import factories
from tests.conftest import Desk

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
ADA = ("ada", "--full-name", "Ada Keys")


def command(desk: Desk, *arguments: str, said: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "core", "first-administrator", *arguments],
        cwd=ROOT, env=os.environ | desk.env(), input=said, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def on_a_terminal(desk: Desk, *arguments: str, said: Sequence[str]) -> tuple[int, str]:
    """Answer each prompt in turn, as at a terminal; the exit code, and everything that was seen there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "core", "first-administrator", *arguments],
        cwd=ROOT, env=os.environ | desk.env(), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen, answers = "", list(said)
        while part := _read(ours):
            seen += part
            if answers and seen.endswith(": "):
                os.write(ours, f"{answers.pop(0)}\n".encode())
    os.close(ours)
    return process.returncode, seen


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode()
    except OSError:  # what is at the other end has ended
        return ""


def role_of(name: str, password: str = PASSWORD) -> tuple[Role, str]:
    at = instant.now()
    ticket = staff.sign_in(name=name, password=password, address="192.0.2.1", browser="a browser", at=at)
    person = staff.who(staff.redeem(ticket, browser="a browser", address="192.0.2.1", at=at), at=at)
    assert person is not None
    return person.role, person.timezone


def test_takes_the_password_from_a_line_of_standard_input(desk: Desk) -> None:
    done = command(desk, *ADA, "--timezone", "America/Denver", said=f"{PASSWORD}\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "Ada Keys can sign in as ada and adds everybody else, on the page People.\n"
    assert role_of("ada") == (Role.ADMINISTRATOR, "America/Denver")


def test_asks_twice_on_a_terminal_and_shows_neither(desk: Desk) -> None:
    code, seen = on_a_terminal(desk, *ADA, said=(PASSWORD, PASSWORD))

    assert code == 0, seen
    assert PASSWORD not in seen
    assert role_of("ada") == (Role.ADMINISTRATOR, "America/Chicago")


def test_two_that_differ_make_nobody(desk: Desk) -> None:
    code, seen = on_a_terminal(desk, *ADA, said=(PASSWORD, "another one typed"))

    assert code == 2
    assert "The new password was not typed the same both times." in seen
    with pytest.raises(staff.WrongSignIn):
        role_of("ada")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("short\n", "A password has at least 12 characters."), ("", "A password has at least 12 characters.")],
)
def test_refuses_in_one_sentence(desk: Desk, said: str, sentence: str) -> None:
    done = command(desk, *ADA, said=said)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_where_somebody_works_the_page_is_named_instead(desk: Desk) -> None:
    factories.staff(Role.VA)

    done = command(desk, *ADA, said=f"{PASSWORD}\n")

    assert done.returncode == 2
    assert done.stderr == "Somebody works here already: an administrator adds people, on the page People.\n"
