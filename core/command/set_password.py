"""`python -m core set-password`: the way back in where no administrator can sign in to help."""

import argparse
from typing import Any

from core.command import password_prompt


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "set-password",
        help="give somebody a new password where no administrator can sign in",
        description=f"The way back in where no administrator can sign in to help. {password_prompt.HOW_A_PASSWORD}",
    )
    parser.add_argument("name", metavar="NAME", help="the name the person signs in with")
    parser.set_defaults(run=run, needs_desk=True, as_owner=True)


def run(arguments: argparse.Namespace) -> int:
    """Ask for a password and set it."""
    from core import instant, staff

    whose = staff.set_password_as_owner(
        sign_in_name=arguments.name, password=password_prompt.new_password(), at=instant.now()
    )
    print(f"{whose} has a new password.")
    return 0
