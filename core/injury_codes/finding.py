"""Finding a code by words: as they are typed, begun, or with a slip of the hand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.injury_codes.vocabularies import CODES, Code, Vocabulary, code
from core.injury_codes.wording import NUMBER, SAYS_NOTHING, plain

_TITLE, _WORDS, _CATEGORY = 8, 6, 1
"""How much a word counts, by where it is found."""

_WHOLE, _BEGUN, _SLIPPED = 4, 2, 1
"""How much it counts by how it was typed."""

_SHORTEST = 4
"""Letters below which nothing is taken for a slip."""

_LONG = 7
"""Letters from which on two slips are forgiven."""


class Hit(NamedTuple):
    """A code that was found. `exact` is whether its digits or its title were typed, no more and no less."""

    code: Code
    exact: bool


def find(vocabulary: Vocabulary, words: str) -> list[Hit]:
    """Return the codes that *words* may mean, the nearest first: exact ones, then those in which most of them stand."""
    typed = plain(words)
    asked = [word for word in typed if word not in SAYS_NOTHING and word != NUMBER]
    exact = code(vocabulary, words)
    matched: dict[str, int] = defaultdict(int)
    score: dict[str, int] = defaultdict(int)
    for word in asked:
        for number, weight in _near(vocabulary, word).items():
            matched[number] += 1
            score[number] += weight
    hits = [
        Hit(each, each.code == exact or plain(each.title) == typed)
        for each in CODES[vocabulary].values()
        if each.code == exact or each.code in matched or (typed and plain(each.title) == typed)
    ]
    return sorted(hits, key=lambda hit: (not hit.exact, -matched[hit.code.code], -score[hit.code.code], hit.code.code))


def _near(vocabulary: Vocabulary, word: str) -> Mapping[str, int]:
    """Return the codes in which *word* stands, and how much that counts; a slip where it stands in none as it is."""
    known = _INDEX[vocabulary]
    begun = [each for each in known if len(word) > 1 and each.startswith(word)]
    slips = 0 if begun or len(word) < _SHORTEST else 2 if len(word) >= _LONG else 1
    slipped = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=slips, limit=None) if slips else []
    near: dict[str, int] = defaultdict(int)
    for each in begun:
        for number, weight in known[each].items():
            near[number] = max(near[number], weight * (_WHOLE if each == word else _BEGUN))
    for each, _, _ in slipped:
        for number, weight in known[each].items():
            near[number] = max(near[number], weight * _SLIPPED)
    return near


def _said(each: Code) -> Iterator[tuple[str, int]]:
    yield from ((word, _CATEGORY) for word in plain(each.category))
    for phrase in each.words:
        # What is said in one word is nearer than a word of what is said in several.
        yield from ((word, _WORDS if plain(phrase) == (word,) else _WORDS // 2) for word in plain(phrase))
    yield from ((word, _TITLE) for word in plain(each.title))


def _index(vocabulary: Vocabulary) -> dict[str, dict[str, int]]:
    index: dict[str, dict[str, int]] = defaultdict(dict)
    for each in CODES[vocabulary].values():
        for word, weight in _said(each):
            if word not in SAYS_NOTHING and word != NUMBER:
                index[word][each.code] = max(index[word].get(each.code, 0), weight)
    return dict(index)


_INDEX = {vocabulary: _index(vocabulary) for vocabulary in Vocabulary}
