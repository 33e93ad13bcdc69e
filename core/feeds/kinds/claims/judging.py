"""What becomes of one row: a claim with its open questions and flags, or a refusal with what to do about it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core import email_addresses, injury_codes, social_security, states, telephones, walltime
from core.feeds.kinds.claims import values
from core.feeds.kinds.claims.dating import FROM_DAY, DatesOfClaim
from core.feeds.kinds.claims.fields import NAMES, WORKER
from core.feeds.kinds.claims.questions import HALF_READ, ask
from core.feeds.kinds.claims.vocabulary import VOCABULARY
from core.feeds.mapping import FeedMapping
from core.feeds.quoting import half_read, perhaps, unread
from core.feeds.reading import Feed, Row
from core.feeds.rows import CONFIRM, RefusedRow, Rows, Why
from core.feeds.values import LONGEST_NAME, blank, is_name, postal_code, split_name, unnamed, whole_name, yes
from core.injury_codes import Vocabulary
from core.intake import asking, doubts, elements, sameness, told
from core.intake.elements import ASKED_ALWAYS, UNCONFIRMED, UNKNOWN, UNREADABLE, Question
from core.intake.sameness import Facts
from core.intake.told import LIMITS, LONGEST_NUMBER, Report
from core.words import quoted

_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_FIELDS_OF = {"name": NAMES, "reach": ("phone", "email", "address"), "reported_at": ("time_reported",)}
"""The fields that tell an element, where they are not called as it is."""
_PLACE = frozenset(("injury_place", "injury_street", "injury_city", "injury_state", "injury_postal_code"))
"""The fields that tell where it happened."""
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
        this_year = walltime.today(timezone, at).year
        self._dates = DatesOfClaim(VOCABULARY, feed, mapping, ZoneInfo(timezone), this_year=this_year)

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
        report = told.report_of(
            {
                "family_name": name[0],
                "given_name": name[1],
                "date_of_injury": injured_on,
                "injured_time": injured_time,
                "reported_at": reported_at,
                "reported_to": to,
                **self._worker(given, wrong),
                **self._story(given, wrong),
                **self._beside(given, wrong),
                **_reporter(given, wrong),
                "injury_place": _kept(_injury_place(given), "injury_place", "narrative", wrong),
            }
        )
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

    def _worker(self, given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
        """Return what the row says of the worker beside the name."""
        born = self._dates.moment(given, "birth_date")
        if born is None and given.get("birth_date", ""):
            wrong.append(Question("birth_date", UNREADABLE, unread(given["birth_date"], "date of birth")))
        elif born and born.unread:
            ask(wrong, "birth_date", HALF_READ, half_read(given["birth_date"], born.unread))
        code = given.get("postal_code", "")
        address = ", ".join([given[field] for field in ("address", "city") if field in given])
        return {
            "birth_date": born.day if born else None,
            # Kept as typed where it cannot be read, as the form keeps it: an "ask for Rosa" may still reach the worker.
            "phone": self._checked(given, "phone", "reach", telephones.readable, "telephone number", wrong)
            or _kept(given.get("phone", ""), "phone", "reach", wrong),
            "email": self._checked(given, "email", "reach", email_addresses.readable, "e-mail address", wrong),
            "postal_code": postal_code(code) or _kept(code, "postal_code", "reach", wrong),
            "address": _kept(address, "address", "reach", wrong),
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

    def _beside(self, given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
        """Return the days of the worker's hire and death; of a death that cannot be read it is asked."""
        if "date_of_death" not in given and "date_of_hire" not in given:
            return {}
        died, hired = (self._dates.moment(given, field) for field in ("date_of_death", "date_of_hire"))
        if died is None and (cell := given.get("date_of_death")):
            wrong.append(Question("date_of_death", UNREADABLE, unread(cell, "date of death")))
        if died and not self._can_be_a_death(died.day):  # 01/01/1900 and 12/31/2099 stand where nothing is known
            wrong.append(Question("date_of_death", UNREADABLE, unread(given["date_of_death"], "date of death")))
            died = None
        return {"date_of_death": died.day if died else None, "date_of_hire": hired.day if hired else None}

    def _can_be_a_death(self, day: date) -> bool:
        today = walltime.today(self._timezone, self._at)
        return today - timedelta(days=70 * 366) < day <= today + timedelta(days=1)

    def _story(self, given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
        """Return what the row says of the claim and of what happened."""
        return {
            "narrative": _kept(given.get("narrative", ""), "narrative", "narrative", wrong),
            "jurisdiction": self._checked(given, "jurisdiction", "jurisdiction", states.code, "state", wrong),
            "body_part": _kept(given.get("body_part", ""), "body_part", "body_part", wrong),
            "nature": _kept(given.get("nature", ""), "nature", "narrative", wrong),
            "cause": _kept(given.get("cause", ""), "cause", "narrative", wrong),
            **_codes(given, wrong),
            "emergency": yes(given.get("emergency", "")),
            "client_claim_number": self._claim_number(given, wrong),
        }

    def _claim_number(self, given: dict[str, str], wrong: list[Question]) -> str | None:
        number = " ".join(given.get("client_claim_number", "").split())
        if social_security.holds(number):
            wrong.append(elements.NOT_A_CLAIM_NUMBER)
            return None
        if _ROUNDED.fullmatch(number):
            # 1.23457E+11 stands for a million claims: as a number of one it would make the others its duplicates.
            why = f"The file says {quoted(number)}: a spreadsheet has rounded the number; ask for it in full."
            wrong.append(Question("client_claim_number", "rounded", why))
            return None
        if number.endswith(".0") and number[:-2].isdigit():
            number = number[:-2]
        if len(number) > LONGEST_NUMBER:
            why = f"The file says {quoted(number)}; that is too long for a claim number."
            wrong.append(Question("client_claim_number", "too_long", why))
            return None
        return number or None

    def _checked(
        self,
        given: dict[str, str],
        field: str,
        element: str,
        read: Callable[[str], str | None],
        words: str,
        wrong: list[Question],
    ) -> str | None:
        cell = given.get(field)
        if not cell:
            return None
        value = read(cell)
        if value is None:
            reason = f"{field}_{UNREADABLE}" if element == "reach" else UNREADABLE
            wrong.append(Question(element, reason, unread(cell, words)))
        return value

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


def _injury_place(given: dict[str, str]) -> str:
    """Return where it happened, in one line, as the file says it."""
    if _PLACE.isdisjoint(given):
        return ""
    state_and_zip = " ".join(part for field in ("injury_state", "injury_postal_code") if (part := given.get(field)))
    parts = [given.get(field, "") for field in ("injury_place", "injury_street", "injury_city")]
    return ", ".join(" ".join(part.split()) for part in [*parts, state_and_zip] if part)


def _reporter(given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
    """Return who reported and where to call back: never asked for, so a number that cannot be read stands as it is."""
    if "reporter" not in given and "reporter_phone" not in given:
        return {}
    phone = given.get("reporter_phone", "")
    return {
        "reporter": _kept(" ".join(given.get("reporter", "").split()), "reporter", "narrative", wrong),
        "reporter_phone": telephones.readable(phone) or _kept(phone, "reporter_phone", "narrative", wrong),
    }


def _codes(given: dict[str, str], wrong: list[Question]) -> dict[str, str | None]:
    """Return the codes of the injury that the row has; one that is none of its vocabulary is quoted and asked about."""
    codes: dict[str, str | None] = {}
    for field, (element, words) in _CODED.items():
        cell = given.get(field, "")
        if not cell.strip("0."):  # 00 stands where no code was chosen
            continue
        codes[field.value] = injury_codes.code(field, cell)
        if codes[field.value] is None:
            wrong.append(Question(element, f"{field}_{UNKNOWN}", unread(cell, words)))
    return codes


_CODED = {
    Vocabulary.PART: ("body_part", "code of a part of the body"),
    Vocabulary.NATURE: ("narrative", "code of a nature of injury"),
    Vocabulary.CAUSE: ("narrative", "code of a cause of injury"),
}
"""About which element it is asked where a code is none of its vocabulary, and what it is called."""


def _kept(text: str, field: str, element: str, wrong: list[Question]) -> str | None:
    """Return as much of *text* as a claim holds of *field*; where that is not all, *element* is asked about."""
    if not text:
        return None
    most, words = LIMITS[field]
    if len(text) > most:
        why = f"{words.capitalize()} runs over {most:,} letters in the file; the first are kept."
        wrong.append(Question(element, f"{field}_too_long", why))
    return text[:most]
