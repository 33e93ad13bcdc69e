"""What providers do: codes of NUCC's taxonomy that workers' compensation uses, found by what people call them."""

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import fuzz

from core.refusal import Refusal

_FILE = Path(__file__).with_name("specialties.csv")
_NEAR = 80
"""How like a name what was typed must be, of 100, to be taken for it."""

_WORD = re.compile(r"[a-z0-9&]+")


class NoSuchSpecialty(Refusal):
    text = "Choose a specialty from the list."


class Specialty(NamedTuple):
    """A code, its words, and what else people say for it."""

    code: str
    words: str
    said: tuple[str, ...]


@lru_cache(maxsize=1)
def specialties() -> Mapping[str, Specialty]:
    """Return every specialty by its code, in the order in which they are listed."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Specialty(row["code"], row["words"], tuple(map(str.strip, row["said"].split(";"))))
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({each.code: each for each in rows})


def named(code: str) -> str:
    """Return what a code is called; one that is not listed by itself."""
    known = specialties().get(code)
    return known.words if known else code


def specialty(code: str) -> Specialty:
    """
    Return the specialty of a code.

    :raises NoSuchSpecialty: if it is none of those listed.
    """
    if (known := specialties().get(code)) is None:
        raise NoSuchSpecialty
    return known


def find(words: str) -> list[Specialty]:
    """Return the specialties that *words* may mean, the nearest first; all of them where nothing was typed."""
    typed = _plain(words)
    if not typed:
        return list(specialties().values())
    scored = [(max(_like(typed, _plain(name)) for name in (each.words, *each.said)), each)
              for each in specialties().values()]  # fmt: skip
    return [each for score, each in sorted(scored, key=lambda one: -one[0]) if score >= _NEAR]


def _like(typed: str, name: str) -> float:
    """Return how like a *name* what was typed is, of 100: its beginning counts as nearly all of it."""
    if typed == name:
        return 100
    if len(typed) > 2 and any(f" {name}".find(f" {part}") >= 0 for part in (typed,)):
        return 95
    return max(fuzz.ratio(typed, name), fuzz.token_sort_ratio(typed, name)) if len(typed) > 3 else 0


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.lower()))
