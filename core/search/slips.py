"""
Names that are nearly the one typed: of the workers of one scope, kept in this process, so that each search need not
read them.

What is kept of a scope was read through its own person's policies, and is compared for persons of the same scope only:
whether somebody of another client has a name changes nothing.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Engine

from db.queries import search as queries

LONG = 6
"""Letters from which on two slips are forgiven; one in what is shorter."""

SHORTEST = 3
"""Letters below which nothing is taken for a slip."""

MOST_NEAR = 50
"""Names near one word that are looked for at most, the nearest of them."""

MOST_NEAR_HALVES = 12
"""The same of each half of a name: every one of the one half is looked for with every one of the other."""

_MOST_SCOPES = 64
_NEWS_AFTER = timedelta(minutes=1)
_ANEW_AFTER = timedelta(hours=1)
"""Names that were corrected, and those of an import that took long, are met at the latest by then."""


@dataclass
class Words:
    """Keys of names by their words, each with how long it is; a whole key is one of its own words."""

    keys: dict[str, set[str]] = field(default_factory=dict)
    by_length: dict[int, list[str]] = field(default_factory=dict)

    def add(self, key: str) -> None:
        """Take in *key*; nothing where it is known."""
        if key in self.keys.get(key, ()):
            return
        for word in {key, *key.split()}:
            if word not in self.keys:
                self.keys[word] = set()
                self.by_length.setdefault(len(word), []).append(word)
            self.keys[word].add(key)

    def near(self, typed: str, *, most: int = MOST_NEAR) -> list[str]:
        """Return keys of which a word, or the whole, is *typed* but for slips: the nearest first, *most* at most."""
        slips = (2 if len(typed) >= LONG else 1) if len(typed) >= SHORTEST else 0
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        alike = [
            (distance, word)
            for length in lengths
            for word, distance, _ in process.extract(
                typed, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            if word.count(" ") == typed.count(" ")
        ]
        found = dict.fromkeys(key for _, word in sorted(alike) for key in sorted(self.keys[word]))
        return list(found)[:most]


@dataclass
class Names:
    """The names of a scope: those of all its workers up to a number, read anew at a time and added to at another."""

    families: Words
    givens: Words
    through: int
    anew_at: datetime
    added_at: datetime

    def take(self, names: Iterable[queries.Name]) -> None:
        """Take in names that were read."""
        for family, given, worker_id in names:
            if family:
                self.families.add(family)
            if given:
                self.givens.add(given)
            self.through = max(self.through, worker_id)


Scope = frozenset[int] | None

_kept: WeakKeyDictionary[Engine, OrderedDict[Scope, Names]] = WeakKeyDictionary()


def of(tx: Connection, scope: Scope, *, at: datetime) -> Names:
    """Return the names of the workers of *scope*, which is that of *tx*, with those that came a minute before *at*."""
    kept = _kept.setdefault(tx.engine, OrderedDict())
    names = kept.get(scope)
    if names is None or not timedelta(0) <= at - names.anew_at < _ANEW_AFTER:
        names = Names(Words(), Words(), 0, at, at)
        names.take(queries.names(tx, after=0))
        kept[scope] = names
    elif at - names.added_at >= _NEWS_AFTER:
        names.added_at = at
        names.take(queries.names(tx, after=names.through))
    kept.move_to_end(scope)
    while len(kept) > _MOST_SCOPES:
        kept.popitem(last=False)
    return names
