"""`make run` from an empty folder to the first page, and back to nothing left running."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from db import server

ROOT = Path(__file__).resolve().parent.parent.parent


def _start(home: Path, port: int) -> "subprocess.Popen[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "DESK_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "core", "run"],
        cwd=ROOT,
        env=environment | {"DESK_HOME": str(home), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _read_until(desk: "subprocess.Popen[str]", word: str) -> list[str]:
    assert desk.stdout is not None
    lines = []
    for line in desk.stdout:
        lines.append(line.rstrip())
        if word in line:
            return lines
    pytest.fail("The desk ended before it said " + repr(word) + ":\n" + "\n".join(lines))


@pytest.mark.slow
def test_one_command_opens_the_desk_and_a_signal_closes_all_of_it(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = _start(home, port)
        try:
            said = "\n".join(_read_until(desk, "Ctrl-C stops it"))
            address = next(word for word in said.split() if word.startswith("http://"))
            assert not address.endswith(f":{port}"), "a port that is taken is left alone"
            for role in (
                "Virtual assistant",
                "Supervisor",
                "Clinical staff",
                "Account executive",
                "Compliance",
                "Administrator",
            ):
                assert role in said
            with urllib.request.urlopen(address, timeout=10) as page:
                assert page.status == 200
            second = subprocess.run(
                [sys.executable, "-m", "core", "run"], cwd=ROOT, env=os.environ | {"DESK_HOME": str(home)},
                capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            assert second.returncode == 2
            assert "running already" in second.stderr
            children = psutil.Process(desk.pid).children(recursive=True)
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.wait(60)
    assert desk.returncode == 0
    assert not server.running(home)
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    server.stop(home, forget=True)


@pytest.mark.slow
def test_two_desks_started_at_the_same_moment_answer_at_two_addresses(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    homes = [tmp_path / "one", tmp_path / "two"]
    desks = [_start(home, port) for home in homes]
    try:
        said = ["\n".join(_read_until(desk, "Ctrl-C stops it")) for desk in desks]
        addresses = {next(word for word in text.split() if word.startswith("http://")) for text in said}
        assert len(addresses) == 2
        for address in addresses:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=10) as ready:
                assert ready.status == 200
        assert [desk.poll() for desk in desks] == [None, None]
    finally:
        for desk in desks:
            desk.send_signal(signal.SIGTERM)
        for desk in desks:
            desk.wait(60)
        for home in homes:
            server.stop(home, forget=True)
