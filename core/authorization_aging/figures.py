"""The figures of aging: how many requests are open, by what, and how long those took that are answered."""

from dataclasses import dataclass
from datetime import date, datetime

from core.authorization_aging.buckets import Left
from core.authorization_aging.question import Question

Figure = int | None
"""How many; None is withheld."""


@dataclass(frozen=True)
class Group:
    """
    Open requests of one jurisdiction, client, reviewer or provider.

    `clocks` are counted by Left and `ages` by the place in AGES; `ages` are none where something may be withheld, as
    the one could be computed from the other.
    """

    key: str
    name: str
    clocks: tuple[Figure, ...]
    ages: tuple[int, ...] = ()

    @property
    def open(self) -> int:
        """Return how many of it are open, as far as that is shown."""
        return sum(figure or 0 for figure in self.clocks)


@dataclass(frozen=True)
class Picture:
    """
    Open requests as they stood at `at`, without what is withheld.

    `groups` come most pressing first; where something may be withheld, by name. `ages` are counted by age, and within
    it by clock; `clocks` are the sums of all, and `open` is how many there are.
    """

    question: Question
    at: datetime
    groups: tuple[Group, ...]
    ages: tuple[tuple[Figure, ...], ...]
    clocks: tuple[Figure, ...]
    open: Figure

    def of(self, left: Left) -> Figure:
        """Return how many have so much of their clock left."""
        return self.clocks[left]


@dataclass(frozen=True)
class Took:
    """
    How long requests took of whose determination the provider was told, by `name`: a week, a group, or all.

    `median` and `ninetieth` (the longest of the quickest nine tenths) are hours from the clock's start. `share` is of
    those with a due time that was ours to keep; None where there was none. `told` is None where it is not said.
    """

    name: str
    week: date | None
    told: Figure
    median: float
    ninetieth: float
    share: float | None
