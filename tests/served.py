"""The real server, started as `make run` starts it, and a page's web socket without a browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from pages.door.headers import BROWSER, SESSION
from tests.conftest import Desk
from tests.forked import Forked, fork_streamlit

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds to wait for something that normally takes one or two; only a defect makes a test wait this long."""


Process = subprocess.Popen[bytes] | subprocess.Popen[str] | Forked


class Served:
    """A running desk: its address, its log, and web sockets to its pages; `restart` ends its process and starts another."""

    def __init__(self, port: int, log: Path, process: Process, start: Callable[[], Process] | None = None) -> None:
        self.port = port
        self.process = process
        self.address = f"http://localhost:{port}"
        self._log = log
        self._start = start

    def log(self) -> str:
        """Return what the server has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the process as an operator would; one that does not end is killed, and that fails."""
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def restart(self) -> None:
        """End the process, whatever pages are open, and start another one at the same address."""
        assert self._start is not None
        self.stop()
        self.process = self._start()
        _wait(self)

    def cookies(self, token: str = "", browser: str = "a browser") -> str:
        """Return a Cookie header: the browser's, and a session's where there is a token."""
        return "; ".join([f"{BROWSER}={browser}"] + ([f"{SESSION}={token}"] if token else []))

    @contextmanager
    def page(self, *, cookie: str = "", resume: str = "", origin: str | None = None) -> Iterator["Page"]:
        """Open a page's web socket, as the browser does; *resume* is the id of a page that was dropped."""
        with connect(
            f"ws://localhost:{self.port}/_stcore/stream",
            additional_headers={"Cookie": cookie} if cookie else {},
            subprotocols=[Subprotocol(part) for part in ("streamlit", *(("none", resume) if resume else ()))],
            origin=Origin(origin or self.address),
            max_size=None,
        ) as link:
            yield Page(link)


class Page:
    """One page's web socket."""

    def __init__(self, link: ClientConnection) -> None:
        self.link = link
        self.session_id = ""

    def send(self, message: BackMsg) -> None:
        """Send what a page could send."""
        self.link.send(message.SerializeToString())

    def run(self, address: str = "") -> list[ForwardMsg]:
        """Ask for the page at *address* and return everything that was sent to draw it."""
        self.send(BackMsg(rerun_script={"page_name": address}))
        return self.drawn()

    def drawn(self) -> list[ForwardMsg]:
        """Return everything sent until a run has finished."""
        messages: list[ForwardMsg] = []
        while True:
            message = ForwardMsg.FromString(self.link.recv(timeout=PATIENCE, decode=False))
            messages.append(message)
            if message.WhichOneof("type") == "new_session":
                self.session_id = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                return messages


@contextmanager
def serve(
    desk: Desk,
    folder: Path,
    *,
    worker: bool = False,
    app: str = "app.py",
    env: Mapping[str, str] | None = None,
    forked: bool = False,
    port: int = 0,
    ahead: timedelta = timedelta(0),
) -> Iterator[Served]:
    """
    Start the desk's server on *desk* and *port* (0: any that is free), told also what *env* says; stop it whatever happens.

    It is a process of its own in any case; one that is *forked* has its libraries loaded already, and its clock may be
    *ahead* of all others.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the one before may just have left it
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    log.touch()
    arguments = ["run", str(ROOT / app), "--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, **desk.env(), "DESK_HOME": str(folder), "DESK_WORKER": str(worker), **(env or {})}
    assert forked or not ahead

    def start() -> Process:
        if forked:
            return fork_streamlit(arguments, ROOT, environment, log, ahead)
        return _anew(arguments, ROOT, environment, log)

    served = Served(port, log, start(), start)
    try:
        _wait(served)
        yield served
    finally:
        served.stop()


def _anew(arguments: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "streamlit", *arguments]
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)


def _wait(served: Served) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        assert served.process.poll() is None, f"the server ended:\n{served.log()}"
        try:
            with urlopen(f"{served.address}/health/ready", timeout=5) as answer:
                assert answer.read() == b"ready"
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the server is not ready:\n{served.log()}")


def words(messages: list[ForwardMsg]) -> str:
    """Return everything in *messages* as text, to look for words in."""
    return "\n".join(str(message) for message in messages)
