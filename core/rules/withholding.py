"""
Counts of a rehearsal as they are shown: those of 1 to 4 as such, and as much beside them as keeps them from being told.

What was late, what is newly late and what no longer is make what would have been late: of these four, one that is
withheld could be computed from the others, so a second is shown as the range that the others leave. A sum over clients
is exact where what is withheld of it could be shared out in more than one way, and else the sum of what is shown.

This holds within one answer. Two rehearsals, of a limit and of one that is an hour longer, can still be compared.
"""

from collections.abc import Sequence
from typing import NamedTuple

FEW = range(1, 5)
"""Counts that are shown as 1 to 4, and not one by one."""


class Count(NamedTuple):
    """How many there are: at least and at most, which are the same where the number is shown."""

    least: int
    most: int

    @property
    def exact(self) -> bool:
        """Whether the number is shown."""
        return self.least == self.most

    def __str__(self) -> str:
        return f"{self.least:,}" if self.exact else f"{self.least:,} to {self.most:,}"


class Tally(NamedTuple):
    """Of cases: how many there are, were late, would have been, would newly be, and would no longer be late."""

    cases: int = 0
    was: int = 0
    would: int = 0
    newly: int = 0
    no_longer: int = 0


class Shown(NamedTuple):
    """The same as it is shown."""

    cases: Count
    was: Count
    would: Count
    newly: Count
    no_longer: Count


def of_few(number: int) -> Count:
    """Return *number* as it is shown: itself, or 1 to 4."""
    return Count(FEW[0], FEW[-1]) if number in FEW else Count(number, number)


def of_client(tally: Tally) -> Shown:
    """Return how the *tally* of one client is shown."""
    if tally.cases in FEW:
        some = Count(0, FEW[-1])
        return Shown(of_few(tally.cases), some, some, some, some)
    cases, was, would, newly, no_longer = (of_few(each) for each in tally)
    if not (was.exact and newly.exact and no_longer.exact):
        would = _would(was, newly, no_longer, cases)
    elif not would.exact:
        no_longer = Count(was.least + newly.least - would.most, was.least + newly.least - would.least)
    return Shown(cases, was, would, newly, no_longer)


def together(clients: Sequence[tuple[Shown, Tally]]) -> Shown:
    """Return how the sum of the *clients* is shown."""
    cases = _sum([(shown.cases, tally.cases) for shown, tally in clients])
    none_small = all(shown.cases.exact for shown, _ in clients)
    was, newly, no_longer = (
        _sum([(getattr(shown, name), getattr(tally, name)) for shown, tally in clients], blurs=none_small)
        for name in ("was", "newly", "no_longer")
    )
    return Shown(cases, was, _would(was, newly, no_longer, cases), newly, no_longer)


def _would(was: Count, newly: Count, no_longer: Count, cases: Count) -> Count:
    """Return what the others leave for what would have been late."""
    least, most = was.least + newly.least - no_longer.most, was.most + newly.most - no_longer.least
    return Count(max(least, 0), min(most, cases.most))


def _sum(parts: Sequence[tuple[Count, int]], *, blurs: bool = True) -> Count:
    """Return the sum of *parts*, each as it is shown and as it is; exact though some are withheld, where that blurs."""
    withheld = [part for part in parts if not part[0].exact]
    least, most = (sum(getattr(shown, end) for shown, _ in withheld) for end in ("least", "most"))
    hidden = sum(number for _, number in withheld)
    known = sum(number for shown, number in parts if shown.exact)
    if blurs and len(withheld) > 1 and hidden not in FEW and least < hidden < most:
        return Count(known + hidden, known + hidden)
    return Count(known + least, known + most)
