"""Which accepted rows are new claims, and which were reported before: in the same file, or in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from core.feeds.judging import Accepted
from core.intake.elements import folded
from db.queries import feeds
from db.queries.feeds import Injured, Numbered

_folded = lru_cache(maxsize=50_000)(folded)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that adds nothing: of which claim, or of which row of the same file, and why it is the same."""

    row: int
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that is a new claim; `suspect` names a claim or row that it may repeat."""

    accepted: Accepted
    family_key: str
    given_key: str
    suspect: str | None


@dataclass(frozen=True, slots=True)
class _Same:
    birth_date: date | None
    number: str | None
    of: str


@dataclass
class Known:
    """Claims there are: by the client's number, and by worker and date of injury."""

    numbers: dict[str, str] = field(default_factory=dict)
    people: dict[tuple[str, str, date], list[_Same]] = field(default_factory=dict)

    def add(self, key: tuple[str, str, date], born: date | None, number: str | None, of: str) -> None:
        """Remember one more claim, named *of*."""
        self.people.setdefault(key, []).append(_Same(born, number, of))
        if number:
            self.numbers.setdefault(number, of)


class Reported(NamedTuple):
    """Claims of a client that a file could repeat, as they were when asked."""

    numbered: tuple[Numbered, ...]
    injured: tuple[Injured, ...]


def reported(tx: Connection, client_id: int, accepted: Sequence[Accepted]) -> Reported:
    """Return those claims of the client that any of the *accepted* rows could repeat."""
    numbers = sorted({row.report.client_claim_number for row in accepted if row.report.client_claim_number})
    return Reported(
        tuple(sorted(feeds.numbered(tx, client_id, numbers))),
        tuple(feeds.injured(tx, client_id, sorted({_key(row) for row in accepted}))),
    )


def known(before: Reported) -> Known:
    """Return what *before* says, as `settle` looks it up."""
    found = Known()
    for claim in before.numbered:
        found.numbers[claim.client_claim_number] = f"claim {claim.claim_number}"
    for same in before.injured:
        key = (same.family_key, same.given_key, same.date_of_injury)
        found.people.setdefault(key, []).append(
            _Same(same.birth_date, same.client_claim_number, f"claim {same.claim_number}")
        )
    return found


def settle(accepted: Sequence[Accepted], known: Known) -> list[Fresh | Duplicate]:
    """
    Say of each accepted row whether it is new, in the file's order; *known* grows by what the file brings.

    The same claim is one with the same client claim number; else one of the same worker, birth date and date of
    injury. Where neither has a birth date, the same name on the same day is the same claim only if not both carry
    a number: two people of one name happen. Where only one has a birth date, it is new and the doubt is asked about.
    """
    settled: list[Fresh | Duplicate] = []
    for row in accepted:
        number, key = row.report.client_claim_number, _key(row)
        if number and (of := known.numbers.get(number)):
            settled.append(Duplicate(row.row, of, f"The same client claim number as {of}."))
            continue
        same, suspect = _like(row, known.people.get(key, ()))
        if same:
            settled.append(Duplicate(row.row, same, f"The same worker, birth date and date of injury as {same}."))
            continue
        known.add(key, row.report.birth_date, number, f"row {row.row}")
        settled.append(Fresh(row, key[0], key[1], suspect))
    return settled


def _like(row: Accepted, others: Sequence[_Same]) -> tuple[str | None, str | None]:
    """Return which claim *row* repeats, if any, and else which it may repeat."""
    suspect = None
    born, number = row.report.birth_date, row.report.client_claim_number
    for other in others:
        both_numbered = bool(number and other.number)
        if born == other.birth_date and (born or not both_numbered):
            return other.of, None
        if born is None or other.birth_date is None:
            suspect = other.of
    return None, suspect


def _key(row: Accepted) -> tuple[str, str, date]:
    report = row.report
    return _folded(report.family_name), _folded(report.given_name), report.date_of_injury
