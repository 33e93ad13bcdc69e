"""The words of letters, by language: from the files beside this, and days, counts and outcomes as each says them."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from core import words
from core.authorizations.vocabulary import outcome_words


class Language(StrEnum):
    """A language of letters: the file beside this that has its words has its name."""

    ENGLISH = "en"
    SPANISH = "es"


LANGUAGES = MappingProxyType({Language.ENGLISH: "English", Language.SPANISH: "Spanish"})

_NAMES = MappingProxyType(
    dict.fromkeys(("spanish", "español", "espanol", "es", "spa", "castellano", "es-us", "es-mx"), Language.SPANISH)
)
"""How a worker's language is written where letters speak it; any other is written to in English."""


def language_of(written: str | None) -> Language:
    """Return the language in which a worker is written to, from what is kept of the worker's own."""
    return _NAMES.get((written or "").strip().casefold(), Language.ENGLISH)


@lru_cache(maxsize=len(Language))
def file_of(language: Language) -> Mapping[str, Any]:
    """Return all words of a language, as its file has them."""
    return tomllib.loads(Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8"))


class Words:
    """What a letter says, in one language, with days and times on the clocks of one zone."""

    def __init__(self, language: Language, timezone: str) -> None:
        self.language = language
        self._file, self._zone = file_of(language), ZoneInfo(timezone)

    def say(self, *path: str, **filled: object) -> str:
        """Return the words under *path*, with what stands in braces *filled* in."""
        found: Any = self._file
        for name in path:
            found = found[name]
        return str(found).format(**filled)

    def of_state(self, *path: str, jurisdiction: str, **filled: object) -> str:
        """Return the words under *path* that a jurisdiction has of its own, else those for any."""
        found: Any = self._file
        for name in path:
            found = found[name]
        return self.say(*path, jurisdiction if jurisdiction in found else "any", **filled)

    def headings(self, template: str) -> tuple[str, ...]:
        """Return the headings of the table of a letter."""
        return tuple(self._file[template]["headings"])

    def day(self, on: date) -> str:
        """Return a day: 'November 24, 2026'."""
        return self.say("day", day=on.day, month=self._file["months"][on.month - 1], year=on.year)

    def day_of(self, at: datetime) -> str:
        """Return the day that it is at an instant."""
        return self.day(at.astimezone(self._zone).date())

    def moment(self, at: datetime) -> str:
        """Return an instant: 'November 24, 2026, 09:05 CST'."""
        local = at.astimezone(self._zone)
        return self.say("moment", day=self.day(local.date()), clock=words.zoned(local))

    def counted(self, number: int, unit: str) -> str:
        """Return how many of a unit: '30 calendar days'."""
        one, more = self._file["units"][unit]
        return f"{number:,} {one if number == 1 else more}"

    def outcome(self, outcome: str, jurisdiction: str) -> str:
        """Return what a jurisdiction calls an outcome."""
        if self.language is Language.ENGLISH:
            return outcome_words(outcome, jurisdiction)
        known: Mapping[str, str] = self._file["outcomes"]
        return known.get(f"{jurisdiction}.{outcome}") or known[outcome]
