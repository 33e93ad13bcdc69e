"""The embedded server: started, found, survived and stopped, wherever its folder lies and whoever starts it."""

import os
import pwd
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from db import server
from db.server import cluster

ROOT = Path(__file__).resolve().parent.parent.parent

# Run by an ordinary user every test of this file is already what these two are about, and there is no becoming another.
# The server refuses to run as root, so only root has to hand it to another account.
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can lay down its rights")


@pytest.fixture
def home(tmp_path: Path):
    """A folder with a blank and a quote in its name, of a length at which a socket still fits or not."""
    folder = tmp_path / "the desk's home"
    yield folder
    server.stop(folder, forget=True)


def _pid(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])


def _user(address: str) -> tuple[str]:
    with psycopg.connect(address) as connection:
        return connection.execute("select current_user").fetchone()


def test_is_started_once_and_found_afterwards(home: Path) -> None:
    first = server.start(home)
    again = server.start(home)
    assert first.started
    assert not again.started
    assert _user(again.app) == ("desk_app",)
    server.stop(home)
    assert not server.running(home)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that nobody else may enter."""
    folder = tmp_path_factory.mktemp("closed")
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module")
def started(closed: Path) -> Iterator[list[server.Addresses]]:
    """What each of four heard that started the server in it at the same moment."""
    with ThreadPoolExecutor(4) as pool:
        yield list(pool.map(lambda _: server.start(closed / "desk"), range(4)))
    server.stop(closed / "desk", forget=True)


@pytest.fixture
def app(started: list[server.Addresses]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(started[0].app, autocommit=True) as connection:
        yield connection


class TestOneThatManyStartAtOnce:
    def test_is_started_by_one_of_them(self, started: list[server.Addresses]) -> None:
        assert [one.started for one in started].count(True) == 1
        assert {one.app for one in started} == {started[0].app}

    @pytest.mark.usefixtures("started")
    def test_leaves_folders_above_closed_and_secrets_the_starters_alone(self, closed: Path) -> None:
        home = closed / "desk"
        assert closed.stat().st_mode & 0o777 == 0o700
        for secret in ("desk_admin", "desk_owner", "desk_app"):
            assert (home / "secrets" / secret).stat().st_mode & 0o777 == 0o600
        assert (home / "data").stat().st_mode & 0o777 == 0o700
        # As root the account of the pages goes through the sockets' folder, and nobody else.
        assert (home / "s").stat().st_mode & 0o777 == (0o710 if os.geteuid() == 0 else 0o700)

    @as_root
    @pytest.mark.usefixtures("started")
    def test_runs_under_an_ordinary_account(self, closed: Path) -> None:
        owner = Path(f"/proc/{_pid(closed / 'desk')}").stat().st_uid
        assert owner != 0
        assert pwd.getpwuid(owner).pw_name in ("mco-desk", "postgres", "nobody")

    def test_asks_every_connection_for_a_password_and_the_application_is_no_superuser(
        self, closed: Path, app: psycopg.Connection
    ) -> None:
        rules = (closed / "desk" / "data" / "pg_hba.conf").read_text()
        methods = {line.split()[-1] for line in rules.splitlines() if line.strip() and not line.startswith("#")}
        assert methods == {"scram-sha-256"}
        for statement in (
            "select * from pg_authid",
            "alter role desk_app superuser",
            "copy (select 1) to program 'id'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)

    def test_logs_nothing_of_what_a_failed_statement_was_about(self, closed: Path, app: psycopg.Connection) -> None:
        app.execute("create temporary table worker (name text primary key)")
        for statement in (
            "select 'Robin Sample'::date",
            "insert into worker values ('Robin'), ('Robin')",
            "do $$ begin raise exception 'Robin Sample'; end $$",
        ):
            with pytest.raises(psycopg.Error):
                app.execute(statement)
        assert "Robin" not in (closed / "desk" / "data" / "log").read_text()


def test_survives_a_kill_and_a_pid_file_that_names_a_stranger(home: Path) -> None:
    server.start(home)
    os.kill(_pid(home), signal.SIGKILL)
    while server.running(home):
        time.sleep(0.02)
    lines = (home / "data" / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (home / "data" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        again = server.start(home)
        assert again.started
        assert _user(again.owner) == ("desk_owner",)
        assert stranger.poll() is None, "the stranger lives"
        server.stop(home)
        assert stranger.poll() is None
        stranger.kill()


def test_the_owner_of_the_server_died_and_the_next_one_finds_it(home: Path) -> None:
    code = "import sys; from pathlib import Path; from db import server; server.start(Path(sys.argv[1])); import os; os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code, str(home)], cwd=ROOT, check=False)
    assert server.running(home)
    addresses = server.start(home)
    assert not addresses.started
    assert _user(addresses.app) == ("desk_app",)


def test_a_path_too_long_for_a_socket_answers_on_loopback_with_a_password(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    try:
        addresses = server.start(home)
        assert "host=127.0.0.1" in addresses.app
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(addresses.app.replace("desk_app:", "desk_app:wrong"))
        assert _user(addresses.app) == ("desk_app",)
    finally:
        server.stop(home, forget=True)


def test_a_broken_language_setting_does_not_stop_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "xx_YY.UTF-8")
    monkeypatch.setenv("LC_ALL", "xx_YY.UTF-8")
    monkeypatch.setenv("PGHOST", "nowhere.example")
    assert server.start(home).started


@as_root
def test_runs_under_the_account_of_an_ordinary_user_and_root_finds_it_later() -> None:
    nobody = pwd.getpwnam("nobody")
    folder = Path(tempfile.mkdtemp(prefix="desk-ordinary-"))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    home = folder / "his desk"
    code = (
        "import os, sys; from pathlib import Path; from db import server; os.setgroups([]);"
        "os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[2])); home = Path(sys.argv[1]);"
        "print(server.start(home).started); server.stop(home); print(server.running(home))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(home), str(nobody.pw_uid), str(nobody.pw_gid)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if "Permission denied" in done.stderr and str(ROOT) in done.stderr:
            # Its code and its Python lie there: whoever may not read them cannot start anything from it.
            pytest.skip("the project lies in a folder that no other user may enter")
        assert done.stdout.split() == ["True", "False"], done.stderr
        assert _user(server.start(home).app) == ("desk_app",)
        assert Path(f"/proc/{_pid(home)}").stat().st_uid == nobody.pw_uid
    finally:
        server.stop(home, forget=True)
        folder.rmdir()


def test_the_last_one_who_uses_it_stops_it(home: Path) -> None:
    with server.used(home) as first:
        with server.used(home) as second:
            assert (first.started, second.started) == (True, False)
        assert server.running(home)
        assert _user(first.app) == ("desk_app",)
    assert not server.running(home)


def test_leaving_first_does_not_take_it_from_the_others(home: Path) -> None:
    first, second = server.used(home), server.used(home)
    first.__enter__()
    address = second.__enter__().app
    first.__exit__(None, None, None)
    assert _user(address) == ("desk_app",)
    second.__exit__(None, None, None)
    assert not server.running(home)


def test_two_homes_run_at_once_and_know_nothing_of_each_other(home: Path, tmp_path: Path) -> None:
    with server.used(home) as one, server.used(tmp_path / "another, with a comma") as other:
        assert one.started
        assert other.started
        assert _user(one.app) == _user(other.app) == ("desk_app",)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(other.app.replace(other.app.split("@")[0], one.app.split("@")[0]))


def test_a_folder_with_other_things_in_it_is_neither_taken_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter").write_text("dear")
    mode = tmp_path.stat().st_mode
    for act in (server.start, lambda home: server.stop(home, forget=True)):
        with pytest.raises(server.NotADesk):
            act(tmp_path)
    assert (tmp_path / "data" / "letter").read_text() == "dear"
    assert tmp_path.stat().st_mode == mode


def test_a_lost_settings_file_loses_no_data(home: Path) -> None:
    with psycopg.connect(server.start(home).owner, autocommit=True) as owner:
        owner.execute("create table kept (n int)")
    server.stop(home)
    (home / "data" / "desk.conf").unlink()
    with psycopg.connect(server.start(home).owner) as owner:
        assert owner.execute("select count(*) from kept").fetchone() == (0,)


GATE = "recovered"
"""The file in the server's data that lets its recovery end."""


def recover(home: Path, until: str) -> None:
    """Have the next start of the server in *home* recover from an archive that behaves as the shell words *until* say."""
    server.start(home)
    server.stop(home)
    with open(home / "data" / "postgresql.conf", "a") as settings:
        settings.write(f"restore_command = '{until}'\nhot_standby = off\n")  # nobody is let in before it is over
    (home / "data" / "recovery.signal").touch()


class TestARecoveryThatTakesLong:
    def test_is_waited_for_and_told_of_as_long_as_the_server_says_that_it_starts(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A thousand times as fast: the recovery takes twice as long as a silent server would be given."""
        recover(home, f"until [ -e {GATE} ]; do sleep 0.02; done; false")
        began = time.monotonic()

        def hurried() -> float:
            return (time.monotonic() - began) * 1000

        monkeypatch.setattr(server, "monotonic", hurried)
        said: list[str] = []

        def say(line: str) -> None:
            said.append(line)
            if hurried() > 2 * server.PATIENCE:
                (home / "data" / GATE).touch()

        addresses = server.start(home, say=say)

        assert addresses.started
        assert _user(addresses.app) == ("desk_app",)
        assert len(said) > 5, "one line every half minute"
        assert all("recovers what was written last" in line for line in said)
        assert re.search(r": (2\d|[3-9]\d|\d{3}) min so far", said[-1]), said[-1]
        assert "archive recovery complete" in (home / "data" / "log").read_text()

    def test_that_ends_with_the_servers_death_is_given_up_with_one_sentence(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recover(home, "sleep 0.5; exit 200")
        monkeypatch.setattr(cluster, "COMES_WITHIN", 1)

        with pytest.raises(server.ServerDidNotStart) as gave_up:
            server.start(home)

        assert str(gave_up.value) == f"The embedded PostgreSQL did not start. Its log: {home / 'data' / 'log'}"
        assert not server.running(home)
        assert (home / "data" / "log").read_text().count("startup process failure") == server.LAUNCHES

    def test_is_found_under_way_by_a_second_start_which_waits_too(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever launched it was killed; the server recovers on, and is not launched again."""
        recover(home, f"until [ -e {GATE} ]; do sleep 0.02; done; false")
        here = cluster.Cluster(home.resolve())
        here.launch()
        while here.answer() is not cluster.Answer.STARTING:
            time.sleep(0.02)
        leader = here.postmaster()
        monkeypatch.setattr(server, "SAY_AFTER", 0)

        addresses = server.start(home, say=lambda _: (home / "data" / GATE).touch())

        assert not addresses.started
        assert here.postmaster() == leader
