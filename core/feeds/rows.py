"""What each row of a feed says, by field; and rows of which nothing can become."""

from dataclasses import dataclass

from core.feeds import heading_words, moments, values
from core.feeds.dating import Dates
from core.feeds.mapping import FeedMapping
from core.feeds.quoting import perhaps
from core.feeds.reading import Feed, Row
from core.feeds.vocabulary import Vocabulary
from core.words import quoted

ROW = "row"
"""What a refusal is about where it is the row as a whole."""
CONFIRM = "Confirm the column, or map another one."

_NONE = frozenset(("none", "nil", "ninguno", "ninguna"))

Why = tuple[str, str, str]
"""Why nothing can become of a row: the field, the reason, and what to do."""

_HEADINGS_AGAIN = ROW, "The headings stand here again.", "Leave this row out."
_TOO_MANY_CELLS = (
    ROW,
    "The row has more cells than the file has headings: any of its values may stand wrong.",
    "Put quotation marks around each text that holds a delimiter, and send the row again.",
)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """
    A row of which nothing can become: which field, why, what to do; with its cells for the file that goes back.

    `field` is a field of the kind's vocabulary, what else that names, or ROW. `whose` is of whom or what the row is, as
    far as it can be read, for whoever looks the row up; it may be protected information.
    """

    row: int
    field: str
    reason: str
    remedy: str
    cells: tuple[str, ...]
    whose: str = ""


class Rows:
    """Reads the rows of one feed by one mapping: `positions` are the fields' columns, `offers` what may be others."""

    def __init__(self, vocabulary: Vocabulary, feed: Feed, mapping: FeedMapping) -> None:
        self.headings = feed.headings
        self.positions, self.offers = mapping.positions(feed), mapping.offers
        self._halves = {
            field: position + 1
            for field, position in self.positions.items()
            if field in vocabulary.times
            and position + 1 < len(feed.headings)
            and heading_words.says_half(feed.headings[position + 1])
        }
        self._none_said = {field: at for field, at in self.positions.items() if field in vocabulary.none_said}
        self._blank = {
            cell
            for position in {*self.positions.values(), *self._halves.values()}
            for cell in feed.columns[position]
            if values.blank(cell)
        }

    def headings_again(self, row: Row) -> RefusedRow | None:
        """Return the refusal of *row* where it is the headings once more."""
        again = row.cells[: len(self.headings)] == self.headings
        return RefusedRow(row.number, *_HEADINGS_AGAIN, row.cells) if again else None

    def overlong(self, row: Row) -> Why | None:
        """Return why nothing can become of *row* where it has more cells than there are headings."""
        return _TOO_MANY_CELLS if any(row.cells[len(self.headings) :]) else None

    def given(self, row: Row) -> dict[str, str]:
        """Return what *row* says, by field; where it says nothing there is no entry."""
        cells, width, blank = row.cells, len(row.cells), self._blank
        given = {
            field: cell
            for field, position in self.positions.items()
            if position < width and (cell := cells[position]) not in blank
        }
        for field, position in self._none_said.items():
            if position < width and cells[position].casefold() in _NONE:
                given[field] = cells[position]
        for field, position in self._halves.items():  # "08:00" and "PM" in columns of their own
            if field in given and position < width and cells[position] not in blank:
                given[field] = f"{given[field]} {cells[position]}"
        return given

    def lacking(self, given: dict[str, str], field: str, words: str) -> Why | None:
        """Return why the needed *field*, called *words*, is not in what a row has *given*; None where it is."""
        if offer := self.offers.get(field):
            return field, perhaps(offer, words), CONFIRM
        if field not in self.positions:
            remedy = f"Map the column that holds the {words}, or ask the client to send one."
            return field, f"No column holds the {words}.", remedy
        if field not in given:
            return field, f"The {words} is missing.", f"Ask the client for the {words}, and send the row again."
        return None

    def undated(self, dates: Dates, given: dict[str, str], field: str, words: str) -> Why:
        """Return why no day can be told of the needed *field*, called *words*."""
        if lacking := self.lacking(given, field, words):
            return lacking
        remedy = "Write the date as MM/DD/YYYY, and send the row again."
        if moments.is_plain_number(given[field]) and not dates.numbers[field]:
            # The number itself stays out: the column may be one of something else.
            reason = f"The {words} is a plain number, and not every number of its column can be a date."
            return field, reason, remedy
        return field, f"The {words} is not a date that can be read: the file says {quoted(given[field])}.", remedy
