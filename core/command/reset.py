"""`python -m core reset`: forget everything the embedded desk keeps, after asking."""

import argparse
from typing import Any

from core.refusal import Refusal


class NotEmbedded(Refusal):
    """This desk works on a server of your own: nothing is reset there. Unset DATABASE_URL to reset the embedded one."""


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("reset", help="forget everything the embedded desk keeps, after asking")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=run, needs_desk=False)


def run(told: argparse.Namespace) -> int:
    """
    Ask, stop the embedded server and remove its folder.

    :raises NotEmbedded: where the desk works on a server of its owner's.
    """
    from core.settings import settings
    from db import server

    if settings().database_url or settings().database_url_app:
        raise NotEmbedded
    home = settings().desk_home
    if not told.yes and input(f"Remove the desk's data in {home}? Type yes: ").strip().lower() != "yes":
        print("Nothing was removed.")
        return 1
    server.stop(home, forget=True)
    print("The desk's data is removed. The next start begins afresh.")
    return 0
