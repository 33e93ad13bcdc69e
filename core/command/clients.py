"""`python -m core clients`: whom the MCO works for."""

import argparse
import json
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("clients", help="list the clients")
    parser.add_argument("--json", action="store_true", help='print [{"code", "name"}]')
    parser.set_defaults(run=run, needs_desk=True)


def run(told: argparse.Namespace) -> int:
    """Print every client's code and name, by code."""
    from core import instant, intake
    from core.access import COMMAND_LINE
    from core.transactions import transaction

    with transaction(COMMAND_LINE) as tx:
        found = sorted(intake.clients(COMMAND_LINE, tx, at=instant.now()), key=lambda client: client.code)
    if told.json:
        print(json.dumps([{"code": client.code, "name": client.name} for client in found]))
    else:
        for client in found:
            print(f"{client.code}  {client.name}")
    return 0
