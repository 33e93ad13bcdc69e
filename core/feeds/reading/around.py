"""Lines that belong to no row of a table: titles and search criteria above a table, totals in it, remarks below it."""

import re
from collections.abc import Sequence

from core.feeds.reading import shapes
from core.feeds.reading.feed import Row
from core.feeds.reading.shapes import Shape, shape

NAMED = 5
"""Lines passed over that a note names at the most."""
_QUOTED = 60
"""Letters of each that it quotes."""
_LAST = 40
"""Rows at the end among which remarks are looked for."""
_LONGEST_LABEL = 100

_THINGS = r"(?:claims?|records?|rows?|results?|entries|items|cases|incidents|injuries)"
_SHOWN = r"(?:count|found|returned|selected|exported|shown|affected|listed)"
_FIGURE = r"[\s\d,.$()]*"
_HINT = re.compile(rf"total|count|sum|average|{_THINGS}", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?:[^:]{{0,60}}\b)?(?:sub[\s-]?)?totals?(?: (?:number )?(?:of )?{_THINGS})?\s*[:=]?{_FIGURE}"
    rf"|(?:number of )?(?:{_THINGS}|count|sum|average)(?: {_SHOWN})?\s*[:=]{_FIGURE}"
    rf"|count|sum|average"
    rf"|\(?\d[\d,.]* {_THINGS}(?: {_SHOWN})?\W*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\W*end of (?:the )?(?:report|file|data|list|export)\W*"
    r"|page \d+(?: (?:of|/) ?\d+)?"
    r"|(?:printed|generated|run|exported|created|produced|report(?:ed)?|data|source|notes?|as of|disclaimer|"
    r"confidential(?:ity)?|copyright|applied filters?|filters?|search criteria|criteria|parameters|prepared)\b.*"
    r"|[*©].*",
    re.IGNORECASE | re.DOTALL,
)


def dated(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the places of the columns of *rows* that hold dates."""
    columns = shapes.columns([[cell.strip() for cell in cells] for cells in rows], width)
    return [at for at, column in enumerate(columns) if shapes.typed(column) is Shape.DATE]


def is_total(cells: Sequence[str], dated: Sequence[int]) -> bool:
    """Tell whether a row is a line of totals: it says so, has figures beside that, and none of the *dated* columns."""
    for at in dated:
        cell = cells[at].strip() if at < len(cells) else ""
        if (len(cell) > 5 and cell[0].isdigit()) or shape(cell) is Shape.DATE:
            return False
    label = next((cell.strip() for cell in cells if cell), "")
    if len(label) > _LONGEST_LABEL or not _HINT.search(label) or not _TOTAL.fullmatch(label):
        return False
    others = [cell.strip() for cell in cells if cell.strip() and cell.strip() != label]
    return all(shape(cell) is Shape.NUMBER or _TOTAL.fullmatch(cell[:_LONGEST_LABEL]) for cell in others)


def remarks_below(rows: list[Row], width: int) -> list[Row]:
    """Take the remarks below the table away from the end of *rows*, and return them."""
    most = 2 if width > 3 else 1
    begin = None
    for at in range(len(rows) - 1, max(-1, len(rows) - 1 - _LAST), -1):
        filled = [cell.strip() for cell in rows[at].cells if cell.strip()]
        if len(filled) > most or width < 2:
            break
        if _REMARK.fullmatch(filled[0]):
            begin = at
    if begin is None:
        return []
    remarks = rows[begin:]
    del rows[begin:]
    return remarks


def named(where: str, rows: Sequence[Row]) -> list[str]:
    """Say in a sentence which *rows* were passed over, and *where*."""
    if not rows:
        return []
    named = [f"row {row.number} {_quoted(row.cells)}" for row in rows[:NAMED]]
    more = [f"{len(rows) - NAMED:,} more"] if len(rows) > NAMED else []
    return [f"Passed over {where}: {', '.join([*named, *more])}."]


def _quoted(cells: Sequence[str]) -> str:
    plain = " ".join(" ".join(cell[: 4 * _QUOTED] for cell in cells[:20]).split())
    return f"'{plain}'" if len(plain) <= _QUOTED else f"'{plain[:_QUOTED]}…'"
