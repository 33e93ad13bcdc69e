"""The desk's commands, each a process of its own, and answered."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import forked

ROOT = Path(__file__).resolve().parent.parent


def command(desk: Mapping[str, str], *arguments: str, said: str) -> "subprocess.CompletedProcess[str]":
    """Run `python -m core` with *arguments* on the desk that the variables of *desk* name; *said* is its input."""
    return forked.command(arguments, ROOT, _environment(desk), said)


def on_a_terminal(desk: Mapping[str, str], *arguments: str, said: Sequence[str]) -> tuple[int, str]:
    """Answer each prompt in turn, as at a terminal; the exit code, and everything that was seen there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT, env=_environment(desk), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen, answers = "", list(said)
        while part := _read(ours):
            seen += part
            if answers and seen.endswith(": "):
                os.write(ours, f"{answers.pop(0)}\n".encode())
    os.close(ours)
    return process.returncode, seen


def _environment(desk: Mapping[str, str]) -> dict[str, str]:
    """Name this desk and no other, whatever the tests' own environment names."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "DESK_"))}
    return others | dict(desk)


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode()
    except OSError:  # what is at the other end has ended
        return ""
