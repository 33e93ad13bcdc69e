"""PgBouncer in front of the tests' database; run as a script it fetches one where it can, or says what is missing."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

FETCHED = Path(sys.prefix) / "pgbouncer"
"""Where the Debian package is unpacked, and not installed: installing would start a service on this machine."""

MISSING = (
    "The tests of row-level security behind a pooler need PgBouncer and none was found. On Debian or Ubuntu make test"
    " fetches it; elsewhere install the package pgbouncer, or name the program in DESK_PGBOUNCER."
)
_PORT = 6432
_PATIENCE = 30.0


def find(fetched: Path = FETCHED) -> str | None:
    """Return the path of a PgBouncer: DESK_PGBOUNCER, one on this machine, or the one that was fetched."""
    if told := os.environ.get("DESK_PGBOUNCER"):
        return told
    places = [os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", str(fetched / "usr/sbin")]
    return shutil.which("pgbouncer", path=os.pathsep.join(places))


def can_fetch() -> bool:
    """Tell whether this machine has the tools to fetch one; no right of root is needed."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def fetch(into: Path = FETCHED) -> None:
    """Unpack the Debian package, and the libraries of it that this machine lacks, into the folder *into*."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    plan = subprocess.run(
        ["apt-get", "install", "--simulate", "--no-install-recommends", "pgbouncer"],
        env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lacking = [line.split()[1] for line in plan.stdout.splitlines() if line.startswith("Inst ")]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", *lacking], cwd=folder, check=False, **quiet)
        for package in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(package), str(into)], check=False, **quiet)


@contextmanager
def pooled(app: URL, *, connections: int = 1) -> Iterator[URL]:
    """
    Put a PgBouncer in transaction mode before the database *app*; yield the address to use instead.

    All of its visitors share so many *connections* to the server: with one, each transaction runs where the one before
    ran, whoever that was.
    """
    program = find()
    assert program is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="desk-pooler-"))
    (folder / "users").write_text(f'"{app.username}" "{app.password}"\n')
    (folder / "pgbouncer.ini").write_text(_settings(app, folder, connections))
    command = [program, "-q", str(folder / "pgbouncer.ini")]
    if os.geteuid() == 0:  # it refuses to be root, and must reach the server's own socket
        account = _account(app)
        for path in (folder, *folder.iterdir()):
            os.chown(path, account.pw_uid, account.pw_gid)
        command[1:1] = ["-u", account.pw_name]
    libraries = os.pathsep.join(str(path) for path in Path(program).parent.parent.glob("lib/*-linux-gnu*"))
    with (folder / "log").open("wb") as log:
        pooler = subprocess.Popen(command, env=os.environ | {"LD_LIBRARY_PATH": libraries}, stdout=log, stderr=log)
    try:
        address = app.set(host=None, port=None, query={"host": str(folder), "port": str(_PORT)})
        _wait(pooler, address, folder / "log")
        yield address
    finally:
        pooler.kill()
        pooler.wait()
        shutil.rmtree(folder)


def _settings(app: URL, folder: Path, connections: int) -> str:
    host, port = app.query.get("host", app.host), app.query.get("port", app.port or 5432)
    return (
        f"[databases]\n{app.database} = host='{host}' port={port} dbname={app.database}\n"
        f"[pgbouncer]\npool_mode = transaction\ndefault_pool_size = {connections}\n"
        f"listen_port = {_PORT}\nlisten_addr =\nunix_socket_dir = {folder}\n"
        f"auth_type = scram-sha-256\nauth_file = {folder}/users\n"
    )


def _account(app: URL) -> pwd.struct_passwd:
    """Return the account to which the server's socket belongs, or an ordinary one where it listens on a port."""
    host = app.query.get("host", app.host)
    owner = os.stat(str(host)).st_uid if str(host).startswith("/") else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _wait(pooler: "subprocess.Popen[bytes]", address: URL, log: Path) -> None:
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(plain).close()
            return
        except psycopg.OperationalError:
            said = log.read_text(errors="replace")
            assert pooler.poll() is None, f"PgBouncer ended:\n{said}"
            assert time.monotonic() < give_up, f"PgBouncer does not answer:\n{said}"
            time.sleep(0.05)


if __name__ == "__main__":
    if find() is None and can_fetch():
        print("Fetching the tests' PgBouncer ...", flush=True)
        fetch()
    if find() is None:
        print(MISSING, file=sys.stderr)  # its tests fail or are left out, and say it again; everything else still runs
