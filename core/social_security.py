"""Social security numbers: the desk needs none, so none is kept. Where one stands in a text, it is taken out."""

import re
from functools import lru_cache

REMOVED = "(number removed)"
"""What stands in the number's place."""

_DASH = r" ?[-\u2010-\u2015\u2212] ?"
# Three, two and four digits. A telephone has three, three and four; a ZIP+4 has five and four. The patterns begin with
# a digit written out: `re` skips quickly to the first one then, and every row of a feed is searched.
_WRITTEN = re.compile(
    rf"\d\d\d(?<![A-Za-z\d-]\d{{3}})(?:{_DASH}\d{{2}}{_DASH}|\s\d{{2}}\s|\.\d{{2}}\.|_\d{{2}}_|/\d{{2}}/)\d{{4}}(?![\d-])",
    re.ASCII,
)
# Nine digits in one run are a number of any kind, unless a word before them says of which.
_DIGITS = re.compile(r"\d\d\d(?:\d{6}|-\d{2,3}-\d{3})")
_SPOKEN_OF = re.compile(
    r"(?<![^\W\d_])(ssn?|s\.s\.n?\.?|social|soc(?:ial)?\.? ?sec(?:urity)?\.?|seguro social)"
    r"((?:[ #]*(?:number|num|no|nbr|is)\b\.?)?[\s:=#./(-]{0,4})(?:\d{9}|\d{3}-\d{3}-\d{3}|\d{3}-\d{2}-\d{4})(?!\d)",
    re.IGNORECASE,
)

# What both patterns need: one look tells nearly every row of a feed from one that has to be looked at twice.
_BETWEEN = rf"(?:{_DASH}|[\s._/])"
_PERHAPS = re.compile(rf"\d\d\d(?:\d{{6}}|{_BETWEEN}\d{{2,3}}{_BETWEEN}\d{{3}})")

_UNSEEN = re.compile("(?<=[\\d-])[\u200b-\u200d\u2060\ufeff]|[\u200b-\u200d\u2060\ufeff](?=[\\d-])")
"""Letters without width beside a digit, which would hide a number from who looks for it."""
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}

_HEADED = re.compile(
    r"\w*ssn(?:o|um)?\b|^social$|\b(s s n|nss|ss (?:number|num|no|nbr|nr)|soc(?:ial)? ?sec\w*|seguro social|itin)\b"
)
_TAX_NUMBER = re.compile(r"\b(tin|tax ?payer (?:id|identification)|tax id|tax identification)\b")
_TAX_NUMBER_OF_A_FIRM = re.compile(
    r"\b(employer|company|client|insured|insurer|carrier|provider|facility|vendor|payee|federal|business|tpa|administrator)\b"
)


def headed(words: str) -> bool:
    """Tell whether a column headed by these plain *words* (`ss number`, `worker tin`) holds the workers' numbers."""
    if _HEADED.search(words):
        return True
    return bool(_TAX_NUMBER.search(words)) and not _TAX_NUMBER_OF_A_FIRM.search(words)


def removed(text: str) -> str:
    """Return *text* with REMOVED in the place of every social security number that can be told for one."""
    if not text.isascii():
        text = _UNSEEN.sub("", text).translate(_WIDE_DIGITS)
    if not _PERHAPS.search(text):
        return text
    text = _WRITTEN.sub(REMOVED, text)
    return _SPOKEN_OF.sub(rf"\1\2{REMOVED}", text) if _DIGITS.search(text) else text


@lru_cache(maxsize=10_000)
def holds(text: str) -> bool:
    """Tell whether *text* holds such a number, or stands where one was taken out."""
    return REMOVED in text or removed(text) != text
