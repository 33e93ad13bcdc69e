"""How the process of the pages is started, and that it is not root's where another account will do."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.settings import ROOT
from db import server
from db.server.accounts import Account, for_pages

ADDRESS = "DATABASE_URL_APP"

_CODE = ("app.py", ".streamlit", "core", "db", "pages")

_PROOFS = ("PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL")
"""Variables that name files with which PostgreSQL's library proves who is asking, and who answers."""
_PROOFS_AT_HOME = (".pgpass", ".postgresql")

_PROBE = """
import os, socket, sys

def must(path, how):
    if not os.access(path, how):
        sys.exit("cannot read " + path)

def all_of(top, levels):
    must(top, os.R_OK | os.X_OK if os.path.isdir(top) else os.R_OK)
    if os.path.isdir(top) and levels:
        for name in os.listdir(top):
            if name != "__pycache__":
                all_of(os.path.join(top, name), levels - 1)

host, port, address, code, libraries = sys.argv[1:6]
for path in code.split(os.pathsep):
    all_of(path, 99)
for path in libraries.split(os.pathsep):
    all_of(path, 1)
if int(port) < 1024:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except PermissionError:
            sys.exit("may not open port " + port)
        except OSError:
            pass
import psycopg
try:
    psycopg.connect(os.environ[address]).close()
except psycopg.Error:
    sys.exit("is not let into the database")
"""
"""Run by the account: what it says it is hindered by, if it is."""


@dataclass(frozen=True)
class Start:
    """How a process is started: in which environment, with which open files, and under which account (None: ours)."""

    environment: Mapping[str, str]
    files: Sequence[int]
    account: Account | None = None

    def popen(
        self, command: Sequence[str], *, stdout: int = subprocess.DEVNULL, stderr: int | None = None
    ) -> "subprocess.Popen[bytes]":
        """
        Start *command* in the project's folder, in a session of its own: Ctrl-C does not reach it.

        :raises OSError: if the account may not run it.
        """
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            pass_fds=self.files,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            umask=0o077,
            start_new_session=True,
        )


@contextmanager
def start_of_pages(
    address: str, environment: Mapping[str, str], files: Sequence[int], host: str, port: int, *, embedded: bool
) -> Iterator[Start]:
    """
    Yield how the pages are started on the database at *address*, with *files* open.

    As root they run under an ordinary account. Where that account cannot read the code, use the address or open the
    port, one line says so and they run as root: a checkout in a closed home works, too.
    """
    account = for_pages()
    ours = Start({**environment, ADDRESS: address}, files)
    if account is None:
        yield ours
        return
    with ExitStack() as stack:
        theirs, folders = stack.enter_context(server.handed_over(address)) if embedded else (address, [])
        proofs = [] if embedded else _proofs(environment)
        home = {} if proofs else {"HOME": account.home}  # libraries look for settings there
        named = {"USER": account.name, "LOGNAME": account.name}
        start = Start({**environment, **home, **named, ADDRESS: theirs}, [*files, *folders], account)
        if hindrance := _hindrance(start, [*map(str, proofs)], host, port):
            print(f"The pages run as root: the account {account.name} {hindrance}.", flush=True)
            yield ours
        else:
            yield start


def _proofs(environment: Mapping[str, str]) -> list[Path]:
    """Return the files by which our own connection to a server elsewhere may have proved itself, or the server."""
    named = [Path(environment[name]) for name in _PROOFS if name in environment]
    return [path for path in (*named, *(Path.home() / name for name in _PROOFS_AT_HOME)) if path.exists()]


def _hindrance(start: Start, proofs: list[str], host: str, port: int) -> str:
    """Return what the account lacks to serve the pages, in words that follow its name; "" where it lacks nothing."""
    code = os.pathsep.join([*(str(ROOT / name) for name in _CODE), *proofs])
    libraries = os.pathsep.join(path for path in sys.path if os.path.isdir(path) and Path(path) != ROOT)
    command = [sys.executable, "-c", _PROBE, host, str(port), ADDRESS, code, libraries]
    try:
        probe = start.popen(command, stderr=subprocess.PIPE)
    except OSError:
        return f"cannot run {os.path.realpath(sys.executable)}"
    said = probe.communicate()[1].decode(errors="replace").strip()
    if probe.returncode == 0:
        return ""
    return said.splitlines()[-1] if said else f"cannot run {os.path.realpath(sys.executable)}"
