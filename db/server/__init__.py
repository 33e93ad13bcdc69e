"""The embedded PostgreSQL: the binaries of a wheel, started, found again and stopped by ourselves."""

import contextlib
import fcntl
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.server.place import NOBODY, NotADesk, Place
from db.server.programs import binaries

__all__ = ["Addresses", "NotADesk", "ServerDidNotStart", "psql", "running", "start", "stop", "used"]

PATIENCE = 600
"""Seconds that a start may take: after a crash under load, recovery takes minutes."""

LAUNCHES = 3
"""How often it is launched before we give up: a port or a shared memory may still be taken for a moment."""


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
    :raises NotADesk: if other things lie in *home*.
    """
    home.mkdir(parents=True, exist_ok=True)
    place = Place(home.resolve())
    with place.locked():
        place.lay_out()
        launches = 0
        try:
            deadline = time.monotonic() + PATIENCE
            while answer := place.asked():
                if time.monotonic() > deadline:
                    raise ServerDidNotStart(place.log)
                if answer == NOBODY and not place.lived_in():
                    if launches and not place.gave_up():
                        pass
                    elif launches == LAUNCHES:
                        raise ServerDidNotStart(place.log)
                    else:
                        place.launch()
                        launches += 1
                time.sleep(0.05)
            place.found()
        except KeyboardInterrupt:
            if launches:
                place.halt()
            raise
    return Addresses(
        place.address("desk_admin", "postgres"), place.address("desk_owner"), place.address("desk_app"), launches > 0
    )


@contextlib.contextmanager
def used(home: Path) -> Iterator[Addresses]:
    """
    Use the server in *home*, started where it must be; the last one who uses it stops it.

    One that was running already, and was not started here, is left running. What a killed user started is stopped by
    the next.
    """
    home.mkdir(parents=True, exist_ok=True)
    borrowed = home / "borrowed"
    with open(home / "use", "w") as use:
        fcntl.flock(use, fcntl.LOCK_SH)
        found = start(home)
        try:
            if found.started:
                borrowed.touch(mode=0o600)
            yield found
        finally:
            fcntl.flock(use, fcntl.LOCK_UN)
            with contextlib.suppress(BlockingIOError):  # somebody else still uses it, and will stop it
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if borrowed.exists():
                    stop(home)
                    borrowed.unlink()


def psql(address: str) -> list[str]:
    """Return the command that opens *address* in PostgreSQL's own terminal."""
    return [str(binaries() / "psql"), address]


def running(home: Path) -> bool:
    """Tell whether a server lives in *home*."""
    return home.exists() and Place(home.resolve()).lived_in()


def stop(home: Path, *, forget: bool = False) -> None:
    """
    Stop the server in *home*, open connections included; with *forget* remove everything it kept.

    :raises NotADesk: if other things lie in *home*: nothing is removed there.
    """
    if not home.exists():
        return
    place = Place(home.resolve())
    if forget:
        place.require_ours()
    with place.locked():
        place.halt()
    if forget:
        shutil.rmtree(place.home, ignore_errors=True)
