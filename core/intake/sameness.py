"""
Whether two reports of injury are of one claim: the one rule of the form and of the feeds.

A client's number alone proves nothing: numbers start again in each plant and are mistyped. Where what is known does not
settle it, the answer is a question, so that no report is lost and no worker is called twice unasked.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from core.intake.elements import TO_MERGE, Question
from core.intake.told import Report, number_key, worker_name_key
from db.queries import sameness as queries

SAME_NUMBER, SAME_INJURY = "same_number", "same_injury"
"""Why two reports may be of one claim: the client's number; worker and day of injury."""

NEAR = timedelta(days=3)
NEAR_DAY = "near_day"
"""How far apart two injuries of one worker are told of while a report is taken, and why: it holds nothing up."""

_LOOKED_THROUGH = 500
"""As many claims of near days, the latest, are looked through for a name that was heard otherwise."""

CLAIM_NUMBER = re.compile(r"\bC-\d+\b")
"""A claim's number, as questions name it."""

MOST_NAMED = 3
"""Of the claims that one may repeat, so many are named in a question."""

_name_key = lru_cache(maxsize=50_000)(worker_name_key)

_LONG_WORD = 4
"""Letters from which on a word that two double names share says something: `de`, `van` and `jr` do not."""


class Comparable(Protocol):
    """A report or a claim, as far as it is compared with another."""

    @property
    def family_key(self) -> str: ...
    @property
    def given_key(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def date_of_injury(self) -> date: ...
    @property
    def number_key(self) -> str | None: ...


class Facts(NamedTuple):
    """A `Comparable` of a report that has just arrived."""

    family_key: str
    given_key: str
    birth_date: date | None
    date_of_injury: date
    number_key: str | None


class Worker(Enum):
    """Whether two reports name the same person."""

    AGREES = "agrees"
    UNSURE = "unsure"
    DIFFERS = "differs"


class Likeness(NamedTuple):
    """Two reports may be of one claim, for this *reason*; where it is *certain*, they are."""

    certain: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A claim that a report may repeat; *likeness* says how sure that is."""

    claim_id: int
    claim_number: str
    likeness: Likeness


def facts(report: Report) -> Facts:
    """Return what of *report* is compared with other reports and claims."""
    return Facts(
        _name_key(report.family_name),
        _name_key(report.given_name),
        report.birth_date,
        report.date_of_injury,
        number_key(report.client_claim_number),
    )


def worker(one: Comparable, other: Comparable) -> Worker:
    """
    Say whether two reports name the same person.

    Names agree in either order, without regard to middle names that one of the two lacks or shortens. One family name
    and one birth date agree as well: given names have short forms. It is unsure where a birth date speaks against the
    same name or another name against the same birth date, and where names without birth dates are nearly the same: a
    letter mistyped, an initial, one of a double name. Whoever has no more than one name in common may be two persons.
    """
    births = one.birth_date is not None and other.birth_date is not None
    born_alike = births and one.birth_date == other.birth_date
    if names_agree(one, other):
        return Worker.UNSURE if births and not born_alike else Worker.AGREES
    if born_alike:
        return Worker.AGREES if one.family_key == other.family_key else Worker.UNSURE
    return Worker.UNSURE if not births and _names_nearly_agree(one, other) else Worker.DIFFERS


def compare(one: Comparable, other: Comparable) -> Likeness | None:
    """
    Say whether two reports of one client may be of the same claim; None where they are not.

    With the same number they are, if the worker agrees, or if the day does and the worker may be the same; otherwise
    it is asked. Without it, only one day's reports are looked at: they are the same claim with the same name and birth
    date (or, where neither has a birth date, with the very same full name), unless both carry a number of their own.
    Whatever else agrees in the worker is asked; a name alone, with another birth date and another number, is not.
    """
    who, same_day = worker(one, other), one.date_of_injury == other.date_of_injury
    if one.number_key and one.number_key == other.number_key:
        return Likeness(who is Worker.AGREES or (same_day and who is Worker.UNSURE), SAME_NUMBER)
    if not same_day:
        return None
    both_numbered = bool(one.number_key and other.number_key)
    if not names_agree(one, other):
        return Likeness(False, SAME_INJURY) if who is Worker.AGREES else None
    if who is Worker.UNSURE:
        return None if both_numbered else Likeness(False, SAME_INJURY)
    return Likeness(not both_numbered and _settled(one, other), SAME_INJURY)


def names_agree(one: Comparable, other: Comparable) -> bool:
    """Say whether two names are the same, in either order, or but for a middle name that is missing or shortened."""
    in_order = one.family_key == other.family_key and _given_agree(one.given_key, other.given_key)
    return in_order or (one.family_key, one.given_key) == (other.given_key, other.family_key)


def known_like(tx: Connection, client_id: int, reports: Collection[Comparable]) -> list[queries.Known]:
    """Return every claim of the client that one of *reports* could repeat, oldest first."""
    return queries.like(
        tx,
        client_id,
        numbers={each.number_key for each in reports if each.number_key},
        days={each.date_of_injury for each in reports},
        families={each.family_key for each in reports},
        givens={each.given_key for each in reports},
    )


def suspects(tx: Connection, client_id: int, report: Report) -> list[Suspect]:
    """Return the client's claims that *report* may repeat, the likeliest first."""
    reported = facts(report)
    alike: dict[int, Suspect] = {}
    for known in known_like(tx, client_id, [reported]):
        likeness = compare(reported, known)
        if likeness and not (known.claim_id in alike and alike[known.claim_id].likeness.certain):
            alike[known.claim_id] = Suspect(known.claim_id, known.claim_number, likeness)
    return sorted(alike.values(), key=lambda suspect: not suspect.likeness.certain)


def nearby(tx: Connection, client_id: int, report: Report) -> list[Suspect]:
    """
    Return the client's claims, MOST_NAMED of them, whose worker may be the same, be it by a slip in the name, and was
    injured on that day or within NEAR of it; those of the nearest days first.
    """
    reported = facts(report)
    day = reported.date_of_injury
    known = queries.around(tx, client_id, first=day - NEAR, last=day + NEAR, most=_LOOKED_THROUGH)
    alike = {each.claim_id: each for each in known if worker(reported, each) is not Worker.DIFFERS}
    nearest = sorted(alike.values(), key=lambda each: abs(each.date_of_injury - day))
    return [Suspect(each.claim_id, each.claim_number, Likeness(False, NEAR_DAY)) for each in nearest[:MOST_NAMED]]


def newly_sharing(tx: Connection, client_id: int, claim_id: int, key: str | None) -> list[str]:
    """
    Return the numbers of other claims that carry the client's number with *key*, which this claim is about to carry.

    None are where the claim carries it already: then the number stands confirmed.
    """
    if key is None:
        return []
    return queries.newly_sharing(tx, client_id, claim_id, key=key, most=MOST_NAMED + 1)


def doubts(others: Iterable[tuple[str, Likeness]]) -> list[Question]:
    """Return what is to be asked where a report may repeat *others*, each by its name; one question for a reason."""
    named: dict[str, list[str]] = {}
    for name, likeness in others:
        named.setdefault(likeness.reason, []).append(name)
    return [doubt(reason, names) for reason, names in sorted(named.items(), reverse=True)]


def doubt(reason: str, names: Sequence[str]) -> Question:
    """Return the question of *reason* about the claims called *names*."""
    if reason == SAME_NUMBER:
        why = f"This number is also on {_listed(names, 'and')}: is it right?"
        return Question("client_claim_number", reason, why)
    why = f"The same injury as {_listed(names, 'or')}? The worker and the date of injury look the same."
    return Question("same_claim", reason, why)


def said_to_be(why: str) -> Question:
    """Return what a supervisor is to settle where *why*, the question whether claims are one, was answered with yes."""
    names = CLAIM_NUMBER.findall(why)
    of = _listed(names, "or") if names else "a claim reported before"
    return Question("same_claim", TO_MERGE, f"Said to be the same injury as {of}. A supervisor merges the claims.")


def _listed(names: Sequence[str], last: str) -> str:
    shown = [*names[:MOST_NAMED], *(["others"] if len(names) > MOST_NAMED else [])]
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _settled(one: Comparable, other: Comparable) -> bool:
    if one.birth_date is None and other.birth_date is None:
        return bool(one.given_key) and (one.family_key, one.given_key) == (other.family_key, other.given_key)
    return one.birth_date == other.birth_date


def _given_agree(one: str, other: str) -> bool:
    if one == other:
        return True
    ours, theirs = one.split(), other.split()
    if not ours or not theirs or ours[0] != theirs[0]:
        return False
    middle = zip(ours[1:], theirs[1:], strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in middle)


def _names_nearly_agree(one: Comparable, other: Comparable) -> bool:
    return any(
        _nearly(one.family_key, family)
        and _nearly(one.given_key, given)
        and bool((one.family_key and family) or (one.given_key and given))
        for family, given in _orders(other)
    )


def _orders(names: Comparable) -> tuple[tuple[str, str], tuple[str, str]]:
    return (names.family_key, names.given_key), (names.given_key, names.family_key)


def _nearly(one: str, other: str) -> bool:
    """Tell whether two keys of a name may be the same name: one lacking, an initial, a shared word, one slip."""
    if not one or not other or one == other:
        return True
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    words = [{word for word in key.split() if len(word) >= _LONG_WORD} for key in (one, other)]
    return bool(words[0] & words[1]) or _given_agree(one, other) or _one_slip(one, other)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter is wrong, too much or lacking, or two stand the wrong way round; digits do not slip."""
    if not (one + other).replace(" ", "").isalpha():
        return False
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == len(other) == 2 and one == other[::-1])


def _alike(one: str, other: str) -> int:
    """Return with how many letters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
