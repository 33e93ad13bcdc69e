"""`python -m core clients`: whom the MCO works for."""

import argparse
import json
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("clients", help="list the clients")
    parser.add_argument("--json", action="store_true", help='print [{"code", "name"}]')
    parser.set_defaults(run=run, needs_desk=True)


def run(arguments: argparse.Namespace) -> int:
    """Print every client's code and name, by code."""
    from core import scope
    from core.access import COMMAND_LINE, Action
    from core.transactions import transaction

    with transaction(COMMAND_LINE) as tx:
        clients = sorted(scope.clients(COMMAND_LINE, tx, Action.CLAIM_REPORT), key=lambda client: client.code)
    if arguments.json:
        print(json.dumps([{"code": client.code, "name": client.name} for client in clients]))
    else:
        for client in clients:
            print(f"{client.code}  {client.name}")
    return 0
