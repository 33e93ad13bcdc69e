"""`python -m core run`: the whole desk in one place, until it is told to stop."""

import argparse
import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from core.refusal import Refusal

if TYPE_CHECKING:
    from core.command.stepping_down import Start

_LEFT = "pages"
"""The file in the desk's folder that names the process of the pages, and when it was born."""

_SAMPLE_EVERY = 300
"""Seconds after which the sample is brought up to today again."""


class AlreadyRuns(Refusal):
    text = "This desk is running already, in another terminal. Stop it there, or set DESK_HOME to run a second one."


class DidNotOpen(Refusal):
    text = "The pages did not open. What Streamlit wrote above says why."


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("run", help="start everything and open the desk")
    parser.set_defaults(run=run, needs_desk=False)


def run(_: argparse.Namespace) -> int:
    """
    Start the database, load the sample into an empty desk, open the pages, say where, and wait.

    Ctrl-C and SIGTERM stop all of it. After a SIGKILL the next start finds things as they are and just works.

    :raises AlreadyRuns: if another process runs this desk.
    :raises DidNotOpen: if the pages do not answer.
    """
    from core import desk
    from core.settings import settings

    configured = settings()
    embedded = configured.database_url is None and configured.database_url_app is None
    with only_one(configured.desk_home):
        try:
            with desk.opened(as_owner=embedded) as address:
                _end_left(configured.desk_home)
                return _serve(address, configured.desk_home, configured.host, configured.port, sample=embedded)
        except KeyboardInterrupt:
            return 0
        finally:
            print("The desk is closed.")


def _serve(address: str, home: Path, host: str, port: int, *, sample: bool) -> int:
    """Serve the pages on the database at *address*, and bring the *sample* up to today before and meanwhile."""
    from core import instant
    from core import sample as sample_mco
    from core.command.stepping_down import start_of_pages
    from db.session import for_libpq

    if sample:
        print("Loading the sample MCO or bringing it up to today ...", flush=True)
        sample_mco.load(instant.now())
    with (
        _lifeline() as pipe,
        start_of_pages(
            for_libpq(address), _environment(pipe, sample=sample), [pipe], host, port, embedded=sample
        ) as start,
        _pages(start, home, host, port) as (pages, port),
    ):
        _say_where(host, port, sample=sample)
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return pages.wait(_SAMPLE_EVERY if sample else None)
            _move_along()


def _move_along() -> None:
    """Bring the sample up to today; that it cannot be must not end the pages."""
    from sqlalchemy.exc import DBAPIError

    from core import instant
    from core import sample as sample_mco

    try:
        sample_mco.catch_up(instant.now())
    except (DBAPIError, Refusal) as trouble:
        print(f"The sample could not be brought up to today ({type(trouble).__name__}).", file=sys.stderr, flush=True)


def _environment(pipe: int, *, sample: bool) -> dict[str, str]:
    """Return what the pages find in their environment: ours without the owner's address."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DESK_SAMPLE": "1" if sample else environment.get("DESK_SAMPLE", "0"), "DESK_LIFELINE": str(pipe)}
    environment.setdefault("FORWARDED_ALLOW_IPS", "")  # unset, the server would believe whoever calls from this machine
    return environment


@contextlib.contextmanager
def _pages(start: "Start", home: Path, host: str, port: int) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """
    Start the pages on the first free port from *port* on; yield their process and port; end them afterwards.

    Between finding a port free and taking it another desk may take it: then the next one is tried.

    :raises DidNotOpen: if the pages do not answer, and no other process has their port.
    """
    while True:
        port = _free(host, port)
        pages = start.popen(
            [
                sys.executable, "-m", "streamlit", "run", "app.py",
                "--server.address", host, "--server.port", str(port), "--browser.serverAddress", host,
            ]
        )  # fmt: skip
        try:
            (home / _LEFT).write_text(f"{pages.pid} {psutil.Process(pages.pid).create_time()}")
            if _answers(host, port, pages):
                yield pages, port
                return
        finally:
            _end(pages)
            (home / _LEFT).unlink(missing_ok=True)
        if _free(host, port) == port:
            raise DidNotOpen


@contextlib.contextmanager
def _lifeline() -> Iterator[int]:
    """
    Yield one end of a pipe whose other end closes when this process is gone, whatever ended it.

    The pages, which inherit it, end then.
    """
    theirs, ours = os.pipe()
    try:
        yield theirs
    finally:
        os.close(theirs)
        os.close(ours)


def _end(pages: "subprocess.Popen[bytes]") -> None:
    pages.terminate()
    try:
        pages.wait(10)
    except subprocess.TimeoutExpired:
        pages.kill()
        pages.wait()


def _end_left(home: Path) -> None:
    """End the pages that an earlier run, killed, left behind; their number may belong to a stranger by now."""
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        pid, born = (home / _LEFT).read_text().split()
        left = psutil.Process(int(pid))
        if abs(left.create_time() - float(born)) < 1 and "streamlit" in left.cmdline():
            left.terminate()
            try:
                left.wait(10)
            except psutil.TimeoutExpired:
                left.kill()


def _say_where(host: str, port: int, *, sample: bool) -> None:
    from core import sample as sample_mco

    print(f"\nMCO Desk is open at http://{host}:{port}\n")
    if sample:
        print("Sign in as (sample people, one for each role):")
        for name, role in sample_mco.SIGN_INS:
            print(f"  {name:<12} {role}")
        print(f"The password of each is {sample_mco.PASSWORD}\n")
    print("Ctrl-C stops it.", flush=True)


def _answers(host: str, port: int, pages: "subprocess.Popen[bytes]") -> bool:
    """Wait until *pages* answer on *port*: they themselves, not another desk that was quicker."""
    end = time.monotonic() + 120
    while time.monotonic() < end and pages.poll() is None:
        with contextlib.suppress(OSError, psutil.Error):
            listening = {
                connection.laddr.port
                for connection in psutil.Process(pages.pid).net_connections("tcp")
                if connection.status == psutil.CONN_LISTEN
            }
            if port in listening:
                with urllib.request.urlopen(f"http://{host}:{port}/health/ready", timeout=5) as ready:
                    if ready.status == 200:
                        return True
        time.sleep(0.2)
    return False


def _free(host: str, port: int) -> int:
    """The first port from *port* on that nobody listens on."""
    for candidate in range(port, min(port + 200, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, candidate))
                return candidate
    return port


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """
    Be the only one who runs the desk in *home*.

    :raises AlreadyRuns: if another process does.
    """
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "run.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRuns from None
        yield
