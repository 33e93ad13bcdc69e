"""The command line works on the same desk: given addresses, or an embedded server that it starts and stops."""

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from core import jobs
from db import server
from tests import factories

ROOT = Path(__file__).resolve().parent.parent.parent


def _clean() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "DESK_"))}


def _core(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        env=_clean() | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _starting(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        env=_clean() | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_lists_the_clients_of_the_database_it_is_pointed_to(desk) -> None:
    factories.client("ACME")
    done = _core("clients", "--json", **desk.env())
    assert done.returncode == 0, done.stderr
    assert [row["code"] for row in json.loads(done.stdout)] == ["ACME"]


def test_starts_the_embedded_server_where_none_is_named_and_stops_what_it_started(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    try:
        done = _core("clients", "--json", DESK_HOME=str(home))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == []
        assert not server.running(home)
    finally:
        server.stop(home, forget=True)


def test_tells_whoever_waits_that_the_database_recovers_and_keeps_the_answer_clean(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    server.start(home)
    server.stop(home)
    with open(home / "data" / "postgresql.conf", "a") as settings:
        settings.write("restore_command = 'until [ -e recovered ]; do sleep 0.02; done; false'\n")
    (home / "data" / "recovery.signal").touch()
    try:
        with _starting("clients", "--json", DESK_HOME=str(home)) as asked:
            assert asked.stdout is not None
            assert asked.stderr is not None
            told = asked.stderr.readline()
            (home / "data" / "recovered").touch()
            answer = asked.stdout.read()
    finally:
        server.stop(home, forget=True)
    assert told.startswith("The database was not closed cleanly and recovers what was written last: ")
    assert json.loads(answer) == []
    assert asked.returncode == 0


def test_leaves_a_server_running_that_it_found_running(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    try:
        server.start(home)
        assert _core("migrate", DESK_HOME=str(home)).returncode == 0
        assert server.running(home)
    finally:
        server.stop(home, forget=True)


def test_an_owner_alone_is_enough_the_application_gets_a_role_of_its_own(tmp_path: Path) -> None:
    # On a server of its own: the application's role belongs to the whole server, and other tests use theirs.
    elsewhere = server.start(tmp_path / "server")
    try:
        done = _core(
            "clients",
            "--json",
            DATABASE_URL=elsewhere.admin.replace("/postgres?", "/desk?"),
            DESK_HOME=str(tmp_path / "d"),
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "d" / "secrets" / "desk_app").stat().st_mode & 0o777 == 0o600
    finally:
        server.stop(tmp_path / "server", forget=True)


def test_a_word_it_does_not_know_is_one_sentence_and_two() -> None:
    done = _core("dance")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_reset_forgets_the_desk_only_when_told_yes(tmp_path: Path) -> None:
    home = tmp_path / "desk"
    server.start(home)
    try:
        asked = subprocess.run(
            [sys.executable, "-m", "core", "reset"], cwd=ROOT, env=os.environ | {"DESK_HOME": str(home)}, input="no\n",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert asked.returncode == 1
        assert server.running(home)
        assert _core("reset", "--yes", DESK_HOME=str(home)).returncode == 0
        assert not home.exists()
    finally:
        server.stop(home, forget=True)


def test_reset_refuses_a_server_of_ones_own(desk) -> None:
    done = _core("reset", "--yes", **desk.env())
    assert done.returncode == 2
    assert "server of your own" in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence_without_its_address(tmp_path: Path) -> None:
    done = _core("clients", DATABASE_URL="postgresql://someone:hidden@127.0.0.1:1/desk", DESK_HOME=str(tmp_path / "d"))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hidden" not in done.stderr


def test_a_folder_that_is_no_desk_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear")
    for words in (("clients",), ("reset", "--yes")):
        done = _core(*words, DESK_HOME=str(tmp_path))
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
    assert (tmp_path / "letter").read_text() == "dear"


def test_a_worker_of_its_own_does_what_waits_and_takes_its_leave(desk) -> None:
    factories.claim(factories.client())

    async def ask() -> None:
        async with jobs.opened() as app:
            await app.tasks["fold_facts"].defer_async(timestamp=0)

    asyncio.run(ask())
    give_up = time.monotonic() + 60
    with desk.owner() as db, _starting("worker", **desk.env()) as worker:
        try:
            while db.execute("select count(*) from fact_delta").fetchone() != (0,):
                assert worker.poll() is None, worker.communicate()
                assert time.monotonic() < give_up, "the job is not done"
                time.sleep(0.1)
        finally:
            worker.terminate()
            said, complained = worker.communicate(timeout=60)
        assert (worker.returncode, complained) == (0, "")
        assert "Doing the desk's jobs." in said
        assert db.execute("select count(*) from procrastinate_workers").fetchone() == (0,)
