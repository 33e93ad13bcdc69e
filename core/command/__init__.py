"""
The command line: `python -m core …`, one module a command.

Three modules are no commands: `moments.py`, by which some read instants, `password_prompt.py`, by which some ask for a
password, and `stepping_down.py`, by which `run` starts the pages.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from core.refusal import Refusal

COMMANDS = (
    "clients",
    "import_feed",
    "sla",
    "deadline",
    "migrate",
    "first_administrator",
    "set_password",
    "sample",
    "psql",
    "run",
    "worker",
    "reset",
)
"""Modules of this package; each offers add(subparsers), which sets `run`, `needs_desk` and may set `as_owner`."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and return its exit code: 0 done, 2 refused with one sentence.

    A command that needs the desk finds it open: started where it must be, migrated, and stopped afterwards. It works in
    the application's role, unless it says that it does as the owner what is nobody else's.
    """
    parser = _Parser(prog="python -m core", description="The desk without a browser.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for name in COMMANDS:
        import_module(f"core.command.{name}").add(subparsers)
    parser.set_defaults(as_owner=False)
    parsed = parser.parse_args(arguments)
    try:
        if not parsed.needs_desk:
            return int(parsed.run(parsed))
        from core import desk  # not needed, and slow to load, for a command that only computes

        with desk.opened(as_owner=parsed.as_owner):
            return int(parsed.run(parsed))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
