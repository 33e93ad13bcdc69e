"""One installation of the embedded server: its folders, its account and its processes."""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from db.server import accounts
from db.server.programs import binaries, environment


class Answer(IntEnum):
    """What pg_isready says of a server, by its exit code."""

    READY = 0
    STARTING = 1
    NOBODY = 2


COMES_WITHIN = 5
"""Seconds within which a server that was launched is seen, if it lives."""

_SOCKET_LIMIT = 107
_PORT = 5432
_LOCKS = {"lock", "use", "borrowed", "run.lock", "pages", "secrets"}


class NotADesk(RuntimeError):
    """The folder holds other things already and no desk."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} holds other things already. Name an empty folder in DESK_HOME.")


class Cluster:
    """
    The embedded server whose folder is *home*: `data` of PostgreSQL's, sockets in `s`, passwords in `secrets`.

    `keeper` is the account that runs it and `pages` the one that may reach its socket; both None unless we are root.

    :raises NoOrdinaryAccount: if we are root and the machine has no other account.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.sockets = home / "s"
        self.secrets = home / "secrets"
        self.log = home / "data" / "log"
        self.keeper = accounts.for_server(self.data)
        self.pages = accounts.for_pages()
        # A comma separates hosts for whoever connects.
        self.by_socket = len(os.fsencode(f"{self.sockets}/.s.PGSQL.{_PORT}")) <= _SOCKET_LIMIT and "," not in str(home)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who starts or stops here."""
        with open(self.home / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def lay_out(self) -> None:
        """
        Make what is missing: folders, secrets, the cluster and its settings.

        :raises NotADesk: where something else lies in the folder: a desk is forgotten as a whole folder.
        """
        self.require_ours()
        self.home.chmod(0o711 if self.keeper else 0o700)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        for name in ("desk_admin", "desk_owner", "desk_app"):
            if not (self.secrets / name).exists():
                descriptor = os.open(self.secrets / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with open(descriptor, "w") as file:
                    file.write(secrets.token_urlsafe(24))
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)
        if self.keeper and self.pages:  # who may reach the socket, is said by its folder
            os.chown(self.sockets, self.keeper.uid, self.pages.gid)
            self.sockets.chmod(0o710)
        if not (self.secrets / "founded").exists() and not (self.data / "desk.conf").exists():
            self._make_cluster()

    def require_ours(self) -> None:
        """Refuse a folder in which other things lie and no desk."""
        ours = any((self.secrets / name).exists() for name in ("desk_admin", "desk_app"))
        if not ours and not set(os.listdir(self.home)) <= _LOCKS:
            raise NotADesk(self.home)

    def _make_cluster(self) -> None:
        for left in self.data.iterdir():  # an earlier first start was cut short
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        password = self.sockets / "password"
        password.touch(mode=0o600)
        password.write_text(self._secret("desk_admin"))
        self._hand_over(password)
        try:
            self._run(
                "initdb", "-D", "{home}/data", "-U", "desk_admin", "-E", "UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth=scram-sha-256",
                "--pwfile={home}/s/password", "--no-instructions",
            )  # fmt: skip
        finally:
            password.unlink()
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write("\ninclude_if_exists = 'desk.conf'\n")
        self._settings(_PORT)

    def _settings(self, port: int) -> None:
        """Write the server's settings. It works in its data: sockets named from there need no quoting."""
        shared = min(psutil.virtual_memory().total // 4, 2 << 30) >> 20
        sockets = "../s" if self.by_socket else ""
        settings = self.data / "desk.conf"
        settings.write_text(
            f"port = {port}\nlisten_addresses = '{'' if self.by_socket else '127.0.0.1'}'\n"
            f"unix_socket_directories = '{sockets}'\nunix_socket_permissions = {'0777' if self.pages else '0700'}\n"
            f"shared_buffers = {shared}MB\nmax_wal_size = 2GB\nrandom_page_cost = 1.1\njit = off\n"
            "max_connections = 200\n"
            # What a statement failed on is quoted in the error, in its detail and its context: none of it is logged.
            "log_min_messages = log\nlog_min_error_statement = panic\nlog_parameter_max_length_on_error = 0\n"
            "lc_messages = 'C'\n"
        )
        settings.chmod(0o600)
        self._hand_over(settings)

    def launch(self) -> None:
        """Start the server. What a dead one left behind is cleared away: its pid file may name a stranger by now."""
        for left in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        port = _PORT if self.by_socket else _free_port()
        self._settings(port)
        self._run("postgres", "-D", "{home}/data", log="{home}/data/log")
        self._launched = time.monotonic()

    def gave_up(self) -> bool:
        """Tell whether a server that was launched is gone again, after time enough to see it come."""
        return time.monotonic() - self._launched > COMES_WITHIN

    def answer(self) -> Answer:
        """Ask the server whether it takes connections."""
        if not self.by_socket and self._port() is None:
            return Answer.NOBODY
        host = str(self.sockets) if self.by_socket else "127.0.0.1"
        if not self.by_socket and not self.lived_in():
            return Answer.NOBODY  # whoever answers on that port is a stranger
        command = [str(binaries() / "pg_isready"), "-q", "-h", host, "-p", str(self._port() or _PORT), "-t", "5"]
        done = subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return Answer(done.returncode)

    def _port(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().splitlines()[3])
        return None

    def postmaster(self) -> int | None:
        """The process that leads the server here, if it lives."""
        with contextlib.suppress(OSError, ValueError, IndexError, psutil.Error):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if psutil.Process(pid).cwd() == str(self.data):
                return pid
        return None

    def lived_in(self) -> bool:
        """Tell whether a living process works in the data. A pid file may name the dead, or a stranger."""
        for process in psutil.process_iter(["status"]):
            with contextlib.suppress(psutil.Error):
                if process.info["status"] != psutil.STATUS_ZOMBIE and process.cwd() == str(self.data):
                    return True
        return False

    def halt(self) -> None:
        """End the server, open connections included, and wait until it has gone."""
        signalled = None
        end = time.monotonic() + 60
        while self.lived_in() and time.monotonic() < end:
            if (pid := self.postmaster()) not in (None, signalled):
                signalled = pid
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT)  # a fast shutdown
            time.sleep(0.02)

    def create_roles_and_database(self) -> None:
        """Make the roles of owner and application and the desk's database; later calls do nothing."""
        if (self.secrets / "founded").exists():
            return
        with psycopg.connect(self.address("desk_admin", "postgres"), autocommit=True) as admin:
            for role in ("desk_owner", "desk_app"):
                if admin.execute("select from pg_roles where rolname = %s", (role,)).fetchone() is None:
                    admin.execute(
                        sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole {} password {}").format(
                            sql.Identifier(role),
                            sql.SQL("createdb" if role == "desk_owner" else "nocreatedb"),
                            sql.Literal(self._secret(role)),
                        )
                    )
            # Otherwise the eleventh call of a query may be many times slower than the tenth.
            admin.execute("alter role desk_app set plan_cache_mode = force_custom_plan")
            admin.execute("alter role desk_app set statement_timeout = '30s'")
            admin.execute("alter role desk_app set idle_in_transaction_session_timeout = '5min'")
            if admin.execute("select from pg_database where datname = 'desk'").fetchone() is None:
                admin.execute("create database desk owner desk_owner")
            admin.execute("revoke all on database desk from public")
            admin.execute("grant connect, temporary on database desk to desk_app")
        (self.secrets / "founded").touch(mode=0o600)

    def address(self, role: str, database: str = "desk") -> str:
        """The address of *database* for *role*."""
        # On loopback a stranger may have taken the port of a dead server: he must prove that he knows the password too.
        where = (
            f"host={quote(str(self.sockets), safe='')}&port={_PORT}"
            if self.by_socket
            else f"host=127.0.0.1&port={self._port()}&require_auth=scram-sha-256"
        )
        return f"postgresql://{role}:{self._secret(role)}@/{database}?{where}"

    def _secret(self, role: str) -> str:
        return (self.secrets / role).read_text()

    def _hand_over(self, path: Path) -> None:
        if self.keeper:
            os.chown(path, self.keeper.uid, self.keeper.gid)

    @contextlib.contextmanager
    def _home(self) -> Iterator[tuple[str, int | None]]:
        """
        Yield how the server's account names this home.

        As root, folders above may be closed to that account, and they stay so: it is handed an open directory and
        reaches everything through that.
        """
        if not self.keeper:
            yield str(self.home), None
            return
        descriptor = os.open(self.home, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", descriptor
        finally:
            os.close(descriptor)

    def _run(self, program: str, *arguments: str, log: str = "") -> None:
        """
        Run *program* to its end; with *log* leave it running on its own, in a session that no Ctrl-C reaches.

        `{home}` in the arguments is where its account finds this home.

        :raises RuntimeError: with what it said, if it failed.
        """
        # Through a shell: only a freshly executed program may look into its own /proc/self/fd.
        script = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 &' if log else 'shift; exec "$@"'
        with self._home() as (home, descriptor):
            words = [argument.replace("{home}", home) for argument in (log, str(binaries() / program), *arguments)]
            done = subprocess.run(
                ["/bin/sh", "-c", f"umask 077; {script}", "sh", *words],
                cwd=self.sockets,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL if log else subprocess.PIPE,
                pass_fds=() if descriptor is None else (descriptor,),
                user=self.keeper.uid if self.keeper else None,
                group=self.keeper.gid if self.keeper else None,
                extra_groups=[] if self.keeper else None,
                start_new_session=True,
                check=False,
            )
        if done.returncode:
            said = (done.stderr or b"").decode(errors="replace").strip()
            raise RuntimeError(f"PostgreSQL's {program} failed: {said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
