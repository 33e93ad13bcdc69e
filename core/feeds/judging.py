"""What becomes of one row: a claim with its open questions and flags, or a refusal with what to do about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.feeds import moments, values
from core.feeds.mapping import FeedMapping
from core.feeds.moments import Moment
from core.feeds.reading import Feed, Row
from core.intake import elements
from core.intake.elements import LONGEST_NUMBER, LONGEST_REPORTER, Report

_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
LONGEST_STORY = 20_000
"""Letters of a narrative that are kept; more than that is asked about."""
LONGEST = 500
"""Letters that are kept of any other text."""
_QUOTED = 80
"""Letters of an unreadable cell that its question quotes."""

_TOO_MANY_CELLS = "The row has more cells than the file has headings: any of its values may stand wrong."
_QUOTE_IT = "Put quotation marks around each text that holds a delimiter, and send the row again."
_EITHER = "The file writes some dates day first and some month first: this one could be either."
_ASK_NAME = "Ask the client for the worker's name, and send the row again."
_FROM_DAY = "The clock runs from the first minute of that day."
_NO_TIME = f"The time of the report is not in the file. {_FROM_DAY}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that is a claim: the report, its open questions (element to why), and its flags."""

    row: int
    report: Report
    questions: dict[str, str]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be a claim: which field, why, what to do; with its cells for the file that goes back."""

    row: int
    field: str
    reason: str
    remedy: str
    cells: tuple[str, ...]


class Judge:
    """
    Judges the rows of one feed, by one mapping, for a client whose days are those of *timezone*, at the moment *at*.

    How a column writes its dates is found out over the whole column, once.
    """

    def __init__(self, feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime) -> None:
        self._headings = feed.headings
        self._places = mapping.places(feed)
        self._timezone, self._zone, self._at = timezone, ZoneInfo(timezone), at
        self._year = at.astimezone(self._zone).year
        self._orders = {
            field: self._order(feed, place, mapping.date_order)
            for field, place in self._places.items()
            if field in ("birth_date", "date_of_injury", "date_reported")
        }

    def judge(self, row: Row) -> Accepted | RefusedRow:
        """
        Say what becomes of *row*.

        Refused is only what has no worker, no date of injury or no date reported. Whatever else is wrong or missing
        becomes an open question; what looks wrong is flagged and left as it stands.
        """
        if row.cells[: len(self._headings)] == self._headings:
            return self._refused(row, "row", "The headings stand here again.", "Leave this row out.")
        if any(row.cells[len(self._headings) :]):
            return self._refused(row, "row", _TOO_MANY_CELLS, _QUOTE_IT)
        wrong: dict[str, str] = {}
        given = self._given(row)
        name = self._name(row)
        if name is None:
            return self._nameless(row)
        injured = self._moment(given, "date_of_injury")
        if injured is None:
            return self._dateless(row, given, "date_of_injury", "date of injury")
        reported = self._moment(given, "date_reported")
        if reported is None:
            return self._dateless(row, given, "date_reported", "date reported")
        reported_at, to = self._reported_at(given, reported, wrong)
        report = Report(
            family_name=name[0],
            given_name=name[1],
            date_of_injury=injured.day,
            injured_time=self._injured_time(given, injured, wrong),
            reported_at=reported_at,
            reported_to=to,
            **self._worker(given, wrong),
            **self._story(given, wrong),
            **_teller(given),
        )
        self._doubt_order(given, wrong)
        flags = elements.flags(report, timezone=self._timezone, at=self._at)
        return Accepted(row.number, report, elements.asked(report, flags) | wrong, tuple(flags))

    def _order(self, feed: Feed, place: int, told: str) -> moments.Order:
        if told != "auto":
            return "dmy" if told == "dmy" else "mdy"
        return moments.day_order({row.cells[place] for row in feed.rows if place < len(row.cells)})

    def _given(self, row: Row) -> dict[str, str]:
        """Return what the row says, by field; where it says nothing there is no entry."""
        cells, width, blanks = row.cells, len(row.cells), values.BLANKS
        return {
            field: cells[place] for field, place in self._places.items() if place < width and cells[place] not in blanks
        }

    def _moment(self, given: dict[str, str], field: str, *, past: bool = False) -> Moment | None:
        cell = given.get(field)
        return moments.moment(cell, self._orders[field], this_year=self._year, past=past) if cell else None

    def _name(self, row: Row) -> tuple[str, str] | None:
        family, given = (self._name_cell(row, field) for field in ("family_name", "given_name"))
        if not (family and given) and (full := self._name_cell(row, "full_name")):
            split = values.split_name(full)
            family, given = family or split[0], given or split[1]
        return (family, given) if family or given else None

    def _name_cell(self, row: Row, field: str) -> str:
        place = self._places.get(field)
        cell = row.cells[place] if place is not None and place < len(row.cells) else ""
        return " ".join(cell.split()) if values.is_name(cell) else ""

    def _reported_at(self, given: dict[str, str], told: Moment, wrong: dict[str, str]) -> tuple[datetime, str]:
        """Return the instant of the report and how exactly it is known."""
        clock, offset = told.clock, told.offset
        cell = given.get("time_reported", "")
        if cell:
            read = moments.clock_time(cell) or _time_of(moments.moment(cell, "mdy", this_year=self._year))
            if read:
                clock, offset = read
            elif clock is None:
                wrong["reported_at"] = f"{_unread(cell, 'time of the report')} {_FROM_DAY}"
        if clock is None:
            # The earliest it can have been: whoever reads the day late still keeps the promise to the worker.
            wrong.setdefault("reported_at", _NO_TIME)
            return _earliest(told.day, time(0), self._zone), "day"
        if offset is not None:
            return datetime.combine(told.day, clock, timezone(offset)).astimezone(UTC), "minute"
        return _earliest(told.day, clock, self._zone), "minute"

    def _injured_time(self, given: dict[str, str], injured: Moment, wrong: dict[str, str]) -> time | None:
        cell = given.get("time_of_injury", "")
        if not cell:
            return injured.clock
        read = moments.clock_time(cell) or _time_of(moments.moment(cell, "mdy", this_year=self._year))
        if read is None:
            wrong["date_of_injury"] = _unread(cell, "time of injury")
            return injured.clock
        return read[0]

    def _worker(self, given: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
        """Return what the row says of the worker beside the name."""
        born = self._moment(given, "birth_date", past=True)
        if born is None and given.get("birth_date", ""):
            wrong["birth_date"] = _unread(given["birth_date"], "date of birth")
        code = given.get("postal_code", "")
        address = ", ".join(part for field in ("address", "city") if (part := given.get(field, "")))
        return {
            "birth_date": born.day if born else None,
            # Kept as typed where it cannot be read, as the form keeps it: an "ask for Rosa" may still reach the worker.
            "phone": self._checked(given, "phone", "reach", values.phone, "telephone number", wrong)
            or given.get("phone", "")[:LONGEST_REPORTER]
            or None,
            "email": self._checked(given, "email", "reach", values.email, "e-mail address", wrong),
            "postal_code": values.postal_code(code) or code[:20] or None,
            "address": address[:LONGEST] or None,
            "language": self._checked(given, "language", "language", values.language, "language", wrong),
            "preferred_contact": self._checked(
                given,
                "preferred_contact",
                "preferred_contact",
                values.contact_method,
                "preferred contact method",
                wrong,
            ),
        }

    def _story(self, given: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
        """Return what the row says of the claim and of what happened."""
        story = given.get("narrative", "")
        if len(story) > LONGEST_STORY:
            wrong["narrative"] = f"What happened runs over {LONGEST_STORY:,} letters in the file; the first are kept."
        return {
            "narrative": story[:LONGEST_STORY] or None,
            "jurisdiction": self._checked(given, "jurisdiction", "jurisdiction", values.state, "state", wrong),
            "body_part": given.get("body_part", "")[:LONGEST] or None,
            "nature": given.get("nature", "")[:LONGEST] or None,
            "cause": given.get("cause", "")[:LONGEST] or None,
            "emergency": values.yes(given.get("emergency", "")),
            "client_claim_number": self._claim_number(given, wrong),
        }

    def _claim_number(self, given: dict[str, str], wrong: dict[str, str]) -> str | None:
        number = " ".join(given.get("client_claim_number", "").split())
        if _ROUNDED.fullmatch(number):
            # 1.23457E+11 stands for a million claims: as a number of one it would make the others its duplicates.
            why = f"The file says {_quoted(number)}: a spreadsheet has rounded the number; ask for it in full."
            wrong["client_claim_number"] = why
            return None
        if number.endswith(".0") and number[:-2].isdigit():
            number = number[:-2]
        if len(number) > LONGEST_NUMBER:
            wrong["client_claim_number"] = f"The file says {_quoted(number)}; that is too long for a claim number."
            return None
        return number or None

    def _checked(
        self,
        given: dict[str, str],
        field: str,
        element: str,
        read: Callable[[str], str | None],
        words: str,
        wrong: dict[str, str],
    ) -> str | None:
        cell = given.get(field, "")
        value = read(cell) if cell else None
        if cell and value is None:
            why = _unread(cell, words)
            wrong[element] = f"{wrong[element]} {why}" if element in wrong else why
        return value

    def _doubt_order(self, given: dict[str, str], wrong: dict[str, str]) -> None:
        for field, order in self._orders.items():
            if order == "mixed" and moments.ambiguous(given.get(field, "")):
                element = "reported_at" if field == "date_reported" else field
                wrong.setdefault(element, _EITHER)

    def _nameless(self, row: Row) -> RefusedRow:
        mapped = [field for field in ("full_name", "family_name", "given_name") if field in self._places]
        if not mapped:
            remedy = "Map the column that holds the worker's name, or ask the client to send one."
            return self._refused(row, "worker", "No column holds the worker's name.", remedy)
        return self._refused(row, "worker", "The worker's name cannot be told.", _ASK_NAME)

    def _dateless(self, row: Row, given: dict[str, str], field: str, words: str) -> RefusedRow:
        if field not in self._places:
            remedy = f"Map the column that holds the {words}, or ask the client to send one."
            return self._refused(row, field, f"No column holds the {words}.", remedy)
        if field not in given:
            remedy = f"Ask the client for the {words}, and send the row again."
            return self._refused(row, field, f"The {words} is missing.", remedy)
        remedy = "Write the date as MM/DD/YYYY, and send the row again."
        return self._refused(row, field, f"The {words} is not a date that can be read.", remedy)

    @staticmethod
    def _refused(row: Row, field: str, reason: str, remedy: str) -> RefusedRow:
        return RefusedRow(row.number, field, reason, remedy, row.cells)


def judge_all(feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime) -> Sequence[Accepted | RefusedRow]:
    """Judge every row of *feed*; one answer a row, in the file's order."""
    judge = Judge(feed, mapping, timezone=timezone, at=at).judge
    return [judge(row) for row in feed.rows]


def _unread(cell: str, words: str) -> str:
    """Say what the file holds instead of *words*: nothing that the client sent is dropped in silence."""
    return f"The file says {_quoted(cell)}; that is no {words}."


def _quoted(cell: str) -> str:
    plain = " ".join(cell[: 4 * _QUOTED].split())
    return f"'{plain}'" if len(plain) <= _QUOTED else f"'{plain[:_QUOTED]}…'"


def _time_of(moment: Moment | None) -> tuple[time, timedelta | None] | None:
    return (moment.clock, moment.offset) if moment and moment.clock is not None else None


def _teller(given: dict[str, str]) -> dict[str, Any]:
    """Return who reported and where to call back: never asked for, so a number that cannot be read stands as it is."""
    phone = given.get("reporter_phone", "")
    return {
        "reporter": " ".join(given.get("reporter", "").split())[:LONGEST_REPORTER] or None,
        "reporter_phone": (values.phone(phone) or phone[:LONGEST_REPORTER]) if phone else None,
    }


@lru_cache(maxsize=100_000)
def _earliest(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """
    Return the first instant in UTC at which clocks in *zone* can have shown *clock* on *day*.

    In the hour that a clock goes through twice that is the first; in the hour that it leaves out, the one before.
    """
    return min(datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
