"""The embedded PostgreSQL: the binaries of a wheel, started, found again and stopped by ourselves."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.engine import make_url

from db.server.cluster import Answer, Cluster, NotADesk
from db.server.programs import binaries
from db.session import for_libpq

__all__ = ["Addresses", "NotADesk", "ServerDidNotStart", "handed_over", "psql", "running", "start", "stop", "used"]

PATIENCE = 600
"""Seconds that a server may live and say nothing at all. One that says that it is starting is waited for."""

SAY_AFTER, SAY_EVERY = 3, 30
"""Seconds after which the waiting person is told that the server recovers, and told again."""

LAUNCHES = 3
"""How often it is launched before we give up: a port or a shared memory may still be taken for a moment."""


Say = Callable[[str], None]
"""Tells the person who waits one line."""


def _nobody_listens(_: str) -> None:
    pass


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


def start(home: Path, *, say: Say = _nobody_listens) -> Addresses:
    """
    Start PostgreSQL in *home*, or find it running; its addresses.

    Safe to call from many processes at once. As root the server runs under an ordinary system account. After a crash
    it recovers what was written last, which can take minutes: that is waited for, and *say* is told a line now and
    then.

    :raises ServerDidNotStart: if it dies, or lives and says nothing for ten minutes.
    :raises NotADesk: if other things lie in *home*.
    """
    home.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(home.resolve())
    with cluster.locked():
        cluster.lay_out()
        started = _bring_up(cluster, say)
        cluster.create_roles_and_database()
    return Addresses(
        cluster.address("desk_admin", "postgres"), cluster.address("desk_owner"), cluster.address("desk_app"), started
    )


def _bring_up(cluster: Cluster, say: Say) -> bool:
    """Launch the server where nobody lives, and wait until it answers; whether it was launched here."""
    launches = 0
    began = heard = monotonic()
    say_at = began + SAY_AFTER
    try:
        while (answer := cluster.answer()) is not Answer.READY:
            now = monotonic()
            if answer is Answer.STARTING:
                heard = now
                if now >= say_at:
                    say(_recovering(now - began))
                    say_at = now + SAY_EVERY
            elif now - heard > PATIENCE:
                raise ServerDidNotStart(cluster.log)
            elif not cluster.lived_in() and (launches == 0 or cluster.gave_up()):
                if launches == LAUNCHES:
                    raise ServerDidNotStart(cluster.log)
                cluster.launch()
                launches += 1
            sleep(0.05)
    except KeyboardInterrupt:
        if launches:
            cluster.halt()
        raise
    return launches > 0


def _recovering(seconds: float) -> str:
    so_far = f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
    return f"The database was not closed cleanly and recovers what was written last: {so_far} so far ..."


@contextlib.contextmanager
def used(home: Path, *, say: Say = _nobody_listens) -> Iterator[Addresses]:
    """
    Use the server in *home*, started where it must be (see `start`); the last one who uses it stops it.

    One that was running already, and was not started here, is left running. What a killed user started is stopped by
    the next.
    """
    home.mkdir(parents=True, exist_ok=True)
    borrowed = home / "borrowed"
    with open(home / "use", "w") as use:
        fcntl.flock(use, fcntl.LOCK_SH)
        addresses = start(home, say=say)
        try:
            if addresses.started:
                borrowed.touch(mode=0o600)
            yield addresses
        finally:
            fcntl.flock(use, fcntl.LOCK_UN)
            with contextlib.suppress(BlockingIOError):  # somebody else still uses it, and will stop it
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if borrowed.exists():
                    stop(home)
                    borrowed.unlink()


@contextlib.contextmanager
def handed_over(address: str) -> Iterator[tuple[str, list[int]]]:
    """
    Yield *address*, of a server here, for a process under another account, and the open files that it must inherit.

    Folders above the socket may be closed to that account, and they stay so: it is handed the open folder.
    """
    url = make_url(address)
    folder = str(url.query.get("host", ""))
    if not folder.startswith("/"):
        yield address, []
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield for_libpq(url.update_query_dict({"host": f"/proc/self/fd/{descriptor}"})), [descriptor]
    finally:
        os.close(descriptor)


def psql(address: str) -> tuple[list[str], dict[str, str]]:
    """
    Return the command that opens *address* in PostgreSQL's own terminal, and the environment to start it in.

    The password is in the environment: the arguments of a process are there for every user of the machine to read.
    """
    parts = conninfo_to_dict(address)
    password = parts.pop("password", None)
    environment = dict(os.environ) | ({} if password is None else {"PGPASSWORD": str(password)})
    return [str(binaries() / "psql"), make_conninfo("", **parts)], environment


def running(home: Path) -> bool:
    """Tell whether a server lives in *home*."""
    return home.exists() and Cluster(home.resolve()).lived_in()


def stop(home: Path, *, forget: bool = False) -> None:
    """
    Stop the server in *home*, open connections included; with *forget* remove everything it kept.

    :raises NotADesk: if other things lie in *home*: nothing is removed there.
    """
    if not home.exists():
        return
    cluster = Cluster(home.resolve())
    if forget:
        cluster.require_ours()
    with cluster.locked():
        cluster.halt()
    if forget:
        shutil.rmtree(cluster.home, ignore_errors=True)
