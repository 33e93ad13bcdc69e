"""`python -m core worker`: do the desk's background jobs in a process of their own."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("worker", help="do the background jobs, until it is told to stop")
    parser.set_defaults(run=run, needs_desk=True)


def run(_: argparse.Namespace) -> int:
    """Work until Ctrl-C or SIGTERM, beside the application's own worker or instead of it (DESK_WORKER=0)."""
    from core import jobs

    print("Doing the desk's jobs. Ctrl-C stops it.", flush=True)
    jobs.run_worker()
    print("The jobs are left to others.")
    return 0
