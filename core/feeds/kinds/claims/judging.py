"""What becomes of one row: a claim with its open questions and flags, or a refusal with what to do about it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core import walltime
from core.feeds.kinds.claims import told
from core.feeds.kinds.claims.dating import FROM_DAY, DatesOfClaim
from core.feeds.kinds.claims.fields import NAMES, WORKER
from core.feeds.kinds.claims.vocabulary import VOCABULARY
from core.feeds.kinds.claims.work import care_and_work, doubt_days_away
from core.feeds.mapping import FeedMapping
from core.feeds.quoting import perhaps, unread
from core.feeds.reading import Feed, Row
from core.feeds.rows import CONFIRM, RefusedRow, Rows, Why
from core.feeds.values import LONGEST_NAME, blank, is_name, split_name, unnamed, whole_name
from core.intake import asking, doubts, elements, sameness
from core.intake.elements import ASKED_ALWAYS, UNCONFIRMED, UNREADABLE, Question
from core.intake.sameness import Facts
from core.intake.told import Report, report_of

_FIELDS_OF = {"name": NAMES, "reach": ("phone", "email", "address"), "reported_at": ("time_reported",)}
"""The fields that tell an element, where they are not called as it is."""
_ASK_NAME = "Ask the client for the worker's name, and send the row again."


Required = Callable[[str | None, Mapping[str, Any]], Collection[str]]
"""Returns the elements that are asked for in a state, by what a report says: `Requirements.of`."""


def asked_always(_: str | None, __: Mapping[str, Any]) -> Collection[str]:
    """Return what is asked for where no rules are given."""
    return ASKED_ALWAYS


class Accepted(NamedTuple):
    """A row that is a claim: the report, the facts by which it is compared, its open questions, and its flags."""

    row: int
    report: Report
    facts: Facts
    questions: tuple[Question, ...]
    flags: tuple[str, ...]


class Judge:
    """
    Judges the rows of one feed, by one mapping, for a client whose days are those of *timezone* and of whose claims is
    asked what is *required*, at the moment *at*.

    How a column writes its dates is found out over the whole column, once.
    """

    def __init__(
        self, feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime, required: Required = asked_always
    ) -> None:
        self._rows = Rows(VOCABULARY, feed, mapping)
        self._timezone, self._at, self._required = timezone, at, required
        self._today = walltime.today(timezone, at)
        self._dates = DatesOfClaim(VOCABULARY, feed, mapping, ZoneInfo(timezone), this_year=self._today.year)

    def judge(self, row: Row) -> Accepted | RefusedRow:
        """
        Say what becomes of *row*.

        Refused is only what has no worker, no date of injury or no date reported. Whatever else is wrong or missing
        becomes an open question; what looks wrong is flagged and left as it stands.
        """
        if again := self._rows.headings_again(row):
            return again
        if overlong := self._rows.overlong(row):
            return self._refused(row, overlong)
        wrong: list[Question] = []
        given = self._rows.given(row)
        name = self._name(row, wrong)
        if name is None:
            return self._refused(row, self._nameless(row))
        injured = self._dates.moment(given, "date_of_injury")
        if injured is None:
            return self._refused(row, self._rows.undated(self._dates, given, "date_of_injury", "date of injury"))
        reported = self._dates.moment(given, "date_reported")
        if reported is None:
            return self._refused(row, self._rows.undated(self._dates, given, "date_reported", "date reported"))
        reported_at, to = self._dates.reported_at(given, reported, wrong)
        injured_on, injured_time = self._dates.injured(given, injured, wrong)
        report = report_of(
            {
                "family_name": name[0],
                "given_name": name[1],
                "date_of_injury": injured_on,
                "injured_time": injured_time,
                "reported_at": reported_at,
                "reported_to": to,
                **told.worker(given, self._dates, wrong),
                **told.story(given, wrong),
                **told.days_beside(given, self._dates, self._today, wrong),
                **told.reporter(given, wrong),
                **care_and_work(given, self._dates, self._today, wrong),
            }
        )
        doubt_days_away(report, self._today, wrong)
        self._dates.doubt_order(given, wrong)
        required = self._required(report.jurisdiction, vars(report))
        asked = [*self._unconfirmed(row, report, required), *wrong]
        flags = doubts.flags(
            report, timezone=self._timezone, at=self._at, time_unread=any(map(asking.is_of_unread_time, asked))
        )
        questions = asking.questions_of(report, flags, required)
        if asked:
            questions = asking.together(questions, asked)
        return Accepted(row.number, report, sameness.facts(report), questions, tuple(flags))

    def _name(self, row: Row, wrong: list[Question]) -> tuple[str, str] | None:
        family = self._name_cell(row, "family_name", wrong)
        given = self._name_cell(row, "given_name", wrong)
        full = self._name_cell(row, "full_name", wrong)
        if full and not (family and given):
            split = split_name(full)
            family, given = family or split[0], given or split[1]
        return (family, given) if family or given else None

    def _name_cell(self, row: Row, field: str, wrong: list[Question]) -> str:
        position = self._rows.positions.get(field)
        cell = row.cells[position] if position is not None and position < len(row.cells) else ""
        if not cell:
            return ""
        if name := _name_in(cell):
            return name
        if not unnamed(cell):
            wrong.append(Question("name", UNREADABLE, unread(cell, "name")))
        return ""

    def _unconfirmed(self, row: Row, report: Report, required: Collection[str]) -> list[Question]:
        """Return what is asked for although a column may hold it, which nobody has confirmed."""
        questions: list[Question] = []
        if not self._rows.offers:
            return questions
        untimed = ["reported_at"] * (report.reported_to == "day")
        for element in [*asking.missing(report, required), *untimed]:
            for field in _FIELDS_OF.get(element, (element,)):
                offer = self._rows.offers.get(field)
                position = self._rows.headings.index(offer.heading) if offer else len(row.cells)
                if offer and position < len(row.cells) and not blank(row.cells[position]):
                    why = f"{perhaps(offer, elements.ELEMENTS[element])} {offer.why}"
                    if element == "reported_at":
                        why = f"{why} {FROM_DAY}"
                    questions = [
                        *(each for each in questions if each.element != element),
                        Question(element, UNCONFIRMED, why),
                    ]
        return questions

    def _nameless(self, row: Row) -> Why:
        positions, offers = self._rows.positions, self._rows.offers
        mapped = [field for field in NAMES if field in positions]
        if offer := next((offers[field] for field in NAMES if field in offers and not mapped), None):
            return WORKER, perhaps(offer, "worker's name"), CONFIRM
        if not mapped:
            remedy = "Map the column that holds the worker's name, or ask the client to send one."
            return WORKER, "No column holds the worker's name.", remedy
        cells = (row.cells[positions[field]] for field in mapped if positions[field] < len(row.cells))
        if any(len(cell) > LONGEST_NAME for cell in cells):
            return WORKER, f"The worker's name has more than {LONGEST_NAME} characters.", _ASK_NAME
        return WORKER, "The worker's name cannot be told.", _ASK_NAME

    def _refused(self, row: Row, why: Why) -> RefusedRow:
        name = self._name(row, [])
        return RefusedRow(row.number, *why, row.cells, whole_name(*name) if name else "")


def judge_all(
    feed: Feed, mapping: FeedMapping, *, timezone: str, at: datetime, required: Required = asked_always
) -> Sequence[Accepted | RefusedRow]:
    """
    Judge every row of *feed*; one answer a row, in the file's order.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """
    judge = Judge(feed, mapping, timezone=timezone, at=at, required=required).judge
    return [judge(row) for row in feed.rows]


@lru_cache(maxsize=20_000)
def _name_in(cell: str) -> str:
    """Return the name in *cell* with single blanks; empty where none can stand there."""
    return " ".join(cell.split()) if is_name(cell) else ""
