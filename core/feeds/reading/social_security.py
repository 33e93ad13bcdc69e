"""Social security numbers in a table: taken out before anything else is done with it."""

from collections.abc import Sequence

from core import social_security
from core.feeds import values
from core.feeds.heading_words import plain
from core.feeds.reading.feed import Row


def without_social_security_numbers(headings: Sequence[str], rows: Sequence[Row], notes: list[str]) -> tuple[Row, ...]:
    """Return *rows* with `social_security.REMOVED` for each such number; *notes* gain how many those are."""
    positions = [at for at, heading in enumerate(headings) if social_security.headed(plain(heading))]
    cleaned = tuple(_without_numbers(row, positions) for row in rows)
    count = sum(
        cell != before
        for row, clean in zip(rows, cleaned, strict=True) if clean is not row
        for before, cell in zip(row.cells, clean.cells, strict=True)
    )  # fmt: skip
    if count:
        notes.append(f"Cells with a social security number, which is not kept: {count:,}.")
    return cleaned


def _without_numbers(row: Row, positions: Sequence[int]) -> Row:
    # All cells at once: nearly every row has nothing to take out.
    text = "\0".join(row.cells)
    if not positions and social_security.removed(text) == text:
        return row
    cells = [social_security.removed(cell) for cell in row.cells]
    for at in positions:
        if at < len(cells) and not values.blank(cells[at]):
            cells[at] = social_security.REMOVED
    return row._replace(cells=tuple(cells))
