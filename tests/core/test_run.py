"""`make run` from an empty folder to the first page, and back to nothing left running."""

import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import psycopg
import pytest

from core.access import ROLE_NAMES
from db import server
from tests.commands import command
from tests.conftest import Desk
from tests.installed import HERE, Installation, for_everybody
from tests.served import Served, words


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """The desk where the accounts that root steps down to can read it; for anybody else, where it is."""
    if os.geteuid() != 0:
        yield HERE
        return
    with for_everybody() as installed:
        yield installed


def _environment(home: Path, port: int, addresses: Mapping[str, str] | None = None) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "DESK_"))}
    return {**clean, **(addresses or {}), "DESK_HOME": str(home), "PORT": str(port)}


def _start(
    home: Path, port: int, *, of: Installation = HERE, addresses: Mapping[str, str] | None = None
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(of.python), "-m", "core", "run"],
        cwd=of.code,
        env=_environment(home, port, addresses) | of.environment,
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


def _is_not_roots(pages: psutil.Process, home: Path) -> None:
    """The pages have an account of their own, and it reaches the database's door but none of its files or secrets."""
    account = pwd.getpwuid(pages.uids().real)
    assert set(pages.uids()) == {account.pw_uid} != {0}
    assert set(pages.gids()) == {account.pw_gid}
    status = Path(f"/proc/{pages.pid}/status").read_text()
    assert re.search(r"^Groups:\s*$", status, re.MULTILINE), "no group of root's is left"
    assert pages.environ()["HOME"] == account.pw_dir
    assert (home / "secrets" / "desk_owner").read_text() not in str(pages.environ())
    assert pages.environ()["FORWARDED_ALLOW_IPS"] == "", "nobody's forwarded address is believed unless one is named"
    database = Path(f"/proc/{(home / 'data' / 'postmaster.pid').read_text().split()[0]}")
    assert database.stat().st_uid != account.pw_uid, "whoever breaks into the pages does not meet the database's files"

    def may(*command: str) -> bool:
        return subprocess.run(
            command, cwd=home, user=account.pw_uid, group=account.pw_gid, extra_groups=[], capture_output=True
        ).returncode == 0  # fmt: skip

    assert may("test", "-w", "s/.s.PGSQL.5432")
    for closed in ("secrets/desk_owner", "secrets/desk_app", "data/PG_VERSION", "data/log"):
        assert (home / closed).exists()
        assert not may("cat", closed)


def _left(processes: list[psutil.Process], *, within: float) -> list[psutil.Process]:
    """Return those that still run after so many seconds; one that only waits for its new parent to notice has ended."""
    still = psutil.wait_procs(processes, timeout=within)[1]
    return [each for each in still if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def _ready(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/health/ready", timeout=10) as ready:
        return ready.status == 200


def _address(said: str) -> str:
    return next(word for word in said.split() if word.startswith("http://"))


@pytest.mark.slow
def test_one_command_opens_the_desk_also_after_a_kill_and_ctrl_c_closes_all_of_it(
    tmp_path: Path, installation: Installation
) -> None:
    home = tmp_path / "the desk"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = _start(home, port, of=installation)
        try:
            said = "\n".join(_read_until(desk, "Ctrl-C stops it"))
            address = _address(said)
            assert not address.endswith(f":{port}"), "a port that is taken is left alone"
            for role in ROLE_NAMES.values():
                assert role in said
            [pages] = psutil.Process(desk.pid).children()
            if os.geteuid() == 0:
                assert "root" not in said
                _is_not_roots(pages, home)
            served = Served(int(address.rsplit(":", 1)[1]), tmp_path, desk)
            with served.page(cookie=served.cookies()) as page:
                assert "Password" in words(page.run())
            again = command({"DESK_HOME": str(home)}, "run", said="")
            assert again.returncode == 2
            assert "running already" in again.stderr
            with psycopg.connect(server.start(home).owner) as owner:
                owner.execute("insert into client (code, name, timezone) values ('KEPT', 'Kept', 'UTC')")

            desk.kill()
            desk.wait()
            assert _left([pages], within=30) == [], "the pages end without being told"
            assert server.running(home), "the database is found by the next one who uses it, and ends with that one"
            clients = command({"DESK_HOME": str(home)}, "clients", said="")
            assert "KEPT" in clients.stdout, clients.stderr
            assert not server.running(home)

            desk = _start(home, port, of=installation)
            assert _address("\n".join(_read_until(desk, "Ctrl-C stops it"))) == address, "the address is the same"
            assert _ready(address)
            left = psutil.Process(desk.pid).children(recursive=True)
            desk.send_signal(signal.SIGINT)
            assert desk.wait(60) == 0
            assert not server.running(home)
            assert _left(left, within=0) == []
        finally:
            desk.kill()
            server.stop(home, forget=True)


@pytest.mark.slow
def test_two_desks_started_at_once_answer_at_two_addresses_and_end_what_a_killed_one_left(
    desk: Desk, tmp_path: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    homes = [tmp_path / name for name in ("one", "two")]
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "streamlit"]) as left:
        homes[0].mkdir()
        (homes[0] / "pages").write_text(f"{left.pid} {psutil.Process(left.pid).create_time()}")
        desks = [_start(home, port, addresses=desk.env()) for home in homes]
        try:
            addresses = {_address("\n".join(_read_until(each, "Ctrl-C stops it"))) for each in desks}
            assert len(addresses) == 2
            assert all(_ready(address) for address in addresses)
            assert left.poll() == -signal.SIGTERM
            for each in desks:
                each.send_signal(signal.SIGTERM)
            assert [each.wait(60) for each in desks] == [0, 0]
        finally:
            for each in (*desks, left):
                each.kill()
