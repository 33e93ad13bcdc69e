"""What a cell of a claim says: languages, and ways to reach the worker, in the forms in which clients write them."""

import re
from functools import lru_cache

from core.intake.told import LIMITS

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
    ("text", r"\btext|\bsms\b"),
    ("email", r"e-?mail"),
    ("attorney", r"attorney|lawyer|counsel"),
    ("phone", r"phone|\bcall|voice|\bcell|mobile|\btel\b|\bhome\b|\bwork\b"),
    ("letter", r"\bletter|\bmail|\bpost"),
)
_WISHED_NOT = re.compile(r"\b(no|not|never|don['\u2019]?t|stop|refus\w*)\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def contact_method(cell: str) -> str | None:
    """
    Return how the worker prefers to be contacted, as a key of CONTACT_METHODS, or None.

    What is not wished ("do not call") is no preference: it is quoted and asked about.
    """
    if _WISHED_NOT.search(cell[:60]):
        return None
    return next((method for method, words in _METHODS if re.search(words, cell[:60], re.IGNORECASE)), None)
