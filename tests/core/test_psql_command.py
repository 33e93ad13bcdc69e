"""`python -m core psql`: the application's own view, and no password where every user of the machine reads it."""

import argparse
import subprocess
from typing import Any

import pytest

from core.command import psql
from db import session


@pytest.fixture
def started(desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What psql was started with: its arguments and its environment."""
    seen: dict[str, Any] = {}

    def run(command: list[str], **more: Any) -> "subprocess.CompletedProcess[bytes]":
        seen.update(more, command=command)
        return subprocess.CompletedProcess(command, 0)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", run)
        psql.run(argparse.Namespace())
    return seen


def test_keeps_the_password_out_of_the_list_of_processes(started: dict[str, Any]) -> None:
    password = session.engine().url.password

    assert password
    assert not [part for part in started["command"] if password in part]


def test_opens_the_database_in_the_role_of_the_application(started: dict[str, Any]) -> None:
    command = [*started["command"], "-X", "-A", "-t", "-c", "select current_user"]

    answer = subprocess.run(command, env=started["env"], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "desk_app"
