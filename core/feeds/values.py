"""What a cell says: nothing, yes, a postal code or a name, in the forms in which clients write them."""

import re
from functools import lru_cache

from core import social_security

_NOT_SAID = frozenset(
    (
        *(
            "n/a",
            "n.a",
            "n / a",
            "na",
            "#n/a",
            "n/d",
            "nan",
            "none",
            "null",
            "(null)",
            "nil",
            "(blank)",
            "blank",
            "tbd",
            "tba",
        ),
        *(
            "unknown",
            "unk",
            "unkn",
            "unkwn",
            "dk",
            "d/k",
            "dnk",
            "don't know",
            "do not know",
            "doesn't know",
            "not known",
        ),
        *("not provided", "not given", "not available", "not applicable", "not reported", "not stated", "not on file"),
        *("no data", "no info", "no information", "desconocido", "no sabe", "se desconoce"),
    )
)
_FILLED_IN = re.compile(r"\+?1?(?:(\d)\1{9}|1234567890|[09]{7,9})")
"""The digits of what is typed where a field must not be empty: 555-555-5555, 123-456-7890, 00/00/0000, 99999999."""
_LONGEST_FILLER = 20


def blank(cell: str) -> bool:
    """Tell whether *cell* says nothing: empty, a dash, `N/A`, `unknown`, `DK`, 000-000-0000, 123-456-7890."""
    if len(cell) > _LONGEST_FILLER:
        return False
    if "0" <= cell[-1:] <= "9" and cell[-1] != cell[-2:-1] != "9":  # no word, no digit over and over, no 1234567890
        return False
    return _is_blank(cell)


@lru_cache(maxsize=50_000)
def _is_blank(cell: str) -> bool:
    said = " ".join(cell.replace("\u2019", "'").casefold().split()).strip(" .")
    if said in _NOT_SAID or not said.strip("-?_*\u2013\u2014/\\ "):
        return True
    if said[-1] != said[-2:-1] and not said.endswith("7890"):  # as nearly every cell; an import asks this of all
        return False
    digits = re.sub(r"[-()./\s]", "", said)
    return _FILLED_IN.fullmatch(digits) is not None and (len(digits) > 9 or len(set(digits)) == 1)


def postal_code(cell: str) -> str | None:
    """Return a ZIP code with its leading zeros back (`2139.0` is 02139), or None."""
    digits = cell.removesuffix(".0").replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or not 3 <= len(digits) <= 9:
        return None
    return digits.zfill(5) if len(digits) <= 5 else f"{digits.zfill(9)[:5]}-{digits.zfill(9)[5:]}"


_YES = re.compile(
    r"(y|yes|true|t|1(\.0)?|x|si|sí|urgent|emergency|critical|life.threatening|911)(?![\w.])", re.IGNORECASE
)


def yes(cell: str) -> bool:
    """Tell whether *cell* says yes, alone or with words behind it: `Yes - 911 called`, `Critical`."""
    return _YES.match(cell.strip()) is not None


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "md", "rn", "esq"))
_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "van", "von", "der", "den", "di", "da", "dos", "st", "san", "al", "el", "bin")
)
_NO_NAME = re.compile(
    r"unknown|unkn?|unkwn|n/a|n\.a|none|null|dk|d/k|do(n[\u2019']?t| not) know|tbd|tba|anonymous|confidential|withheld"
    r"|desconocido|not (given|provided|known|available|applicable|reported|stated)"
    r"|(employee|worker|member|claimant|patient|associate) ?#? ?\d+",
    re.IGNORECASE,
)
_STAFF_NUMBER = re.compile(r"(?<=\w)[\s.]*\((?:(?:id|emp|no)\W*|#)?[a-z]?\d+\)\s*$", re.IGNORECASE)
"""What a personnel system puts behind a name: "Garcia, Maria (21344)"."""
_FORMULA = frozenset("=+@")
LONGEST_NAME = 200
"""Letters beyond which a cell is no name."""


def is_name(cell: str) -> bool:
    """
    Tell whether *cell* can be somebody's name: letters in it, not too long, and no word for not knowing,
    no formula.
    """
    if len(cell) > LONGEST_NAME or cell[:1] in _FORMULA or not (cell.isalpha() or any(map(str.isalpha, cell))):
        return False
    return social_security.REMOVED not in cell and _NO_NAME.fullmatch(cell.strip(" .")) is None


def unnamed(cell: str) -> bool:
    """Tell whether *cell* says nothing where a name should stand."""
    return blank(cell) or _NO_NAME.fullmatch(cell) is not None


def split_name(cell: str) -> tuple[str, str]:
    """
    Return family and given name of a full name in either order: `Núñez, Ana` or `Ana de la Cruz`.

    Jr., III and the like stay with the family name, wherever they stand: `Smith, Jr., John`, `Smith, John, Jr.`
    """
    parts = [" ".join(part.split()) for part in _STAFF_NUMBER.sub("", cell).split(",")]
    parts = [part for part in parts if part]
    suffixes = [part for part in parts[1:] if _is_suffix(part)]
    named = [part for part in parts if part not in suffixes]
    if len(named) > 1:
        given, tail = _without_suffix(", ".join(named[1:]))
        return " ".join([named[0], *tail, *suffixes]), given
    words = " ".join([*named, *suffixes]).split(" ")
    if len(words) == 1:
        return words[0], ""
    tail_length = 2 if len(words) > 2 and _is_suffix(words[-1]) else 1
    while tail_length < len(words) - 1 and words[-tail_length - 1].casefold() in _PARTICLES:
        tail_length += 1
    return " ".join(words[-tail_length:]), " ".join(words[:-tail_length])


def whole_name(family: str, given: str) -> str:
    """Return the name as lists have it: `Núñez, Ana`, or the one part that is there."""
    return ", ".join(part for part in (family, given) if part)


def _is_suffix(word: str) -> bool:
    return word.strip(".").casefold() in _SUFFIXES


def _without_suffix(given: str) -> tuple[str, list[str]]:
    """Return the given names of `John Jr.` and what belongs to the family name."""
    words = given.split(" ")
    return (" ".join(words[:-1]), words[-1:]) if len(words) > 1 and _is_suffix(words[-1]) else (given, [])
