"""The command line works on the same desk: given addresses, or an embedded server that it starts and stops."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core import jobs
from core.desk import NoApplicationAddress, NotTheOwner, SchemaTooNew, SchemaTooOld
from db import migrate, server
from tests import factories, loops
from tests.commands import command

ROOT = Path(__file__).resolve().parent.parent.parent


def _clean() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "DESK_"))}


def _core(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return command(environment, *arguments, said="")


def _anew(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command from the interpreter on, as whoever operates the machine does."""
    with _starting(*arguments, **environment) as process:
        said, complained = process.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, process.returncode, said, complained)


def _starting(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        env=_clean() | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an embedded desk that has no clients; each test here finds it made already, or not yet."""
    folder = tmp_path_factory.mktemp("embedded") / "desk"
    yield folder
    server.stop(folder, forget=True)


@pytest.fixture
def home(embedded: Path) -> Path:
    """The same with nobody running it."""
    server.stop(embedded)
    return embedded


def test_lists_the_clients_of_the_database_it_is_pointed_to(desk) -> None:
    factories.client("ACME")
    done = _anew("clients", "--json", **desk.env())
    assert done.returncode == 0, done.stderr
    assert [row["code"] for row in json.loads(done.stdout)] == ["ACME"]


def test_starts_the_embedded_server_where_none_is_named_and_stops_what_it_started(home: Path) -> None:
    done = _core("clients", "--json", DESK_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert not server.running(home)


def test_tells_whoever_waits_that_the_database_recovers_and_keeps_the_answer_clean(home: Path) -> None:
    server.start(home)
    server.stop(home)
    with open(home / "data" / "postgresql.conf", "a") as settings:
        settings.write("restore_command = 'until [ -e recovered ]; do sleep 0.02; done; false'\n")
    (home / "data" / "recovery.signal").touch()
    with _starting("clients", "--json", DESK_HOME=str(home)) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        progress = done.stderr.readline()
        (home / "data" / "recovered").touch()
        answer = done.stdout.read()
    assert progress.startswith("The database was not closed cleanly and recovers what was written last: ")
    assert json.loads(answer) == []
    assert done.returncode == 0


def test_leaves_a_server_running_that_it_found_running(home: Path) -> None:
    server.start(home)
    assert _core("migrate", DESK_HOME=str(home)).returncode == 0
    assert server.running(home)


class Elsewhere:
    """A server, seen by its administrator."""

    def __init__(self, admin: str) -> None:
        self.admin = admin

    def database(self, name: str) -> str:
        """Make an empty database; the administrator's address of it."""
        with psycopg.connect(self.admin, autocommit=True) as db:
            db.execute(f"create database {name}".encode())
        return self.admin.replace("/postgres?", f"/{name}?")

    def password(self) -> str | None:
        """What the server keeps of the application's password; None where there is no such role."""
        with psycopg.connect(self.admin) as db:
            row = db.execute("select rolpassword from pg_authid where rolname = 'desk_app'").fetchone()
        return row[0] if row else None

    def without_the_role(self) -> None:
        """Take the application's role away, with all that it was granted."""
        with psycopg.connect(self.admin, autocommit=True) as db:
            names = db.execute("select datname from pg_database where datallowconn").fetchall()
        for (name,) in names:
            with psycopg.connect(self.admin.replace("/postgres?", f"/{name}?"), autocommit=True) as db:
                db.execute("drop owned by desk_app")
        with psycopg.connect(self.admin, autocommit=True) as db:
            db.execute("drop role desk_app")


@pytest.fixture(scope="class")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A server of one's own: the application's role belongs to the whole server, and other tests use theirs."""
    home = tmp_path_factory.mktemp("elsewhere") / "server"
    yield Elsewhere(server.start(home).admin)
    server.stop(home, forget=True)


class TestAnOwnersAddressAlone:
    def test_changes_no_password_of_a_role_that_exists(self, elsewhere: Elsewhere, tmp_path: Path) -> None:
        before = elsewhere.password()
        address = elsewhere.database("kept")

        assert _core("migrate", DATABASE_URL=address, DESK_HOME=str(tmp_path)).returncode == 0
        done = _core("clients", DATABASE_URL=address, DESK_HOME=str(tmp_path))

        assert (done.returncode, done.stderr) == (2, f"{NoApplicationAddress()}\n")
        assert elsewhere.password() == before
        assert not (tmp_path / "secrets").exists()

    @pytest.mark.parametrize("first", ["migrate", "clients"])
    def test_is_enough_where_there_is_no_such_role_yet(self, elsewhere: Elsewhere, tmp_path: Path, first: str) -> None:
        elsewhere.without_the_role()
        variables = {"DATABASE_URL": elsewhere.database(f"new_{first}"), "DESK_HOME": str(tmp_path)}

        assert _core(first, **variables).returncode == 0
        assert (tmp_path / "secrets" / "desk_app").stat().st_mode & 0o777 == 0o600
        made = elsewhere.password()
        assert _core("clients", **variables).returncode == 0
        assert elsewhere.password() == made

    def test_with_a_password_that_was_changed_elsewhere_is_one_sentence(
        self, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        (tmp_path / "secrets").mkdir()
        (tmp_path / "secrets" / "desk_app").write_text("of long ago")
        done = _core("clients", DATABASE_URL=elsewhere.database("changed"), DESK_HOME=str(tmp_path))

        assert (done.returncode, done.stderr) == (
            2, "The database does not accept the name or the password in DATABASE_URL_APP.\n",
        )  # fmt: skip


class TestWhatIsMissing:
    """Each is one sentence, without an address."""

    def sentence(self, *words: str, **variables: str) -> str:
        done = _core(*words, **variables)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr.removesuffix("\n")

    @pytest.mark.parametrize("setting", ["DATABASE_URL", "DATABASE_URL_APP"])
    def test_is_the_right_password(self, desk, setting: str) -> None:
        wrong = desk.env() | {setting: desk.owner_url.set(password="hidden").render_as_string(hide_password=False)}
        assert (
            self.sentence("clients", **wrong) == f"The database does not accept the name or the password in {setting}."
        )

    @pytest.mark.parametrize("setting", ["DATABASE_URL", "DATABASE_URL_APP"])
    def test_is_the_database(self, desk, setting: str) -> None:
        wrong = desk.env() | {setting: desk.owner_url.set(database="nowhere").render_as_string(hide_password=False)}
        assert self.sentence("clients", **wrong) == (
            f"The server has no database of the name in {setting}: create it first."
        )

    @pytest.mark.parametrize("setting", ["DATABASE_URL", "DATABASE_URL_APP"])
    @pytest.mark.parametrize("address", ["", "the server in the cellar", "postgresql://a@b:port/c"])
    def test_is_an_address(self, desk, setting: str, address: str) -> None:
        assert self.sentence("clients", **desk.env() | {setting: address}) == (
            f"{setting} cannot be read: write it as postgresql://name:password@host/database."
        )

    @pytest.mark.parametrize("word", ["migrate", "clients", "worker", "run"])
    def test_is_a_newer_version_of_the_desk(self, desk, tmp_path: Path, word: str) -> None:
        with desk.owner() as db:
            db.execute("update alembic_version set version_num = '9999_to_come'")
        assert self.sentence(word, **desk.env(), DESK_HOME=str(tmp_path)).splitlines()[-1] == str(SchemaTooNew())

    @pytest.mark.parametrize("word", ["migrate", "clients"])
    def test_is_that_rows_do_not_fit(self, desk, word: str) -> None:
        client = factories.client()
        claim = factories.claim(client)
        migrate.downgrade(desk.owner_url, "0032_told_by_hand")
        with desk.owner() as db:
            db.execute("update claim set flags = '{unheard_of}'")
        assert self.sentence(word, **desk.env()) == (
            "The database is not migrated: 1 row of claim does not hold the check claim_flags_known:"
            f" client_id {client} claim_id {claim}. Nothing was changed by this migration. Correct these rows in the"
            " owner's role, as db/schema.sql says under the check's name, and migrate again."
        )

    def test_is_a_migration(self, desk) -> None:
        migrate.downgrade(desk.owner_url, "-1")
        variables = {"DATABASE_URL_APP": desk.env()["DATABASE_URL_APP"]}
        assert self.sentence("clients", **variables) == str(SchemaTooOld())

    def test_is_the_owner(self, desk) -> None:
        migrate.downgrade(desk.owner_url, "-1")
        app = desk.env()["DATABASE_URL_APP"]
        assert self.sentence("migrate", DATABASE_URL_APP=app) == str(NotTheOwner())
        assert self.sentence("migrate", DATABASE_URL=app, DATABASE_URL_APP=app) == (
            "The role in DATABASE_URL may not do this: it must own the desk's tables."
        )


MISLEADING = {
    "PGPORT": "1", "PGHOST": "nowhere.example", "PGHOSTADDR": "192.0.2.1", "PGSERVICE": "elsewhere", "PGUSER": "nobody",
    "PGDATABASE": "elsewhere", "PGOPTIONS": "-c default_transaction_read_only=on -c search_path=elsewhere",
    "PGTARGETSESSIONATTRS": "standby", "PGCLIENTENCODING": "SQL_ASCII", "PGTZ": "Asia/Tokyo", "PGSERVICEFILE": "/nowhere",
}  # fmt: skip


class TestAnEnvironmentForSomethingElse:
    def test_does_not_mislead_the_embedded_desk(self, home: Path) -> None:
        guarded = {"PGSSLMODE": "verify-full", "PGREQUIREAUTH": "gss", "PGPASSWORD": "x", "PGCHANNELBINDING": "require"}
        done = _anew("clients", "--json", DESK_HOME=str(home), **MISLEADING, **guarded)
        assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr

    def test_does_not_mislead_a_command_that_was_given_addresses(self, desk) -> None:
        factories.client("ACME")
        done = _anew("clients", "--json", **desk.env(), **MISLEADING)
        assert done.returncode == 0, done.stderr
        assert [row["code"] for row in json.loads(done.stdout)] == ["ACME"]

    def test_may_prove_oneself_to_a_server_of_ones_own(self, desk) -> None:
        variables = {
            "DATABASE_URL_APP": desk.app_url._replace(password=None).render_as_string(),
            "PGPASSWORD": desk.app_url.password,
        }
        done = _core("clients", "--json", **variables)
        assert done.returncode == 0, done.stderr


def test_a_word_it_does_not_know_is_one_sentence_and_two() -> None:
    done = _anew("dance")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_reset_forgets_the_desk_only_when_told_yes(home: Path) -> None:
    server.start(home)
    done = subprocess.run(
        [sys.executable, "-m", "core", "reset"], cwd=ROOT, env=os.environ | {"DESK_HOME": str(home)}, input="no\n",
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert server.running(home)
    assert _core("reset", "--yes", DESK_HOME=str(home)).returncode == 0
    assert not home.exists()


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

    loops.run(ask())
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
