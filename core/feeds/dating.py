"""The days and times of a feed's rows: how they are written is found out over whole columns, once."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from core import walltime
from core.feeds import heading_words, moments
from core.feeds.mapping import FeedMapping
from core.feeds.moments import Moment, TimeOfDay
from core.feeds.ordering import date_order
from core.feeds.reading import Feed
from core.feeds.vocabulary import Vocabulary

_remembered = lru_cache(maxsize=50_000)
"""Each column is read by a function of its own, which reads what stands in many rows once."""


class Dates:
    """
    Reads the days and times of one feed's rows, by one mapping, for a client whose days are those of *zone*.

    `numbers` tells of each field whether plain numbers are days in its column.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """

    def __init__(
        self, vocabulary: Vocabulary, feed: Feed, mapping: FeedMapping, zone: ZoneInfo, *, this_year: int
    ) -> None:
        self._vocabulary, self._zone, self._year = vocabulary, zone, this_year
        self._order = date_order(vocabulary, feed, mapping, this_year=this_year)
        oldest = {field: days.oldest for field, days in vocabulary.days.items()} | dict(vocabulary.times)
        positions = {field: at for field, at in mapping.positions(feed).items() if field in oldest}
        columns = {field: feed.columns[at] for field, at in positions.items()}
        self.numbers = {
            field: moments.numbers_are_days(cells, this_year=this_year, oldest=oldest[field])
            for field, cells in columns.items()
        }
        # "Reported (UTC)": the zone of every time of its column that names none itself.
        self._zones = {
            field: moments.zone_named(named) if (named := heading_words.zone_in(feed.headings[at])) else None
            for field, at in positions.items()
        }
        self._moments = {
            field: _remembered(
                partial(
                    moments.moment,
                    order=self._order.order,
                    this_year=this_year,
                    past=field in vocabulary.days and vocabulary.days[field].past,
                    numbers=self.numbers[field],
                )
            )
            for field in columns
        }
        self._clock_times = {
            field: _remembered(
                partial(
                    moments.clock_time,
                    packed=moments.times_are_packed(columns[field]),
                    fractions=moments.times_are_fractions(columns[field]),
                )
            )
            for field in vocabulary.times
            if field in columns
        }

    def moment(self, given: dict[str, str], field: str) -> Moment | None:
        """Return what the row says in the column of *field*, a date; None where no day can be told."""
        cell = given.get(field)
        return self._moments[field](cell) if cell else None

    def zone_of(self, field: str) -> tzinfo | None:
        """Return the zone that the heading of *field* names for its whole column, or None."""
        return self._zones[field]

    def time_in(self, cell: str, field: str) -> TimeOfDay | None:
        """Return the time of day in *cell*, of the column of *field*, which may hold the day besides."""
        clock_time = self._clock_times[field](cell)
        moment = None if clock_time else self._moments[field](cell)
        return clock_time or (moment.time_of_day if moment else None)

    def here(self, day: date, read: TimeOfDay) -> datetime:
        """Return *read*, which has a zone, as the client's clocks show it."""
        assert read.zone is not None
        return walltime.meant(day_of(day, read), read.clock, read.zone).first.astimezone(self._zone)

    def either(self, given: dict[str, str]) -> list[str]:
        """Return the fields of the row whose day and month could stand the other way round."""
        doubtful = self._order.doubtful
        if not doubtful:
            return []
        days = (field for field in self._vocabulary.days if field in doubtful)
        return [field for field in days if moments.could_be_either(given.get(field, ""))]


def day_of(day: date, read: TimeOfDay) -> date:
    """Return the day on which *read* is, of *day*: 24:00 is on the next."""
    return day + timedelta(days=1) if read.ends_day else day
