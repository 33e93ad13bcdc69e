"""The WCIO codes of part of body, nature and cause of injury, and how each is read and called."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from core.injury_codes.wording import GAP, SAYS_NOTHING, plain


class Vocabulary(StrEnum):
    """A table of codes, by the name of the field of a claim that holds one of them."""

    PART = "part_code"
    NATURE = "nature_code"
    CAUSE = "cause_code"


@dataclass(frozen=True)
class Code:
    """
    A code of a vocabulary: two digits, with its title within its category.

    `words` are what one would type or tell of it, the nearest first, `otherwise` what holds such words and means
    something else; both are phrases of which `wording` says how they are compared.
    """

    vocabulary: Vocabulary
    code: str
    category: str
    title: str
    words: tuple[str, ...]
    otherwise: tuple[str, ...]

    @property
    def brief(self) -> str:
        """Code and title: `34 Wrist`."""
        return f"{self.code} {self.title}"

    @property
    def label(self) -> str:
        """Code, title and category, as one chooses it: `34 Wrist · upper extremities`."""
        return f"{self.brief} · {self.category[:1].lower()}{self.category[1:]}"

    @property
    def told(self) -> str:
        """Title and code, as it is told: `Wrist (34)`; with the category where the title alone leaves it open."""
        told = f"{self.title} ({self.code})"
        alone = self.vocabulary is not Vocabulary.CAUSE and _TITLES[self.vocabulary][self.title] == 1
        return told if alone else f"{told} · {self.category[:1].lower()}{self.category[1:]}"

    @property
    def searched(self) -> str:
        """The label, and behind it whatever else one would type."""
        said, more = {*SAYS_NOTHING, *plain(self.label)}, []
        for phrase in self.words:
            if GAP not in phrase and not said >= {*plain(phrase)}:
                said |= {*plain(phrase)}
                more.append(phrase)
        return f"{self.label} ({', '.join(more)})" if more else self.label


_HERE = Path(__file__).parent
_FILES = {Vocabulary.PART: "part.csv", Vocabulary.NATURE: "nature.csv", Vocabulary.CAUSE: "cause.csv"}


def _read(vocabulary: Vocabulary) -> Mapping[str, Code]:
    with open(_HERE / _FILES[vocabulary], newline="", encoding="utf-8") as file:
        return MappingProxyType(
            {
                row["code"]: Code(
                    vocabulary, row["code"], row["category"], row["title"],
                    _phrases(row["words"]), _phrases(row["otherwise"]),
                )
                for row in csv.DictReader(file)
            }
        )  # fmt: skip


def _phrases(cell: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in cell.split(";") if phrase.strip())


CODES: Mapping[Vocabulary, Mapping[str, Code]] = MappingProxyType({each: _read(each) for each in Vocabulary})
"""Every code, by its two digits."""

_TITLES = {vocabulary: Counter(each.title for each in codes.values()) for vocabulary, codes in CODES.items()}

_WRITTEN = re.compile(r"\s*(\d{1,2})(?:\.0+)?(?!\d)\W*(.*)", re.DOTALL)


def code(vocabulary: Vocabulary, written: str) -> str | None:
    """
    Return the code that is *written*, two digits: of `34`, of `4` or `4.0` for 04, of `34 - Wrist`; None of all else.

    A title beside it must be the code's own, for one of the two is wrong otherwise.
    """
    if (read := _WRITTEN.fullmatch(written)) is None:
        return None
    known = CODES[vocabulary].get(read[1].zfill(2))
    if known is None or (read[2] and plain(read[2]) not in (plain(known.title), plain(known.label)[1:])):
        return None
    return known.code
