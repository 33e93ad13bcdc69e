"""
Servers of pages that are forked from one process, which has loaded every library: two seconds less for each of them.

What a library does at its import it did before the fork: so only what knows of no address and no page is loaded there.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import TimeoutExpired

_LOADED = [
    "altair", "core.feeds", "core.first_contact", "core.jobs", "core.live", "pandas", "prometheus_client", "pyarrow",
    "requests", "streamlit.web.cli", "uvicorn", "vl_convert", "tests.forked_servers",
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
            raise TimeoutExpired("streamlit", timeout)
        return self._process.exitcode


def start(arguments: list[str], folder: Path, environment: Mapping[str, str], log: Path) -> Forked:
    """Start `streamlit` with *arguments* in *folder*, writing to *log*."""
    process = _forking.Process(target=_run, args=(arguments, folder, dict(environment), log))
    process.start()
    return Forked(process)


def _run(arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
    with log.open("wb") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["streamlit", *arguments]

    from streamlit.web import cli

    cli.main(prog_name="streamlit")
