"""
The cadences that this desk follows up by, as rules: what it came with, and what its administrators set since.

They hold for requests of all clients and states. Their days are those of the zone in which a day begins first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core import rules, scope, walltime
from core.access import Action, Actor, Subject, require
from core.authorizations.cadence import Asked, Cadence, Step, following
from core.authorizations.vocabulary import FOLLOWED_UP, Party, Reply
from core.refusal import Refusal
from core.rules import Draft, Kind, Place, Standing, Version

ZONE = "America/New_York"
"""Where the day begins from which a cadence holds; the database says the same."""

MOST_STEPS, MOST_HOURS, MOST_UNANSWERED = 8, 2_160, 20
"""Steps of a cadence; hours of any of its times; follow-ups in vain before others are to know. The database, too."""

_HOUR = timedelta(hours=1)

_OPEN = text("select * from desk_open_follow_ups()")
_BEGIN = text("select desk_cadences_begin(:at)")


class NotAsked(Refusal):
    text = "There are cadences to the treating provider and to the reviewing physician."


class HoursNotSensible(Refusal):
    text = f"Times of a cadence are whole hours, from 1 to {MOST_HOURS:,}."


class NotCloserTogether(Refusal):
    text = (
        f"Say 1 to {MOST_STEPS} steps, the longest time left first: each is for less time left than the one before, and"
        " asks at least as often."
    )


class OfficeClosesFirst(Refusal):
    text = "Offices close after they open: correct the hours."


class EscalatesNever(Refusal):
    text = f"Say after how many follow-ups, from 1 to {MOST_UNANSWERED}, and below which share of the clock, 1 to 99 %."


class Moves(NamedTuple):
    """
    Of how many open requests of a client the next follow-up would be earlier, and of how many later; and how many
    would go on to clinical staff by now that have not.
    """

    client_id: int
    earlier: int
    later: int
    escalated: int


class Moved(NamedTuple):
    """The same, by the client's name."""

    client: str
    earlier: int
    later: int
    escalated: int


class Ruled(NamedTuple):
    """A version of a cadence, what it says, and how it stands today."""

    version: Version
    cadence: Cadence
    standing: Standing


def _today(tx: Connection, place: Place, at: datetime) -> date:
    return walltime.today(ZONE, at)


def _moves(tx: Connection, draft: Draft, at: datetime) -> list[Moves]:
    cadences = {**kept(tx, at=at), Party(draft.about): _cadence(draft.about, draft.says)}
    counts: dict[int, list[int]] = {}
    for row in tx.execute(_OPEN).mappings():
        tried = zip(row["parties"], row["tried"], row["replies"], strict=True)
        asked = [Asked(Party(party), when, Reply(reply)) for party, when, reply in tried]
        counted = following(cadences, dict(row), asked, by_hand=None)
        own = counts.setdefault(row["client_id"], [0, 0, 0])
        if row["follow_up_at"] is not None:
            own[0] += counted.follow_up_at < row["follow_up_at"]
            own[1] += counted.follow_up_at > row["follow_up_at"]
        own[2] += _by(counted.to_clinical_at, at) and not _by(row["to_clinical_at"], at)
    return [Moves(client_id, *numbers) for client_id, numbers in sorted(counts.items()) if any(numbers)]


def _begin(tx: Connection, at: datetime) -> int:
    begun: int = tx.execute(_BEGIN, {"at": at}).scalar_one()
    return begun


KIND: Kind[list[Moves]] = Kind(
    noun="cadence",
    action=Action.RULES_MANAGE,
    table="cadence",
    key="cadence_id",
    about="party",
    places=(),
    says=(
        "left_hours", "every_hours", "last_hours", "undated_hours", "promised_hours", "opens", "closes", "unanswered",
        "share",
    ),
    today=_today,
    moves=_moves,
    begin=_begin,
)  # fmt: skip
"""Cadences as rules: about whom is asked, everywhere."""


def kept(tx: Connection, *, at: datetime) -> Mapping[Party, Cadence]:
    """Return the cadence to each party that holds *at* a moment. Whoever is signed in may ask."""
    day = walltime.today(ZONE, at)
    said = rules.in_force(rules.begun(KIND, tx, on=day, only={}), day)
    return {Party(each.about): _cadence(each.about, each.says) for each in said}


def listed(actor: Actor, tx: Connection, *, at: datetime) -> Mapping[Party, Sequence[Ruled]]:
    """
    Return the versions of the cadence to each party, the latest first.

    :raises NotAllowed: if the actor does not set rules.
    """
    versions = rules.versions(KIND, actor, tx)
    day = walltime.today(ZONE, at)
    found: dict[Party, list[Ruled]] = {party: [] for party in FOLLOWED_UP}
    for version in reversed(versions):
        ruled = Ruled(version, _cadence(version.about, version.says), rules.standing(version, versions, day))
        found[Party(version.about)].append(ruled)
    return found


def preview(actor: Actor, tx: Connection, cadence: Cadence, *, since: date, at: datetime) -> list[Moved]:
    """
    Return what *cadence* would move of the requests that are open now, by client's name; nothing is kept.

    What somebody has set by hand moves with no cadence.

    :raises NotAllowed: if the actor does not set rules.
    :raises NotAsked, HoursNotSensible, NotCloserTogether, OfficeClosesFirst, EscalatesNever:
    """
    found = rules.moves(KIND, actor, tx, _draft(cadence, since, ""), at=at)
    names = {c.client_id: c.name for c in scope.clients(actor, tx, Action.RULES_MANAGE)} if found else {}
    return sorted(Moved(names[client_id], *numbers) for client_id, *numbers in found)


def propose(actor: Actor, tx: Connection, cadence: Cadence, *, since: date, why: str, at: datetime) -> int:
    """
    Set *cadence* from a day on, today or later; return its number. It moves what is open when it begins.

    :raises NotAllowed: if the actor does not set rules.
    :raises NotAsked, HoursNotSensible, NotCloserTogether, OfficeClosesFirst, EscalatesNever:
    :raises BeginsBeforeToday, SaysTheSame, NoReason, TooLong: as `rules.propose`.
    """
    require(actor, KIND.action, Subject(KIND.noun))
    return rules.propose(KIND, actor, tx, _draft(cadence, since, why), at=at)


def withdraw(actor: Actor, tx: Connection, *, number: int, why: str, at: datetime) -> None:
    """
    Take back a version that is planned: what holds before goes on.

    :raises NotAllowed: if the actor does not set rules.
    :raises HasBegun, NoReason, TooLong: as `rules.withdraw`.
    """
    rules.withdraw(KIND, actor, tx, number=number, why=why, at=at)


def begin(*, at: datetime) -> int:
    """Put in force what is due, each version once; return how many there were."""
    return rules.begin(KIND, at=at)


def sensible(cadence: Cadence) -> None:
    """
    Go on only if somebody can be asked by *cadence*.

    :raises NotAsked, HoursNotSensible, NotCloserTogether, OfficeClosesFirst, EscalatesNever:
    """
    if cadence.party not in FOLLOWED_UP:
        raise NotAsked
    lengths = (*(each for step in cadence.steps for each in step), cadence.at_last, cadence.undated, cadence.promised)
    if not all(_HOUR <= each <= MOST_HOURS * _HOUR and each % _HOUR == timedelta(0) for each in lengths):
        raise HoursNotSensible
    closer = all(one.left > after.left and one.every >= after.every for one, after in pairwise(cadence.steps))
    if not 1 <= len(cadence.steps) <= MOST_STEPS or not closer or cadence.steps[-1].every < cadence.at_last:
        raise NotCloserTogether
    if cadence.opens >= cadence.closes:
        raise OfficeClosesFirst
    if not (1 <= cadence.unanswered <= MOST_UNANSWERED and 1 <= cadence.share <= 99):
        raise EscalatesNever


def _draft(cadence: Cadence, since: date, why: str) -> Draft:
    sensible(cadence)
    says = (
        [_hours(step.left) for step in cadence.steps], [_hours(step.every) for step in cadence.steps],
        *map(_hours, (cadence.at_last, cadence.undated, cadence.promised)), cadence.opens, cadence.closes,
        cadence.unanswered, cadence.share,
    )  # fmt: skip
    return Draft(cadence.party, (), says, since, why)


def _cadence(party: str, says: Iterable[Any]) -> Cadence:
    left, every, last, undated, promised, opens, closes, unanswered, share = says
    steps = tuple(Step(one * _HOUR, other * _HOUR) for one, other in zip(left, every, strict=True))
    return Cadence(
        Party(party), steps, last * _HOUR, undated * _HOUR, promised * _HOUR, opens, closes, unanswered,
        share,
    )  # fmt: skip


def _hours(length: timedelta) -> int:
    return length // _HOUR


def _by(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at
