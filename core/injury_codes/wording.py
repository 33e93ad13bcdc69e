"""Words as they are compared: without case, accents and plurals, with where they stand in the text."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

NUMBER, STOP = "#", "."
"""What stands for any number, and for the end of a sentence."""

GAP = "…"
"""In a phrase: up to WIDEST other words."""

WIDEST = 5
"""So many words may stand in a gap."""

_TOKEN = re.compile(r"#(?!\d)|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W\d_]+)?|[.!?;\n]|&")
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "forty", "fifty", "hundred",
)  # fmt: skip


SAYS_NOTHING = (
    "a", "an", "and", "at", "by", "from", "his", "her", "in", "into", "its", "left", "lt", "my", "of", "off", "on",
    "or", "right", "rt", "the", "to", "was", "with",
)  # fmt: skip
"""Words that are in many phrases, and tell none from another."""


class Word(NamedTuple):
    """A word of a text as it is compared, and from where to where it stands there."""

    plain: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of *text*; a number is NUMBER, and between sentences stands STOP."""
    return [Word(_plain(token.group()), *token.span()) for token in _TOKEN.finditer(text)]


def plain(text: str) -> tuple[str, ...]:
    """Return the words of *text* as they are compared, without the ends of sentences."""
    return tuple(word.plain for word in words(text.replace("(s)", "s")) if word.plain != STOP)


def segments(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return the parts of a *phrase* between which other words may stand."""
    return tuple(plain(part) for part in phrase.split(GAP))


def quoted(text: str, found: Sequence[Word]) -> str:
    """Return the *found* words as they stand in *text*, with GAP where others stand between."""
    said = ""
    for before, word in zip([None, *found], found, strict=False):
        between = text[before.end : word.start] if before else ""
        joined = " " if between.isspace() else between if len(between) < 2 else f" {GAP} "
        said += joined + text[word.start : word.end]
    return said


def _plain(token: str) -> str:
    if token[0].isdigit() or token == NUMBER:
        return NUMBER
    if token in ".!?;\n":
        return STOP
    if token == "&":
        return "and"
    letters = unicodedata.normalize("NFKD", token.replace("’", "'").casefold())
    word = "".join(letter for letter in letters if not unicodedata.combining(letter)).removesuffix("'s")
    if word in _NUMBERS:
        return NUMBER
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word
