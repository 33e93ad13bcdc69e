"""`python -m core first-administrator`: let the first person into an empty desk, who then adds everybody else."""

import argparse
from typing import Any

from core.command import password_prompt


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "first-administrator",
        help="let the first administrator into an empty desk",
        description="Let the first person into an empty desk, who then adds everybody else."
        f" {password_prompt.HOW_A_PASSWORD}",
    )
    parser.add_argument("name", metavar="NAME", help="the name to sign in with")
    parser.add_argument("--full-name", required=True, help='as others read it: "Ada Keys"')
    parser.add_argument("--timezone", default="America/Chicago", help="whose time to show, America/Chicago unless told")
    parser.set_defaults(run=run, needs_desk=True)


def run(arguments: argparse.Namespace) -> int:
    """Ask for a password and make the administrator."""
    from core import staff

    made = staff.first_administrator(
        sign_in_name=arguments.name,
        full_name=arguments.full_name,
        timezone=arguments.timezone,
        password=password_prompt.new_password(),
    )
    print(f"{made.name} can sign in as {made.sign_in_name} and adds everybody else, on the page People.")
    return 0
