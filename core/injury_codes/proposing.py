"""Proposing codes from what happened: which of its words speak for which code. A person chooses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from core.injury_codes.finding import find
from core.injury_codes.vocabularies import CODES, Code, Vocabulary
from core.injury_codes.wording import GAP, SAYS_NOTHING, STOP, WIDEST, Word, plain, quoted, segments, words

MOST = 3
"""So many codes of a vocabulary are proposed."""

_MOST_QUOTED = 3
_LONGEST = 20_000
"""Letters of a text that are looked at."""

_DENIES = frozenset(plain("no not without denies denied never nor"))


class Proposal(NamedTuple):
    """A code that may be meant, and the words that say so, as they stand in the text."""

    code: Code
    because: tuple[str, ...]


class _Phrase(NamedTuple):
    """What speaks for a code, or with `meant` false for none; `place` is how far it stands from the code's nearest."""

    code: Code
    parts: tuple[tuple[str, ...], ...]
    meant: bool
    place: int


class _Match(NamedTuple):
    phrase: _Phrase
    at: tuple[int, ...]
    """Which words of the text."""


def proposed(narrative: str, told: Mapping[Vocabulary, str] | None = None) -> dict[Vocabulary, tuple[Proposal, ...]]:
    """
    Return for each vocabulary the codes, MOST at most, that what happened speaks for, the likeliest first.

    *told* is what was told of the part, nature or cause itself, in a few words: it comes before as many of the story,
    and slips of the hand in it are forgiven. The same texts have the same answer.
    """
    said = told or {}
    story = narrative[:_LONGEST]
    return {each: tuple(_of(each, [said.get(each, "")[:_LONGEST], story]))[:MOST] for each in Vocabulary}


def _of(vocabulary: Vocabulary, texts: Sequence[str]) -> list[Proposal]:
    because: dict[str, list[str]] = defaultdict(list)
    rank: dict[str, tuple[int, int, int, int]] = {}
    mentions: dict[str, int] = defaultdict(int)
    for number, text in enumerate(texts):
        standing = words(text)
        for match in sorted(_matches(vocabulary, standing), key=lambda match: (match.at, match.phrase.place)):
            code = match.phrase.code.code
            mentions[code] += 1
            because[code].append(quoted(text, [standing[at] for at in match.at]))
            said = sum(standing[at].plain not in SAYS_NOTHING for at in match.at)
            place = (-said, number, match.phrase.place, match.at[0])
            rank[code] = min(rank.get(code, place), place)
    order = sorted(rank, key=lambda code: (rank[code][:2], -mentions[code], rank[code][2:], code))
    codes = CODES[vocabulary]
    found = [Proposal(codes[code], _once(because[code])) for code in order]
    told = texts[0].strip()
    if told and not _matches(vocabulary, words(told)):
        near = [hit.code for hit in find(vocabulary, told) if hit.code.code not in rank]
        found = [*(Proposal(code, (told[:60],)) for code in near[:MOST]), *found]
    return found


def _once(quotes: Sequence[str]) -> tuple[str, ...]:
    return tuple({quote.casefold(): quote for quote in reversed(quotes)}.values())[::-1][:_MOST_QUOTED]


def _matches(vocabulary: Vocabulary, text: Sequence[Word]) -> list[_Match]:
    """Return what in *text* speaks for a code; of two phrases of which one holds the other, the longer."""
    every = [
        _Match(phrase, at)
        for start, word in enumerate(text)
        for phrase in _PHRASES[vocabulary].get(word.plain, ())
        if (at := _found(phrase.parts, text, start)) and not (start and text[start - 1].plain in _DENIES)
    ]
    held = [(match, frozenset(match.at)) for match in every]
    return [
        match
        for match, at in held
        if match.phrase.meant
        and not any(at < other_at or (at == other_at and _denied(match, other)) for other, other_at in held)
    ]


def _denied(match: _Match, other: _Match) -> bool:
    return not other.phrase.meant and other.phrase.code == match.phrase.code


def _found(parts: Sequence[Sequence[str]], text: Sequence[Word], start: int) -> tuple[int, ...]:
    """Return the words of *text* in which *parts* stand from *start* on, one after the other; empty if they do not."""
    at: list[int] = []
    earliest, latest = start, start
    for part in parts:
        for first in range(earliest, min(latest, len(text) - len(part)) + 1):
            if first > earliest and text[first - 1].plain == STOP:
                return ()
            if all(text[first + n].plain == word for n, word in enumerate(part)):
                at += range(first, first + len(part))
                break
        else:
            return ()
        earliest = at[-1] + 1
        latest = earliest + WIDEST
    return tuple(at)


def _phrases(vocabulary: Vocabulary) -> dict[str, tuple[_Phrase, ...]]:
    by_first: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in _every(vocabulary):
        by_first[phrase.parts[0][0]].append(phrase)
    return {word: tuple(phrases) for word, phrases in by_first.items()}


def _every(vocabulary: Vocabulary) -> Iterator[_Phrase]:
    for code in CODES[vocabulary].values():
        for place, each in enumerate(code.words):
            # With words between two that belong together, nobody says it by chance.
            yield _Phrase(code, segments(each), True, -1 if GAP in each else place)
        yield from (_Phrase(code, segments(each), False, 0) for each in code.otherwise if GAP not in each)


_PHRASES = {vocabulary: _phrases(vocabulary) for vocabulary in Vocabulary}
