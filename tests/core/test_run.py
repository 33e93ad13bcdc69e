"""`make run` from an empty folder to the first page, and back to nothing left running."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import psycopg
import pytest

from db import server

ROOT = Path(__file__).resolve().parent.parent.parent


def _environment(home: Path, port: int) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "DESK_"))}
    return clean | {"DESK_HOME": str(home), "PORT": str(port)}


def _start(home: Path, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "core", "run"],
        cwd=ROOT,
        env=_environment(home, port),
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


def _left(processes: list[psutil.Process], *, within: float) -> list[psutil.Process]:
    """Return those that still run after so many seconds; one that only waits for its new parent to notice has ended."""
    still = psutil.wait_procs(processes, timeout=within)[1]
    return [each for each in still if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


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
    assert _left(children, within=0) == []
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


@pytest.mark.slow
def test_after_a_kill_the_next_start_just_works_and_nothing_of_the_killed_one_is_left(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    first = _start(home, port)
    try:
        _read_until(first, "Ctrl-C stops it")
        with psycopg.connect(server.start(home).owner) as owner:
            owner.execute("insert into client (code, name, timezone) values ('KEPT', 'Kept', 'UTC')")
        firsts = psutil.Process(first.pid).children(recursive=True)
        assert firsts, "the pages run in a process of their own"
        first.kill()
        first.wait()

        second = _start(home, port)
        try:
            said = "\n".join(_read_until(second, "Ctrl-C stops it"))
            assert f"http://127.0.0.1:{port}\n" in said, "the address is the same"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as ready:
                assert ready.status == 200
            assert _left(firsts, within=0) == []
            with psycopg.connect(server.start(home).owner) as owner:
                assert owner.execute("select count(*) from client where code = 'KEPT'").fetchone() == (1,)
            seconds = psutil.Process(second.pid).children(recursive=True)
            second.kill()
            second.wait()

            assert _left(seconds, within=30) == [], "the pages end without being told"
            assert server.running(home), "the database is found by the next one who uses it, and ends with that one"
            clients = subprocess.run(
                [sys.executable, "-m", "core", "clients"], cwd=ROOT, env=_environment(home, port),
                capture_output=True, text=True, check=False, timeout=120,
            )  # fmt: skip
            assert "KEPT" in clients.stdout, clients.stderr
            assert not server.running(home)
        finally:
            second.kill()
    finally:
        first.kill()
        server.stop(home, forget=True)
