"""Open requests by group: squares of how many have how much of their clock left, and how old they are."""

from collections.abc import Sequence
from zlib import crc32

import desk_board
from desk_board import Meaning, Square

from core.authorization_aging import AGES, BY, LEFT, Cell, Figure, Group, Left, Picture

MOST_GROUPS = 25
"""The most groups that are drawn, the most pressing of all; the list has every one."""

WITHHELD = "–"

_PRESSES, _RUNS = "light-dark(#D9771E, #AE520D)", "light-dark(#7FB3D5, #1F5C86)"
_PRESSING = (Left.LAPSED, Left.SOON, Left.TODAY)


def draw(picture: Picture, *, opens: bool) -> list[Cell]:
    """Draw the most pressing groups, and return the cells that were chosen by who opens requests."""
    groups, by = picture.groups[:MOST_GROUPS], BY[picture.question.by]
    columns = [*LEFT.values(), *(map(_old, AGES) if _aged(groups) else ())]
    chosen = desk_board.heatmap(
        f"aging.cells.{crc32(repr([by, columns, [group.key for group in groups]]).encode())}",
        label=f"Open requests by {by.lower()}, clock left and age",
        down=by,
        across="Clock left, and age since it was received" if _aged(groups) else "Clock left",
        rows=[group.name for group in groups],
        columns=columns,
        squares=squares(groups),
        legend=_legend(picture, groups),
        hint="Point at a cell for what it counts." + (" Choose cells for the requests behind them." if opens else ""),
        opens=opens,
        named=True,
    )
    return [cell(groups[row], column) for row, column in sorted(chosen)]


def cell(group: Group, column: int) -> Cell:
    """Return which requests a column of a group counts: those of a clock, and behind those the ones of an age."""
    if column < len(LEFT):
        return Cell(group.key, clock=column)
    return Cell(group.key, age=column - len(LEFT))


def squares(groups: Sequence[Group]) -> list[list[Square]]:
    """Return the squares of each group: a clock a column, then an age a column; the deeper the colour, the more."""
    most = max((figure or 0 for group in groups for figure in (*group.clocks, *group.ages)), default=0) or 1
    return [
        [
            _square(group.name, said, figure, most, left in _PRESSING)
            for (left, said), figure in zip(LEFT.items(), group.clocks, strict=True)
        ]
        + [_square(group.name, _old(said), figure, most, False) for said, figure in zip(AGES, group.ages, strict=False)]
        for group in groups
    ]


def _square(name: str, said: str, figure: Figure, most: int, presses: bool) -> Square:
    if figure is None:
        return Square(
            WITHHELD, "", f"{name}, {said.lower()}: not shown, as it is or shields fewer than 5", outlined=True
        )
    if not figure:
        return Square("", "", f"{name}, {said.lower()}: none")
    return Square(f"{figure:,}", _colour(figure / most, presses), f"{name}, {said.lower()}: {figure:,} open")


def _colour(share: float, presses: bool) -> str:
    part = round(25 + 75 * share**0.5)
    return f"color-mix(in srgb, {_PRESSES if presses else _RUNS} {part}%, transparent)"


def _old(age: str) -> str:
    return f"{age} old"


def _aged(groups: Sequence[Group]) -> bool:
    return any(group.ages for group in groups)


def _legend(picture: Picture, groups: Sequence[Group]) -> list[Meaning]:
    withheld = any(figure is None for group in groups for figure in group.clocks)
    return [
        Meaning("lapsed, or due today: the deeper, the more", colour=_colour(0.5, True)),
        Meaning("all others: the deeper, the more", colour=_colour(0.5, False)),
        *([Meaning("not shown: fewer than 5, here or beside", outlined=True)] if withheld else []),
    ]
