"""What a cell says: states, postal codes, languages and names in the forms in which clients write them."""

import re
from functools import lru_cache

from core.intake.elements import JURISDICTIONS, LIMITS

_NOT_SAID = ("n/a", "n.a.", "na", "#n/a", "none", "null", "(null)", "nil", "unknown", "unk", "tbd", "not provided")
BLANKS = frozenset(
    (
        *("", "-", "--", "---", "–", "—", ".", "?", "??"),
        *(form for word in _NOT_SAID for form in (word, word.upper(), word.capitalize(), word.title())),
    )
)
"""Cells that say nothing."""


def blank(cell: str) -> bool:
    """Tell whether *cell* says nothing: empty, a dash, `N/A`, `unknown`."""
    return cell in BLANKS


def email(cell: str) -> str | None:
    """Return *cell* where it has the form of an e-mail address, or None."""
    return cell if len(cell) <= 254 and re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", cell) else None


_STATE_NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "districtofcolumbia": "DC", "washingtondc": "DC", "florida": "FL",
    "georgia": "GA", "guam": "GU", "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA",
    "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA",
    "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE",
    "nevada": "NV", "newhampshire": "NH", "newjersey": "NJ", "newmexico": "NM", "newyork": "NY",
    "northcarolina": "NC", "northdakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "puertorico": "PR", "rhodeisland": "RI", "southcarolina": "SC", "southdakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA", "virginislands": "VI",
    "usvirginislands": "VI", "washington": "WA", "westvirginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "ill": "IL", "calif": "CA", "penn": "PA", "penna": "PA", "mass": "MA", "mich": "MI", "minn": "MN", "wis": "WI",
    "wash": "WA", "tex": "TX", "tenn": "TN", "ariz": "AZ", "colo": "CO", "conn": "CT", "fla": "FL", "ind": "IN",
    "kans": "KS", "miss": "MS", "neb": "NE", "nebr": "NE", "nev": "NV", "okla": "OK", "ore": "OR",
}  # fmt: skip
_CODES = frozenset(JURISDICTIONS)


@lru_cache(maxsize=2_000)
def state(cell: str) -> str | None:
    """Return the two letters of the state in *cell* (code, name, common short form, `US-IL`), or None."""
    letters = re.sub(r"[^a-z]", "", cell.casefold().removeprefix("us-"))
    code = letters.upper()
    return code if code in _CODES else _STATE_NAMES.get(letters)


def postal_code(cell: str) -> str | None:
    """Return a ZIP code with its leading zeros back (`2139.0` is 02139), or None."""
    digits = cell.removesuffix(".0").replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or not 3 <= len(digits) <= 9:
        return None
    return digits.zfill(5) if len(digits) <= 5 else f"{digits.zfill(9)[:5]}-{digits.zfill(9)[5:]}"


_LANGUAGES = {
    "en": "English", "eng": "English", "english": "English", "inglés": "English", "ingles": "English",
    "es": "Spanish", "sp": "Spanish", "spa": "Spanish", "spanish": "Spanish", "español": "Spanish",
    "espanol": "Spanish",
}  # fmt: skip


def language(cell: str) -> str | None:
    """Return the name of the language in *cell*, or None where it holds no word of letters, or too many of them."""
    return _LANGUAGES.get(cell.casefold()) or (
        cell if len(cell) <= LIMITS["language"][0] and re.search(r"[^\W\d_]{2}", cell) else None
    )


_METHODS = (
    ("text", r"text|sms"),
    ("email", r"e-?mail"),
    ("attorney", r"attorney|lawyer|counsel"),
    ("phone", r"phone|call|voice|cell|mobile|tel|home|work"),
    ("letter", r"letter|mail|post"),
)


@lru_cache(maxsize=1_000)
def contact_method(cell: str) -> str | None:
    """Return how the worker prefers to be contacted, as a key of CONTACT_METHODS, or None."""
    return next((method for method, words in _METHODS if re.search(words, cell[:60], re.IGNORECASE)), None)


def yes(cell: str) -> bool:
    """Tell whether *cell* says yes."""
    return cell.casefold() in ("y", "yes", "true", "t", "1", "1.0", "x", "si", "sí", "urgent", "emergency")


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "md", "rn", "esq"))
_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "van", "von", "der", "den", "di", "da", "dos", "st", "san", "al", "el", "bin")
)
_NO_NAME = re.compile(
    r"(unknown|unk|n/a|none|not (given|provided|known)|tbd|anonymous|confidential|withheld|employee #?\d+)\.?",
    re.IGNORECASE,
)
_FORMULA = frozenset("=+@")
LONGEST_NAME = LIMITS["family_name"][0]
"""Letters beyond which a cell is no name."""


def is_name(cell: str) -> bool:
    """
    Tell whether *cell* can be somebody's name: letters in it, not too long, and no word for not knowing,
    no formula.
    """
    if len(cell) > LONGEST_NAME or cell[:1] in _FORMULA or not (cell.isalpha() or any(map(str.isalpha, cell))):
        return False
    return _NO_NAME.fullmatch(cell) is None


def unnamed(cell: str) -> bool:
    """Tell whether *cell* says nothing where a name should stand."""
    return blank(cell) or _NO_NAME.fullmatch(cell) is not None


def split_name(cell: str) -> tuple[str, str]:
    """Return family and given name of a full name in either order: `Núñez, Ana` or `Ana de la Cruz`."""
    name = re.sub(r"\s+", " ", cell).strip(" ,")
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        if given.strip(".").casefold() not in _SUFFIXES:
            return family, given
        name = f"{family} {given}"
    words = name.split(" ")
    if len(words) == 1:
        return words[0], ""
    tail = 2 if len(words) > 2 and words[-1].strip(".").casefold() in _SUFFIXES else 1
    while tail < len(words) - 1 and words[-tail - 1].casefold() in _PARTICLES:
        tail += 1
    return " ".join(words[-tail:]), " ".join(words[:-tail])
