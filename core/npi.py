"""National provider identifiers (NPI): ten digits, the last of which checks the others."""

import re

from core.refusal import Refusal

_FORM = re.compile(r"[12]\d{9}", re.ASCII)
_PREFIX = 24
"""What the digits 80840, which stand before every identifier where it is checked, add to the sum."""


class NotAnNpi(Refusal):
    text = "This is no NPI: ten digits, of which the last checks the others. Compare it with where it was read."


def checks(npi: str) -> bool:
    """Tell whether *npi* was not mistyped, by Luhn's sum; whose it is, and whether there is one, is not asked."""
    if not _FORM.fullmatch(npi):
        return False
    doubled = [int(digit) * 2 for digit in npi[::2]]
    return (_PREFIX + sum(each // 10 + each % 10 for each in doubled) + sum(map(int, npi[1::2]))) % 10 == 0


def read(typed: str) -> str | None:
    """
    Return the NPI that somebody typed, blanks and hyphens between its digits left out; None where nothing was.

    :raises NotAnNpi: if it is none.
    """
    npi = re.sub(r"[\s-]", "", typed)
    if not npi:
        return None
    if not checks(npi):
        raise NotAnNpi
    return npi
