"""Asking for a new password, on a terminal or on standard input."""

import sys
from getpass import getpass

HOW_A_PASSWORD = "The password is asked for on a terminal; elsewhere it is one line of standard input."


def new_password() -> str:
    """
    Return a new password: typed twice and unseen on a terminal, elsewhere the first line of standard input.

    :raises NotTheSame: if the two differ.
    """
    from core import staff

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return staff.typed_twice(
        getpass(f"Password, at least {staff.SHORTEST_PASSWORD} characters: "), getpass("The same again: ")
    )
