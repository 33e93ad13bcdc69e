"""E-mail addresses: which can be written to, whoever wrote them down and wherever."""

import re

LONGEST = 254
"""Letters beyond which what was written is no e-mail address."""

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def readable(typed: str) -> str | None:
    """Return *typed* where it has the form of an e-mail address, or None."""
    return typed if len(typed) <= LONGEST and _ADDRESS.fullmatch(typed) else None
