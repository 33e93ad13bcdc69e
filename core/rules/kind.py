"""What a kind of rules is, what a version of one is, and which version holds: no more than rows and days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from core.access import Action

Place = tuple[Any, ...]
"""Of what a version is, a value for each of its kind's places; None is any."""

Moved = TypeVar("Moved")


class Draft(NamedTuple):
    """A version that is not kept yet: about what, for which place, what it says, from which day on, and why."""

    about: str
    place: Place
    says: tuple[Any, ...]
    since: date
    why: str
    more: tuple[Any, ...] = ()


class Said(NamedTuple):
    """Of a version that stands no more than decides: its number, about what, for which place, what, from when."""

    number: int
    about: str
    place: Place
    says: tuple[Any, ...]
    since: date


class Version(NamedTuple):
    """
    A version that is kept. `by` is who set it, empty where the desk came with it; `more` what is known beside what it
    says. `begun_at` is when it had begun for all whom it is of.
    """

    number: int
    about: str
    place: Place
    says: tuple[Any, ...]
    more: tuple[Any, ...]
    since: date
    why: str
    by: str
    at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str
    begun_at: datetime | None

    @property
    def said(self) -> Said:
        """No more of it than decides."""
        return Said(self.number, self.about, self.place, self.says, self.since)


@dataclass(frozen=True)
class Kind(Generic[Moved]):
    """
    A kind of rules. `noun` is what one is called on the record, `action` what one must be able to do to set them.

    `table` has the columns `key`, which the database gives, `about`, `places`, `says`, `more`, and of its own accord
    `effective_from` (a date), `why`, `proposed_by`, `proposed_at`, `withdrawn_by`, `withdrawn_at`, `withdrawn_why` and
    `in_force_at`. `ends` is what a version says that leaves its place to the wider ones; None where none can.

    `today` returns the first day on which a version for a place can begin. `moves` returns what a draft would move, and
    writes nothing. `begin` puts in force what is due, each version once, and returns how many it was.
    """

    noun: str
    action: Action
    table: str
    key: str
    about: str
    places: tuple[str, ...]
    says: tuple[str, ...]
    today: Callable[[Connection, Place, datetime], date]
    moves: Callable[[Connection, Draft, datetime], Moved]
    begin: Callable[[Connection, datetime], int]
    more: tuple[str, ...] = ()
    ends: tuple[Any, ...] | None = None


class Standing(StrEnum):
    """How a version stands on a day, in words."""

    PLANNED = "planned"
    IN_FORCE = "in force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


def holding(kind: Kind[Any], said: Iterable[Said], about: str, place: Place, on: date) -> Said | None:
    """
    Return which of what is *said* decides about something for a *place* on a day; None where nothing does.

    Of a place None stands for what is not known: only versions of any match it.
    """
    here = [
        each for each in in_force(said, on)
        if each.about == about and each.says != kind.ends
        and all(own is None or own == asked for own, asked in zip(each.place, place, strict=True))
    ]  # fmt: skip
    return max(here, key=lambda each: [own is not None for own in each.place], default=None)


def in_force(said: Iterable[Said], on: date) -> list[Said]:
    """Return of each matter and place the latest version that has begun on a day, ended ones among them."""
    latest: dict[tuple[str, Place], Said] = {}
    for each in said:
        other = latest.get((each.about, each.place))
        if each.since <= on and (other is None or (each.since, each.number) > (other.since, other.number)):
            latest[each.about, each.place] = each
    return list(latest.values())


def standing(version: Version, versions: Iterable[Version], on: date) -> Standing:
    """Return how *version* stands among all *versions* on a day of those whom it is of."""
    if version.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if version.since > on:
        return Standing.PLANNED
    said = (each.said for each in versions if each.withdrawn_at is None)
    return Standing.IN_FORCE if version.said in in_force(said, on) else Standing.REPLACED
