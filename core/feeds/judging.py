"""What becomes of one row: a claim with its open questions and flags, or a refusal with what to do about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core import walltime
from core.feeds import moments, values
from core.feeds.dating import Dates
from core.feeds.mapping import FeedMapping
from core.feeds.quoting import ask, half_read, quoted, unread
from core.feeds.reading import Feed, Row
from core.intake import elements
from core.intake.elements import LONGEST_NUMBER, LONGEST_REPORTER, Report

_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
LONGEST_STORY = 20_000
"""Letters of a narrative that are kept; more than that is asked about."""
LONGEST = 500
"""Letters that are kept of any other text."""

_TOO_MANY_CELLS = "The row has more cells than the file has headings: any of its values may stand wrong."
_ASK_NAME = "Ask the client for the worker's name, and send the row again."


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

    How its dates and times are written is found out over whole columns, once.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """

    def __init__(self, feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime) -> None:
        self._headings = feed.headings
        self._places = mapping.places(feed)
        self._timezone, self._at = timezone, at
        self._dates = Dates(feed, mapping, ZoneInfo(timezone), this_year=walltime.today(timezone, at).year)

    def judge(self, row: Row) -> Accepted | RefusedRow:
        """
        Say what becomes of *row*.

        Refused is only what has no worker, no date of injury or no date reported. Whatever else is wrong or missing
        becomes an open question; what looks wrong is flagged and left as it stands.
        """
        if row.cells[: len(self._headings)] == self._headings:
            return self._refused(row, "row", "The headings stand here again.", "Leave this row out.")
        wrong: dict[str, str] = {}
        given = self._given(row)
        name = self._name(row)
        if name is None:
            return self._nameless(row)
        injured = self._dates.moment(given, "date_of_injury")
        if injured is None:
            return self._dateless(row, given, "date_of_injury", "date of injury")
        reported = self._dates.moment(given, "date_reported")
        if reported is None:
            return self._dateless(row, given, "date_reported", "date reported")
        reported_at, to = self._dates.reported_at(given, reported, wrong)
        injured_on, injured_time = self._dates.injured(given, injured, wrong)
        report = Report(
            family_name=name[0],
            given_name=name[1],
            date_of_injury=injured_on,
            injured_time=injured_time,
            reported_at=reported_at,
            reported_to=to,
            **self._worker(given, wrong),
            **self._story(given, wrong),
            **_teller(given),
        )
        self._dates.doubt_order(given, wrong)
        if len(row.cells) > len(self._headings) and any(row.cells[len(self._headings) :]):
            wrong.setdefault("narrative", _TOO_MANY_CELLS)
        flags = elements.flags(report, timezone=self._timezone, at=self._at)
        return Accepted(row.number, report, elements.asked(report, flags) | wrong, tuple(flags))

    def _given(self, row: Row) -> dict[str, str]:
        """Return what the row says, by field; where it says nothing there is no entry."""
        cells, width, blanks = row.cells, len(row.cells), values.BLANKS
        return {
            field: cells[place] for field, place in self._places.items() if place < width and cells[place] not in blanks
        }

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

    def _worker(self, given: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
        """Return what the row says of the worker beside the name."""
        born = self._dates.moment(given, "birth_date")
        if born is None and given.get("birth_date", ""):
            wrong["birth_date"] = unread(given["birth_date"], "date of birth")
        elif born and born.unread:
            ask(wrong, "birth_date", half_read(given["birth_date"]))
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
            why = f"The file says {quoted(number)}: a spreadsheet has rounded the number; ask for it in full."
            wrong["client_claim_number"] = why
            return None
        if number.endswith(".0") and number[:-2].isdigit():
            number = number[:-2]
        if len(number) > LONGEST_NUMBER:
            wrong["client_claim_number"] = f"The file says {quoted(number)}; that is too long for a claim number."
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
            ask(wrong, element, unread(cell, words))
        return value

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
        if moments.is_plain_number(given[field]) and not self._dates.numbers[field]:
            # The number itself stays out: the column may be one of something else.
            reason = f"The {words} is a plain number, and not every number of its column can be a date."
            return self._refused(row, field, reason, remedy)
        return self._refused(row, field, f"The {words} is not a date that can be read.", remedy)

    @staticmethod
    def _refused(row: Row, field: str, reason: str, remedy: str) -> RefusedRow:
        return RefusedRow(row.number, field, reason, remedy, row.cells)


def judge_all(feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime) -> Sequence[Accepted | RefusedRow]:
    """
    Judge every row of *feed*; one answer a row, in the file's order.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """
    judge = Judge(feed, mapping, timezone=timezone, at=at).judge
    return [judge(row) for row in feed.rows]


def _teller(given: dict[str, str]) -> dict[str, Any]:
    """Return who reported and where to call back: never asked for, so a number that cannot be read stands as it is."""
    phone = given.get("reporter_phone", "")
    return {
        "reporter": " ".join(given.get("reporter", "").split())[:LONGEST_REPORTER] or None,
        "reporter_phone": (values.phone(phone) or phone[:LONGEST_REPORTER]) if phone else None,
    }
