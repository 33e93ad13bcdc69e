"""The days and times of a claim's row: the report's instant, and the day and hour of the injury where the client is."""

from datetime import date, datetime, time

from core import walltime
from core.feeds.dating import Dates, day_of
from core.feeds.kinds.claims.fields import DAYS
from core.feeds.kinds.claims.questions import HALF_READ, ask
from core.feeds.moments import Moment, TimeOfDay
from core.feeds.quoting import half_read, unread
from core.intake.elements import ELEMENTS, TIME_UNREADABLE, UNREADABLE, Question
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


class DatesOfClaim(Dates):
    """The same of a claim. What of a row has to be asked goes into `wrong`."""

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
        day, zone = day_of(day, read), read.zone or self._zone
        meant = walltime.meant(day, read.clock, zone)
        if not meant.once:
            ask(wrong, "reported_at", CLOCK_CHANGE, walltime.doubt(day, read.clock, zone))
        return meant.first, "minute"

    def injured(self, given: dict[str, str], moment: Moment, wrong: list[Question]) -> tuple[date, time | None]:
        """Return day and time of the injury as the client's clocks show them."""
        day, read = self._day_and_time(given, "date_of_injury", "time_of_injury", moment, wrong)
        if day.year < self._year - DAYS["date_of_injury"].oldest:  # what a database writes where nothing was entered
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
        there = self.here(day, read)
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
        if moment.clock and not moment.zone and (zone := self.zone_of(date_field)):
            moment = moment._replace(zone=zone)
        if moment.unread:
            ask(wrong, element, HALF_READ, half_read(given[date_field], moment.unread))
        own, cell = moment.time_of_day, given.get(time_field)
        if cell is None:
            return moment.day, own
        read = self.time_in(cell, time_field)
        if read and read.zone is None and (zone := self.zone_of(time_field)):
            read = read._replace(zone=zone)
        if read is None:
            reason, words = _UNREAD_TIME[element]
            ask(wrong, element, reason, unread(cell, words))
            return moment.day, None if own and own.clock == time(0) else own
        if own is None or (own.clock == time(0) and (own.clock != read.clock or read.ends_day)):
            return moment.day, read
        here = self.here(moment.day, own) if own.zone and not read.zone else None
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

    def doubt_order(self, given: dict[str, str], wrong: list[Question]) -> None:
        """Ask about the dates of the row whose day and month could stand the other way round."""
        for field in self.either(given):
            element = "reported_at" if field == "date_reported" else field
            if element in ELEMENTS:  # a day of hire is only compared, and not asked for
                ask(wrong, element, "either_order", _EITHER)


def _minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)
