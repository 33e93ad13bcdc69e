"""The words of a kind of feed: its fields, and how a column is known for one of them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from core.feeds import heading_words
from core.feeds.columns import Column

SURE = 60
"""Strength from which a heading surely means a field."""


class Days(NamedTuple):
    """A field that holds days: how many years back a plain number can be one, and whether all are past, as births."""

    oldest: int
    past: bool = False


class Offer(NamedTuple):
    """A column that may hold a field, and why that is not sure: a person confirms it, or it is not used."""

    heading: str
    why: str


Chosen = dict[str, int]
"""For each field the index of the column that is taken for it."""


def _no_offers(_: "Vocabulary", __: Chosen, ___: Sequence[Column]) -> dict[str, Offer]:
    return {}


def _none_beside(_: str, __: Column, ___: Sequence[Column]) -> int:
    return 0


@dataclass(frozen=True)
class Vocabulary:
    """
    The fields of a kind of feed, and by what headings and what content their columns are known.

    `fields` has every field with its name on screen; of each group in `needed` a row needs one. `meanings` returns
    every field that a heading may mean, with the strength of the guess: from 1 up, from SURE on it is sure. `fit`
    returns how far what stands in a column speaks for its being a field, or None where it cannot be that.
    """

    fields: Mapping[str, str]
    needed: Sequence[frozenset[str]]
    meanings: Callable[[str], Mapping[str, int]]
    fit: Callable[[Column, str], int | None]
    days: Mapping[str, Days] = field(default_factory=lambda: MappingProxyType({}))
    """Fields that hold days, in the order in which one serves as an example."""
    times: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Fields that hold times of day, perhaps with the day: how many years back a plain number can be that one."""
    story: str = ""
    """The field that is told in running text, if there is one: a delimiter in it may break a row up."""
    none_said: frozenset[str] = frozenset()
    """Fields in which "none" is an answer, and not nothing."""
    dated: str = ""
    """Words of headings, as a pattern, that say that a date stands below, beside those that say so anywhere."""
    named: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What a refusal may be about that is no field by itself, with its name on screen."""
    kept_open: frozenset[str] = frozenset()
    """Fields that nobody leaves out on purpose: proposed even where a saved mapping is there whole."""
    beside: Callable[[str, Column, Sequence[Column]], int] = _none_beside
    """How much likelier what stands beside it makes a column to be a field; mostly nothing, or less."""
    settle: Callable[["Vocabulary", Chosen, Sequence[Column]], dict[str, Offer]] = _no_offers
    """Changes what is chosen by heading and content where more has to be looked at; returns what is only offered."""
    closed_by: Callable[[Collection[str]], frozenset[str]] = frozenset
    """Fields for which nothing more is proposed where some are mapped already."""

    def recognised(self, heading: str) -> bool:
        """Tell whether *heading* surely means some field."""
        return max(self.meanings(heading).values(), default=0) >= SURE

    def doubtful(self, heading: str, name: str) -> bool:
        """Tell whether *heading* may mean the field *name* and does not surely: then it is offered and not taken."""
        return 0 < self.meanings(heading).get(name, 0) < SURE

    def says_date(self, heading: str) -> bool:
        """Tell whether *heading* says that a date stands under it; only there may a plain number be one."""
        if heading_words.says_date(heading):
            return True
        return bool(self.dated) and re.search(rf"\b({self.dated})\b", heading_words.plain(heading)) is not None

    def guesses(self, column: Column) -> dict[str, int]:
        """Return every field that *column* can be by its heading, and how likely; content that denies it counts."""
        meant = self.meanings(column.heading).items()
        return {name: weight + fit for name, weight in meant if (fit := self.fits(column, name)) is not None}

    def fits(self, column: Column, name: str) -> int | None:
        """Return how far what stands in *column* speaks for the field *name*, or None where it cannot be that."""
        return self.fit(column, name) if column.cells else -10

    def name(self, of: str) -> str:
        """Return what a person calls the field of a refused row, or what else a refusal is about."""
        return self.fields.get(of) or {"row": "The whole row", **self.named}.get(of, of)
