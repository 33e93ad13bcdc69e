"""
Servers of pages, and commands, that are forked from one process, which has loaded every library: a second or two less
for each of them.

What a library does at its import it did before the fork: so only what knows of no address and no page is loaded there.
"""

import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired

from core import instant

_LOADED = [
    "alembic.command", "altair", "bcrypt", "captcha.image", "core.claim_file", "core.command", "core.desk", "core.feeds",
    "core.first_contact", "core.jobs", "core.live", "core.search", "cryptography.x509", "db.migrate", "jwt", "pandas",
    "prometheus_client", "pyarrow", "requests", "streamlit.web.cli", "tests.forked", "uvicorn", "vl_convert", "yaml",
]  # fmt: skip

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(_LOADED)


class Forked:
    """A server that was forked, as its starter sees it: told and waited for like one of `subprocess`."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        self.terminate, self.kill = process.terminate, process.kill

    def poll(self) -> int | None:
        """Return how it ended; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """
        Return how it ended, once it has.

        :raises subprocess.TimeoutExpired: where that takes more than *timeout* seconds.
        """
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired(self._process.name, timeout)
        return self._process.exitcode


def fork_streamlit(
    arguments: list[str], folder: Path, environment: Mapping[str, str], log: Path, ahead: timedelta
) -> Forked:
    """Start `streamlit` with *arguments* in *folder*, writing to *log*, the desk's clock *ahead* of this machine's."""
    process = _forking.Process(name="streamlit", target=_serve, args=(arguments, folder, dict(environment), log, ahead))
    process.start()
    return Forked(process)


def command(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: str, *, timeout: float = 120
) -> "CompletedProcess[str]":
    """Run `python -m core` with *arguments* in *folder*; *said* is its input."""
    with tempfile.TemporaryDirectory(prefix="desk-said-") as streams:
        heard, out, err = (Path(streams) / name for name in ("in", "out", "err"))
        heard.write_text(said, encoding="utf-8")
        process = _forking.Process(
            name="core", target=_command, args=(list(arguments), folder, dict(environment), heard, out, err)
        )
        process.start()
        try:
            ended = Forked(process).wait(timeout)
        except TimeoutExpired:
            process.kill()
            raise
        return CompletedProcess(
            ["core", *arguments], ended, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )


def _serve(arguments: list[str], folder: Path, environment: dict[str, str], log: Path, ahead: timedelta) -> None:
    _become(folder, environment, Path(os.devnull), log, log)
    if ahead:
        instant.set_clock(lambda: datetime.now(UTC) + ahead)
    sys.argv = ["streamlit", *arguments]

    from streamlit.web import cli

    cli.main(prog_name="streamlit")


def _command(
    arguments: list[str], folder: Path, environment: dict[str, str], heard: Path, out: Path, err: Path
) -> None:
    _become(folder, environment, heard, out, err)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # the one there was is the forking process’s
    sys.argv = ["core", *arguments]
    runpy.run_module("core", run_name="__main__", alter_sys=True)


def _become(folder: Path, environment: dict[str, str], heard: Path, out: Path, err: Path) -> None:
    """Be where a process of one's own would be: with this environment, and these three streams."""
    ways = (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT | os.O_APPEND] * 2)
    for number, (stream, way) in enumerate(zip((heard, out, err), ways, strict=True)):
        os.dup2(os.open(stream, way, 0o600), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
