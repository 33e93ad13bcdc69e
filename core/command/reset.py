"""`python -m core reset`: forget everything the embedded desk keeps, after asking."""

import argparse
from pathlib import Path
from typing import Any

from core.refusal import Refusal


class NotEmbedded(Refusal):
    text = (
        "This desk works on a server of your own: nothing is reset there. Unset DATABASE_URL to reset the embedded one."
    )


class NotTheDesks(Refusal):
    text = "DESK_HOME holds other things and no desk: nothing was removed."


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("reset", help="forget everything the embedded desk keeps, after asking")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=run, needs_desk=False)


def run(arguments: argparse.Namespace) -> int:
    """
    Ask, stop the embedded server and remove its folder.

    :raises NotEmbedded: where the desk works on a server of its owner's.
    :raises NotTheDesks: where something else lies in the folder.
    :raises AlreadyRuns: while `make run` has the desk open.
    """
    from core.command.run import only_one
    from core.settings import settings
    from db import server

    if settings().database_url or settings().database_url_app:
        raise NotEmbedded
    home = settings().desk_home
    if not home.exists():
        print("Nothing is kept there. The next start begins afresh.")
        return 0
    with only_one(home):
        if not arguments.yes and not _agreed(home):
            print("Nothing was removed.")
            return 1
        try:
            server.stop(home, forget=True)
        except server.NotADesk:
            raise NotTheDesks from None
    print("The desk's data is removed. The next start begins afresh.")
    return 0


def _agreed(home: Path) -> bool:
    try:
        return input(f"Remove the desk's data in {home}? Type yes: ").strip().lower() == "yes"
    except EOFError:  # nobody is there to answer
        return False
