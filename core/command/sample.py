"""`python -m core sample`: load the sample MCO, or bring it up to today."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser("sample", help="load the sample MCO into an empty desk, or bring it up to today")
    parser.set_defaults(run=run, needs_desk=True, as_owner=True)


def run(_: argparse.Namespace) -> int:
    """Load the sample; loading it again only brings it up to the present."""
    from core import instant, sample

    sample.load(instant.now())
    print("The sample MCO is loaded and up to today.")
    return 0
