"""Which accepted rows are new claims, and which were reported before: in the same file, or in the database."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from core.feeds.kind import Duplicate, Other
from core.feeds.kinds.claims.judging import Accepted
from core.intake import sameness
from core.intake.elements import Question
from core.intake.sameness import SAME_NUMBER, Facts, Likeness
from db.queries.sameness import Known


class Fresh(NamedTuple):
    """A row that is a new claim; `suspects` are the claims and rows that it may repeat."""

    accepted: Accepted
    suspects: tuple[tuple[Other, Likeness], ...]

    def doubts(self) -> list[Question]:
        """Return what is to be asked about the suspects, rows of the file named as such."""
        return sameness.doubts((other.name, likeness) for other, likeness in self.suspects)


CLAIM = "claim"
"""What a row becomes, in words."""

Reported = tuple[Known, ...]
"""Claims of a client that a file could repeat, as they were when asked; oldest first."""


def reported(tx: Connection, client_id: int, accepted: Sequence[Accepted]) -> Reported:
    """Return those claims of the client that any of the *accepted* rows could repeat."""
    return tuple(sameness.known_like(tx, client_id, [row.facts for row in accepted])) if accepted else ()


def settle(accepted: Sequence[Accepted], before: Reported) -> list[Fresh | Duplicate]:
    """
    Say of each accepted row whether it is new, in the file's order: against *before*, and against the rows above it.

    What makes two reports one claim, and what only makes it likely, is said by `sameness.compare`.
    """
    known = _Index()
    for claim in before:
        known.add(claim, Other(0, claim.claim_id, claim.claim_number))
    settled: list[Fresh | Duplicate] = []
    for row in accepted:
        report_facts = row.facts
        likely = [
            (other, likeness)
            for there, other in known.like(report_facts)
            if (likeness := sameness.compare(report_facts, there))
        ]
        same = next((each for each in likely if each[1].certain), None)
        if same:
            settled.append(Duplicate(row.row, same[0], _why(report_facts, *same)))
            continue
        known.add(report_facts, Other(row.row))
        settled.append(Fresh(row, tuple(dict(likely).items())))
    return settled


def _why(report_facts: Facts, other: Other, likeness: Likeness) -> str:
    if likeness.reason == SAME_NUMBER:
        return f"The same client claim number as {other.said(CLAIM)}."
    born = ", birth date" if report_facts.birth_date else ""
    return f"The same worker{born} and date of injury as {other.said(CLAIM)}."


_MOST_LIKE = 20

_Entry = tuple[Facts | Known, Other]


class _Index:
    """
    Claims there are, found by what `compare` can find in common with a report.

    One number can stand in every row of a file. Of all that carry it only the first few are looked at, by each way: a
    row that repeats another one is asked about then, and not taken for settled.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, list[_Entry]] = {}
        self._numbers_on: dict[tuple[str, date], list[_Entry]] = {}
        self._numbers_of: dict[tuple[str, str], list[_Entry]] = {}
        self._days: dict[tuple[date, str], list[_Entry]] = {}

    def add(self, identity: Facts | Known, other: Other) -> None:
        entry = (identity, other)
        self._days.setdefault((identity.date_of_injury, identity.family_key), []).append(entry)
        if number := identity.number_key:
            self._numbers.setdefault(number, []).append(entry)
            self._numbers_on.setdefault((number, identity.date_of_injury), []).append(entry)
            self._numbers_of.setdefault((number, identity.family_key), []).append(entry)

    def like(self, identity: Facts) -> Iterator[_Entry]:
        """Yield each entry that *identity* may repeat, once."""
        number, day = identity.number_key, identity.date_of_injury
        names = dict.fromkeys((identity.family_key, identity.given_key))
        ways = [alike for name in names if (alike := self._days.get((day, name)))]
        if number and number in self._numbers:
            ways = [
                self._numbers_on.get((number, day), [])[:_MOST_LIKE],
                *(self._numbers_of.get((number, name), [])[:_MOST_LIKE] for name in names),
                self._numbers[number][: sameness.MOST_NAMED + 1],
                *ways,
            ]
        if not ways:
            return  # as for nearly every row
        seen = set[_Entry]()
        for entry in chain.from_iterable(ways):
            if entry not in seen:
                seen.add(entry)
                yield entry
