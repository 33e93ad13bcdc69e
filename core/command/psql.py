"""`python -m core psql`: look into the database by hand, in the role of the application."""

import argparse
import subprocess
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("psql", help="look into the database, in the role of the application")
    parser.set_defaults(run=run, needs_desk=True)


def run(_: argparse.Namespace) -> int:
    """Open psql where the desk's database is; row-level security holds there as it does for the pages."""
    from db import server, session

    command, environment = server.psql(session.libpq_address())
    return subprocess.run(command, env=environment, check=False).returncode
