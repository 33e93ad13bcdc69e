"""`python -m core migrate`: bring the database to the schema of this code."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("migrate", help="bring the database to the schema of this code")
    parser.set_defaults(run=run, needs_desk=True, as_owner=True)


def run(_: argparse.Namespace) -> int:
    """Say that it is done: opening the desk has migrated it."""
    print("The database has the schema of this code.")
    return 0
