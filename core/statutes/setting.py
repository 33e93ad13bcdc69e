"""What administrators do about statutory clocks: see them, set a new version, withdraw it, say that one was checked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core import rules, scope, typed, walltime
from core.access import Action, Actor, Subject, require
from core.refusal import Refusal, limited
from core.rules import Draft, Kind, Place, Standing, Version
from core.statutes import kept, moving
from core.statutes.moving import Moves
from core.statutes.rows import MORE, SAYS, as_row, as_rule
from core.statutes.rule import Rule, Sureness
from core.statutes.shipped import shipped

LONGEST_AGAINST = 300
"""Characters of what a clock was checked against."""

LONGEST_TEXT = 600
"""Characters of a citation, of what a lapse means, and of the other texts of a clock."""

_NAMES = {"citation": "The law", "lapse_words": "What a lapse means", "note": "The note", "source": "The source"}

_BEGIN = text("select desk_statutory_clocks_begin(:at)")
_CHECKS = text(
    "select c.clock_id, s.full_name, c.checked_at, c.against from statutory_clock_check c"
    " join staff s on s.staff_id = c.checked_by order by c.check_id"
)
_CHECK = text(
    "insert into statutory_clock_check (clock_id, against, checked_by, checked_at)"
    " select clock_id, :against, :by_id, :at from statutory_clock where clock_id = :number and withdrawn_at is null"
)


class NoSuchClock(Refusal):
    text = "There is no such clock, or it was withdrawn: choose another one."


class AmountNotSensible(Refusal):
    text = "A limit is at least 1 and at most 3,660."


class NothingCited(Refusal):
    text = "Say which law it is, and what a lapse means there."


class Check(NamedTuple):
    """That somebody has compared a clock with the law: who, when, against what."""

    by: str
    at: datetime
    against: str


class Ruled(NamedTuple):
    """A version of a clock, what it says as a rule, how it stands in its jurisdiction today, and who has checked it."""

    version: Version
    rule: Rule
    standing: Standing
    ended: bool
    checks: tuple[Check, ...]

    @property
    def to_check(self) -> bool:
        """Whether something of it is from memory and nobody has compared it with the law yet."""
        return not self.checks and Sureness.KNOWLEDGE in (self.rule.confidence, self.rule.extension_confidence)


class Clock(NamedTuple):
    """A kind of clock of a jurisdiction, with its versions, the latest first."""

    jurisdiction: str
    kind: str
    network: bool | None
    versions: tuple[Ruled, ...]

    @property
    def shown(self) -> Ruled:
        """The version in force or, where none is, the latest that is not withdrawn, or the latest."""
        return (
            next((each for each in self.versions if each.standing is Standing.IN_FORCE), None)
            or next((each for each in self.versions if each.standing is not Standing.WITHDRAWN), None)
            or self.versions[0]
        )


class Moved(NamedTuple):
    """Of how many open requests of a client the due date would move, and how."""

    client: str
    earlier: int
    later: int
    otherwise: int


def _zone(jurisdiction: str) -> str:
    return next(rule.zone for rule in shipped() if rule.jurisdiction == jurisdiction)


def _today(tx: Connection, place: Place, at: datetime) -> date:
    return walltime.today(_zone(place[0]), at)


def _moves(tx: Connection, draft: Draft, at: datetime) -> list[Moves]:
    jurisdiction = draft.place[0]
    new = as_rule(
        jurisdiction, draft.about, draft.place[1], draft.since,
        dict(zip((*SAYS, *MORE), (*draft.says, *draft.more), strict=True)), 2**62,
    )  # fmt: skip
    requests = moving.open_requests(tx, jurisdiction, draft.about, new.zone)
    return moving.moved(requests, kept.rules(tx, jurisdiction), new, {jurisdiction: kept.changes(tx, jurisdiction)})


def _begin(tx: Connection, at: datetime) -> int:
    begun: int = tx.execute(_BEGIN, {"at": at}).scalar_one()
    return begun


KIND: Kind[list[Moves]] = Kind(
    noun="statutory_clock",
    action=Action.RULES_MANAGE,
    table="statutory_clock",
    key="clock_id",
    about="kind",
    places=("jurisdiction", "network"),
    says=tuple(SAYS),
    more=tuple(MORE),
    today=_today,
    moves=_moves,
    begin=_begin,
)
"""Statutory clocks as rules: about a kind, for a jurisdiction and claims in a network or not."""


def listed(actor: Actor, tx: Connection, *, at: datetime) -> list[Clock]:
    """
    Return every clock with its versions and checks, by jurisdiction, in the order in which the desk came with them.

    :raises NotAllowed: if the actor does not set rules.
    """
    versions = rules.versions(KIND, actor, tx)
    checks: dict[int, list[Check]] = {}
    for number, *check in tx.execute(_CHECKS):
        checks.setdefault(number, []).append(Check(*check))
    by_clock: dict[tuple[str, str, bool | None], list[Version]] = {}
    for version in sorted(versions, key=lambda each: each.number):
        jurisdiction, network = version.place
        by_clock.setdefault((jurisdiction, version.about, network), []).append(version)
    clocks = [
        Clock(*which, tuple(_ruled(each, own, checks.get(each.number, ()), at) for each in _latest_first(own)))
        for which, own in by_clock.items()
    ]
    return sorted(clocks, key=lambda clock: clock.jurisdiction)


def preview(actor: Actor, tx: Connection, rule: Rule, *, since: date, at: datetime) -> list[Moved]:
    """
    Return what *rule* would move of the requests that are open now, by client's name; nothing is kept.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoSuchClock, AmountNotSensible, NothingCited, TooLong:
    """
    found = rules.moves(KIND, actor, tx, _draft(rule, since, ""), at=at)
    names = {c.client_id: c.name for c in scope.clients(actor, tx, Action.RULES_MANAGE)} if found else {}
    return sorted(Moved(names[client_id], *numbers) for client_id, *numbers in found)


def propose(actor: Actor, tx: Connection, rule: Rule, *, since: date, why: str, at: datetime) -> int:
    """
    Set *rule* for clocks that start from a day on, today or later in its jurisdiction; return its number.

    Clocks that started before keep the text that they started under.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoSuchClock: if the desk has no clock of that jurisdiction, kind and network.
    :raises AmountNotSensible, NothingCited, TooLong:
    :raises BeginsBeforeToday, SaysTheSame, NoReason, TooLong: as `rules.propose`.
    """
    require(actor, KIND.action, Subject(KIND.noun))
    which = (rule.jurisdiction, rule.kind, rule.network)
    if all((each.jurisdiction, each.kind, each.network) != which for each in kept.rules(tx, rule.jurisdiction)):
        raise NoSuchClock
    return rules.propose(KIND, actor, tx, _draft(rule, since, why), at=at)


def withdraw(actor: Actor, tx: Connection, *, number: int, why: str, at: datetime) -> None:
    """
    Take back a version that is planned: what holds before goes on.

    :raises NotAllowed: if the actor does not set rules.
    :raises HasBegun, NoReason, TooLong: as `rules.withdraw`.
    """
    rules.withdraw(KIND, actor, tx, number=number, why=why, at=at)


def check(actor: Actor, tx: Connection, *, number: int, against: str, at: datetime) -> None:
    """
    Put down that the actor has compared a version with the law, *against* which text.

    :raises NotAllowed: if the actor does not set rules.
    :raises NoSuchClock: if there is no such version, or it was withdrawn.
    :raises NoReason, TooLong: if it is not said against what.
    """
    require(actor, KIND.action, Subject(KIND.noun, number))
    said = typed.reason(typed.one_line(against), LONGEST_AGAINST, "What it was checked against")
    done = tx.execute(_CHECK, {"number": number, "against": said, "by_id": actor.staff_id, "at": at})
    if done.rowcount != 1:
        raise NoSuchClock


def begin(*, at: datetime) -> int:
    """Put in force what is due, each version once, on the day of its own jurisdiction; return how many there were."""
    return rules.begin(KIND, at=at)


def _latest_first(versions: Sequence[Version]) -> list[Version]:
    return sorted(versions, key=lambda each: (each.since, each.number), reverse=True)


def _ruled(version: Version, own: Iterable[Version], checks: Iterable[Check], at: datetime) -> Ruled:
    row = dict(zip((*SAYS, *MORE), (*version.says, *version.more), strict=True))
    rule = as_rule(version.place[0], version.about, version.place[1], version.since, row, version.number)
    day = walltime.today(rule.zone, at)
    ended = rule.effective_to is not None and rule.effective_to < day
    return Ruled(version, rule, rules.standing(version, own, day), ended, tuple(checks))


def sensible(rule: Rule) -> None:
    """
    Go on only if something can be counted by *rule*.

    :raises AmountNotSensible:
    """
    limits = (rule.limit, *((rule.extension.limit, rule.extension.within, rule.extension.information)
                            if rule.extension else ()))  # fmt: skip
    if not all(limit is None or 1 <= limit.amount <= 3_660 for limit in limits):
        raise AmountNotSensible


def _draft(rule: Rule, since: date, why: str) -> Draft:
    sensible(rule)
    row = as_row(replace(rule, effective_from=since))
    for name in ("citation", "lapse_words", "note", "source"):
        row[name] = limited(typed.one_line(row[name]), LONGEST_TEXT, _NAMES[name])
    if not row["citation"] or not row["lapse_words"]:
        raise NothingCited
    says = tuple(row[each] for each in SAYS)
    return Draft(rule.kind, (rule.jurisdiction, rule.network), says, since, why, tuple(row[each] for each in MORE))
