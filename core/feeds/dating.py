"""The days and times of a row: the report's instant, and the day and hour of the injury where the client is."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from core import walltime
from core.feeds import moments, vocabulary
from core.feeds.mapping import FeedMapping
from core.feeds.moments import Moment, TimeOfDay
from core.feeds.ordering import DATE_FIELDS, date_order
from core.feeds.quoting import HALF_READ, ask, half_read, unread
from core.feeds.reading import Feed
from core.intake.elements import TIME_UNREADABLE, UNREADABLE, Question
from core.intake.told import Exactness
from core.words import brief_day, clock, quoted

_EITHER = "The file writes some dates day first and some month first: this one could be either."
FROM_DAY = "The clock runs from the first minute of that day."
_NO_TIME = f"The time of the report is not in the file. {FROM_DAY}"
CLOCK_CHANGE = "clock_change"
"""Reason of a question about a time that clocks show twice, or not at all, on the night on which they change."""
_UNREAD_TIME = {
    "reported_at": (UNREADABLE, "time of the report"), "date_of_injury": (TIME_UNREADABLE, "time of injury"),
}  # fmt: skip
TIME_FIELDS = ("time_of_injury", "time_reported")
_OLDEST = {
    "birth_date": 110, "date_of_hire": 90, "date_of_death": 70, "date_of_injury": 70, "date_reported": 30,
    "time_of_injury": 70, "time_reported": 30,
}  # fmt: skip
"""Years back from today in which a plain number can be such a date; an injury of earlier is asked about."""
_remembered = lru_cache(maxsize=50_000)
"""Each column is read by a function of its own, which reads what stands in many rows once."""


class Dates:
    """
    Reads the days and times of one feed's rows, by one mapping, for a client whose days are those of *zone*.

    How they are written is found out over whole columns, once. `numbers` tells of each field whether plain numbers
    are days in its column. What of a row has to be asked goes into `wrong`.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """

    def __init__(self, feed: Feed, mapping: FeedMapping, zone: ZoneInfo, *, this_year: int) -> None:
        self._zone, self._year = zone, this_year
        self._order = date_order(feed, mapping, this_year=this_year)
        columns = {
            field: feed.columns[position] for field, position in mapping.positions(feed).items() if field in _OLDEST
        }
        self.numbers = {
            field: moments.numbers_are_days(cells, this_year=this_year, oldest=_OLDEST[field])
            for field, cells in columns.items()
        }
        # "Reported (UTC)": the zone of every time of its column that names none itself.
        self._zones = {
            field: moments.zone_named(named) if (named := vocabulary.zone_in(feed.headings[position])) else None
            for field, position in mapping.positions(feed).items()
            if field in _OLDEST
        }
        self._moments = {
            field: _remembered(
                partial(
                    moments.moment,
                    order=self._order.order,
                    this_year=this_year,
                    past=field == "birth_date",
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
            for field in TIME_FIELDS
            if field in columns
        }

    def moment(self, given: dict[str, str], field: str) -> Moment | None:
        """Return what the row says in the column of *field*, a date; None where no day can be told."""
        cell = given.get(field)
        return self._moments[field](cell) if cell else None

    def _time(self, cell: str, field: str) -> TimeOfDay | None:
        """Return the time of day in *cell*, of the column of *field*, which may hold the day besides."""
        clock_time = self._clock_times[field](cell)
        moment = None if clock_time else self._moments[field](cell)
        return clock_time or (moment.time_of_day if moment else None)

    def reported_at(self, given: dict[str, str], moment: Moment, wrong: list[Question]) -> tuple[datetime, Exactness]:
        """Return the instant of the report and how exactly it is known."""
        day, read = self._day_and_time(given, "date_reported", "time_reported", moment, wrong)
        if read is None:
            # The earliest it can have been: whoever reads the day late still keeps the promise to the worker.
            quoted_already = [at for at, each in enumerate(wrong) if each.element == "reported_at"]
            if quoted_already:
                last = wrong[quoted_already[-1]]
                wrong[quoted_already[-1]] = last._replace(why=f"{last.why} {FROM_DAY}")
            else:
                ask(wrong, "reported_at", "report_time_missing", _NO_TIME)
            return walltime.meant(day, time(0), self._zone).first, "day"
        day, zone = _day_of(day, read), read.zone or self._zone
        meant = walltime.meant(day, read.clock, zone)
        if not meant.once:
            ask(wrong, "reported_at", CLOCK_CHANGE, walltime.doubt(day, read.clock, zone))
        return meant.first, "minute"

    def injured(self, given: dict[str, str], moment: Moment, wrong: list[Question]) -> tuple[date, time | None]:
        """Return day and time of the injury as the client's clocks show them."""
        day, read = self._day_and_time(given, "date_of_injury", "time_of_injury", moment, wrong)
        if day.year < self._year - _OLDEST["date_of_injury"]:  # what a database writes where nothing was entered
            said = quoted(given["date_of_injury"])
            ask(wrong, "date_of_injury", "long_ago", f"The file says {said}: a lifetime ago.")
        if read is None:
            return day, None
        if read.zone is None:
            if read.ends_day:
                ask(
                    wrong,
                    "date_of_injury",
                    "end_of_day",
                    f"The file says 24:00, the midnight that ends {brief_day(day)}.",
                )
            return day, None if read.ends_day else read.clock
        there = self._here(day, read)
        if read.clock == time(0) and there.date() != day:
            why = f"which is {clock(there)} on {brief_day(there.date())} where the client is"
            ask(wrong, "date_of_injury", "another_zone", f"The file says {quoted(given['date_of_injury'])}, {why}.")
        return there.date(), there.time()

    def _day_and_time(
        self, given: dict[str, str], date_field: str, time_field: str, moment: Moment, wrong: list[Question]
    ) -> tuple[date, TimeOfDay | None]:
        """
        Return the day and the time of day, from its own column before that of the day; what cannot be read is asked.

        Beside a time of its own, midnight in the column of days says nothing; any other time must be the same one.
        """
        element = "reported_at" if date_field == "date_reported" else date_field
        if moment.clock and not moment.zone and (zone := self._zones[date_field]):
            moment = moment._replace(zone=zone)
        if moment.unread:
            ask(wrong, element, HALF_READ, half_read(given[date_field], moment.unread))
        own, cell = moment.time_of_day, given.get(time_field)
        if cell is None:
            return moment.day, own
        read = self._time(cell, time_field)
        if read and read.zone is None and (zone := self._zones[time_field]):
            read = read._replace(zone=zone)
        if read is None:
            reason, words = _UNREAD_TIME[element]
            ask(wrong, element, reason, unread(cell, words))
            return moment.day, None if own and own.clock == time(0) else own
        if own is None or (own.clock == time(0) and (own.clock != read.clock or read.ends_day)):
            return moment.day, read
        here = self._here(moment.day, own) if own.zone and not read.zone else None
        if _minute(own.clock) == _minute(read.clock):
            return moment.day, read if read.zone else own
        if here and _minute(here.time()) == _minute(read.clock):
            return moment.day, own
        ask(
            wrong,
            element,
            "two_times",
            f"The file says {quoted(given[date_field])} and {quoted(cell)}; the second stands.",
        )
        return here.date() if here else moment.day, read

    def _here(self, day: date, read: TimeOfDay) -> datetime:
        """Return *read*, which has a zone, as the client's clocks show it."""
        assert read.zone is not None
        return walltime.meant(_day_of(day, read), read.clock, read.zone).first.astimezone(self._zone)

    def doubt_order(self, given: dict[str, str], wrong: list[Question]) -> None:
        """Ask about the dates of the row whose day and month could stand the other way round."""
        for field in DATE_FIELDS if self._order.doubtful else ():
            if field in self._order.doubtful and moments.could_be_either(given.get(field, "")):
                ask(wrong, "reported_at" if field == "date_reported" else field, "either_order", _EITHER)


def _day_of(day: date, read: TimeOfDay) -> date:
    return day + timedelta(days=1) if read.ends_day else day


def _minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)
