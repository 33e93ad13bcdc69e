"""
What is withheld from everybody: figures of few claims, and as much beside them as keeps them from being computed.

A cell, a client or a period with fewer than FEWEST decided promises shows no figure. The whole period is shown, so what
is withheld of its parts is their sum's rest: parts are withheld until that rest tells of none of them by itself. Weeks
show shares and no counts: with counts, a week would be a second sum over the same cells.

This holds within one answer. Two answers to different questions (a day more, a client fewer) can still be compared.
"""

from collections.abc import Sequence

from core.first_contact.figures import (
    FEWEST,
    WEEKDAYS,
    Cell,
    ClientFigures,
    Counted,
    Figures,
    Period,
    Picture,
    Week,
    median_hours,
    together,
)

_SHORT_PERIOD = 7


def shown(counted: Counted) -> Picture:
    """Return what of *counted* may be seen by whoever reads measures."""
    whole = together(counted.cells.values())
    return Picture(
        counted.question,
        counted.at,
        _cells(counted),
        _weeks(counted),
        _clients(counted),
        Period(
            reported=whole.reported if whole.reported >= FEWEST else None,
            figures=None if _few(whole) else whole,
            median_hours=_median(counted),
        ),
    )


def withheld(parts: Sequence[Figures], *, blank: bool) -> frozenset[int]:
    """
    Return by position which of *parts* show nothing, where their sum is shown: those of few, and what shields them.

    Shields are added, the smallest first, until what is withheld are at least two parts, together no longer few, and
    not just one claim in each. With *blank* a part without a claim is seen to have none, unless it serves as a shield;
    else it is withheld as one of few.
    """
    few = {n for n, part in enumerate(parts) if _few(part) and (part.reported or not blank)}
    shields = sorted(set(range(len(parts))) - few, key=lambda n: (not parts[n].reported, parts[n].decided, n))
    whole = together(parts)
    while few and shields and not _blurred([parts[n] for n in few], whole):
        few.add(shields.pop(0))
    return frozenset(few)


def _blurred(parts: Sequence[Figures], whole: Figures) -> bool:
    """Tell whether the sum of *parts*, which can be had from *whole*, leaves open what is in each of them."""
    rest = together(parts)
    one_in_each = rest.reported <= len(parts) and all(part.reported for part in parts)
    return len(parts) > 1 and not one_in_each and (not _few(rest) or _few(whole))


def _few(figures: Figures) -> bool:
    return figures.decided < FEWEST


def _cells(counted: Counted) -> tuple[Cell, ...]:
    if not counted.cells:
        return ()
    week = [(day, hour) for day in range(1, len(WEEKDAYS) + 1) for hour in range(24)]
    within = [at for at in week if at in counted.cells or at[0] in counted.question.weekdays]
    parts = [counted.cells.get(at, Figures()) for at in within]
    hidden = withheld(parts, blank=True)
    return tuple(
        Cell(*at, None if n in hidden else part)
        for n, (at, part) in enumerate(zip(within, parts, strict=True))
        if part.reported or n in hidden
    )


def _weeks(counted: Counted) -> tuple[Week, ...]:
    question = counted.question
    if (question.last_day - question.first_day).days < _SHORT_PERIOD:
        return ()
    return tuple(Week(starts, None if _few(of) else of.share) for starts, of in sorted(counted.weeks.items()))


def _clients(counted: Counted) -> tuple[ClientFigures, ...]:
    parts = list(counted.clients.values())
    hidden = withheld(parts, blank=False)
    rows = [
        ClientFigures(client.name, None if n in hidden else counted.clients[client])
        for n, client in enumerate(counted.clients)
    ]
    return tuple(sorted(rows, key=lambda row: (2.0 if row.figures is None else row.figures.share, row.name)))


def _median(counted: Counted) -> float | None:
    reached = sum(b.contacted for b in counted.bins)
    return median_hours(counted.bins) if reached >= FEWEST else None
