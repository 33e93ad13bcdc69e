"""What people type in words of their own, as the desk keeps it."""

import re

from core import social_security
from core.refusal import NoReason, limited

_HALF_SIGNS = re.compile("[\ud800-\udfff]")
"""Halves of a sign, as a browser makes them where it cuts one in two."""


def storable(text: str) -> str:
    """
    Return *text* without what PostgreSQL cannot keep and without social security numbers; blanks stay where they are.

    What cannot be kept is dropped, so that a NUL pasted along does not lose the words around it.
    """
    text = text.replace("\0", "")
    if not text.isascii():
        text = _HALF_SIGNS.sub("", text)
    return social_security.removed(text)


def cleaned(text: str) -> str:
    """Return *text* as it is kept: what `storable` leaves of it, and no blanks around it."""
    return storable(text).strip()


def one_line(text: str) -> str:
    """Return *text* as it is kept on one line: without doubled blanks and characters that cannot be seen."""
    return "".join(sign for sign in " ".join(storable(text).split()) if sign.isprintable())


def reason(text: str, most: int, field: str) -> str:
    """
    Return a reason as it is kept; *field* names it for whoever wrote it.

    :raises NoReason: if it says nothing.
    :raises TooLong: if it has more than *most* characters.
    """
    why = cleaned(text)
    if not why:
        raise NoReason(f"{field} is missing: say why, in at most {most:,} characters.")
    return limited(why, most, field)
