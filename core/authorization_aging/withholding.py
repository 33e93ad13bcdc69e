"""
What is withheld from whoever opens no requests: figures of few, and as much beside them as keeps them from being had.

The sum of all is shown, and the sums of those clocks that are not few. Within each clock that is shown, its groups and
its ages are two ways to part the same sum: of either, what is withheld must blur. Sums of groups and of ages are not
shown. The rule by which parts of a sum are withheld is that of First contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.authorization_aging.figures import Figure, Picture
from core.first_contact import FEWEST, Figures, withheld


def shown(picture: Picture) -> Picture:
    """Return what of *picture*, in which nothing is withheld, may be seen by who opens no requests."""
    if not picture.groups:
        return picture
    whole = picture.open or 0
    hidden = frozenset(range(len(picture.clocks))) if few(whole) else _withheld(picture.clocks, blank=True)
    groups = _columns([group.clocks for group in picture.groups], hidden)
    return replace(
        picture,
        groups=tuple(
            sorted(
                (replace(group, clocks=groups[n], ages=()) for n, group in enumerate(picture.groups)),
                key=lambda group: group.name,
            )
        ),
        ages=_columns(picture.ages, hidden),
        clocks=tuple(None if n in hidden else figure for n, figure in enumerate(picture.clocks)),
        open=None if few(whole) else whole,
    )


def few(told: int) -> bool:
    """Tell whether so many are too few to tell of."""
    return told < FEWEST


def parts_withheld(told: Mapping[str, int]) -> frozenset[str]:
    """Return which parts of a sum that is shown are withheld, by their names."""
    names = list(told)
    return frozenset(names[n] for n in _withheld(list(told.values()), blank=False))


def _columns(rows: Sequence[Sequence[Figure]], hidden: frozenset[int]) -> tuple[tuple[Figure, ...], ...]:
    """Return *rows* with each column withheld, wholly where it is *hidden*, else as far as its parts need it."""
    columns = [
        [None] * len(column) if n in hidden else _parts(column) for n, column in enumerate(zip(*rows, strict=True))
    ]
    return tuple(zip(*columns, strict=True))


def _parts(column: Sequence[Figure]) -> list[Figure]:
    inside = _withheld(column, blank=True)
    return [None if n in inside else figure for n, figure in enumerate(column)]


def _withheld(parts: Sequence[Figure], *, blank: bool) -> frozenset[int]:
    return withheld([Figures(reported=part or 0, decided=part or 0) for part in parts], blank=blank)
