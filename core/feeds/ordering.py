"""The order of day and month: one decision for a file, shown by its dates, or asked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.feeds import moments
from core.feeds.mapping import FeedMapping
from core.feeds.moments import Order, Shown
from core.feeds.reading import Feed
from core.feeds.vocabulary import Vocabulary
from core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How a file's dates are read; in the columns of the `doubtful` fields what could be either is asked about."""

    order: Order
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OrderQuestion:
    """
    A date of the file that could be either, under which heading, and both readings.

    `opposed` says which columns show opposite orders; empty where none shows any.
    """

    heading: str
    example: str
    month_first: date
    day_first: date
    opposed: str

    @property
    def words(self) -> str:
        """The question: "03/04/2026 in 'Date of injury': 4 March 2026 or 3 April 2026?"."""
        readings = f"{in_words(self.month_first)} or {in_words(self.day_first)}"
        question = f"{self.example} in '{self.heading}': {readings}?"
        return f"{self.opposed} {question}" if self.opposed else question


class OrderUndecided(Refusal):
    text = "Nothing in the file shows whether its dates are written month first or day first."

    def __init__(self, question: OrderQuestion, sentence: str = "") -> None:
        self.question = question
        super().__init__(sentence or f"{question.words} Say which of the two the file means.")


def in_words(day: date) -> str:
    """Return *day* as nobody reads it wrongly: '4 March 2026'."""
    return f"{day.day} {day:%B} {day.year}"


def date_order(vocabulary: Vocabulary, feed: Feed, mapping: FeedMapping, *, this_year: int) -> DateOrder:
    """
    Return the order in which *feed*'s dates are read by *mapping*.

    The mapping's own stands. Else a column decides in which a day is over twelve, one that is mapped before others;
    then dots, which mean day first. Dates that read alike in both orders need none.

    :raises OrderUndecided: if it has to be asked.
    """
    positions = {field: position for field, position in mapping.positions(feed).items() if field in vocabulary.days}
    columns = {
        field: moments.shown(feed.columns[position], this_year=this_year) for field, position in positions.items()
    }
    if mapping.date_order != "auto":
        order: Order = "dmy" if mapping.date_order == "dmy" else "mdy"
        return DateOrder(order, _against(order, columns))
    if not any(column.either or column.dotted for column in columns.values()):
        return DateOrder("mdy")
    proving = {feed.headings[positions[field]]: column for field, column in columns.items()}
    if not any(map(_proves, proving.values())):
        proving = _others(feed, positions, this_year)
    day_first, month_first = _heading(proving, "day_first"), _heading(proving, "month_first")
    if day_first and month_first:
        raise OrderUndecided(
            _question(vocabulary, feed, positions, columns, this_year, _opposed(proving, day_first, month_first))
        )
    if day_first or month_first:
        order = "dmy" if day_first else "mdy"
        return DateOrder(order, _dotted(columns) if order == "mdy" else frozenset())
    if not any(column.either for column in columns.values()):
        return DateOrder("dmy")
    raise OrderUndecided(_question(vocabulary, feed, positions, columns, this_year, ""))


def order_question(vocabulary: Vocabulary, feed: Feed, mapping: FeedMapping, *, this_year: int) -> OrderQuestion | None:
    """Return what has to be asked before *feed*'s dates can be read by *mapping*, or None where nothing has."""
    try:
        date_order(vocabulary, feed, mapping, this_year=this_year)
    except OrderUndecided as undecided:
        return undecided.question
    return None


def _proves(column: Shown) -> bool:
    return bool(column.day_first or column.month_first)


def _others(feed: Feed, positions: Mapping[str, int], this_year: int) -> dict[str, Shown]:
    """Return what the columns of dates show that are mapped to nothing."""
    rest = {heading: feed.columns[at] for at, heading in enumerate(feed.headings) if at not in positions.values()}
    return {
        heading: column
        for heading, cells in rest.items()
        if _proves(column := moments.shown(cells, this_year=this_year))
        and moments.is_date_like(cells, says_date=False, this_year=this_year)
    }


def _against(order: Order, columns: Mapping[str, Shown]) -> frozenset[str]:
    other = "day_first" if order == "mdy" else "month_first"
    return frozenset(field for field, column in columns.items() if getattr(column, other))


def _dotted(columns: Mapping[str, Shown]) -> frozenset[str]:
    return frozenset(field for field, column in columns.items() if column.dotted and not column.month_first)


def _heading(columns: Mapping[str, Shown], which: str) -> str:
    return next((heading for heading, column in columns.items() if getattr(column, which)), "")


def _opposed(columns: Mapping[str, Shown], day_first: str, month_first: str) -> str:
    first, second = columns[day_first].day_first, columns[month_first].month_first
    if day_first == month_first:
        return f"'{day_first}' has dates month first ({second}) and day first ({first})."
    return f"'{month_first}' is written month first ({second}), '{day_first}' day first ({first})."


def _question(
    vocabulary: Vocabulary,
    feed: Feed,
    positions: Mapping[str, int],
    columns: Mapping[str, Shown],
    this_year: int,
    opposed: str,
) -> OrderQuestion:
    ordered = [field for field in vocabulary.days if field in columns]
    cells = [(columns[field].either, field) for field in ordered] + [
        (columns[field].dotted, field) for field in ordered
    ]
    cell, field = next((cell, field) for cell, field in cells if cell)
    readings = [
        moment.day
        for order in ("mdy", "dmy")
        if (moment := moments.moment(cell, order, this_year=this_year, past=vocabulary.days[field].past))
    ]
    return OrderQuestion(feed.headings[positions[field]], cell, readings[0], readings[1], opposed)
