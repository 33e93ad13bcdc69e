"""Setting a rule from a day on, seeing before what it would move, and taking back what has not begun."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from core import typed, words
from core.access import Actor, Subject, require
from core.refusal import Refusal
from core.rules.kind import Draft, Kind, Moved, Said, Version, in_force
from core.transactions import system_transaction

LONGEST_WHY = 300
"""Characters of where a rule is said, and of why a planned one is withdrawn."""


class BeginsBeforeToday(Refusal):
    text = "A rule begins today or later: choose another day."


class SaysTheSame(Refusal):
    text = "This is what holds there on that day already: change what is asked, where, or the day."


class HasBegun(Refusal):
    text = "This rule has begun, or is no longer planned: look at what holds now, and set another one."


def versions(kind: Kind[Any], actor: Actor, tx: Connection, about: str | None = None) -> list[Version]:
    """
    Return every version, of one matter or of all, in the order in which they begin; withdrawn ones among them.

    :raises NotAllowed: if the actor does not set rules of this kind.
    """
    require(actor, kind.action, Subject(kind.noun))
    return _read(kind, tx, about)


def begun(kind: Kind[Any], tx: Connection, *, on: date, only: Mapping[str, Any]) -> tuple[Said, ...]:
    """
    Return what is said by versions that have begun on a day, by each for whom there can be any: of each place of *only*
    those of its value, and those of any. It is for whoever goes by the rules, and asked once.
    """
    narrowed = "".join(f" and (r.{place} is null or r.{place} = :{place})" for place in only)
    statement = _begun(kind, narrowed)
    places = len(kind.places)
    return tuple(
        Said(number, about, tuple(columns[:places]), tuple(columns[places:]), since)
        for number, about, since, *columns in tx.execute(statement, {"on": on, **only})
    )


def moves(kind: Kind[Moved], actor: Actor, tx: Connection, draft: Draft, *, at: datetime) -> Moved:
    """
    Return what *draft* would move, of what there is now. Nothing is kept.

    :raises NotAllowed: if the actor does not set rules of this kind.
    """
    require(actor, kind.action, Subject(kind.noun))
    return kind.moves(tx, draft, at)


def propose(kind: Kind[Any], actor: Actor, tx: Connection, draft: Draft, *, at: datetime) -> int:
    """
    Keep *draft*, which begins on its day, today or later; return its number. What it moves moves when it begins.

    :raises NotAllowed: if the actor does not set rules of this kind.
    :raises BeginsBeforeToday, NoReason, TooLong:
    :raises SaysTheSame: if the same is said for the very place on that day already.
    """
    require(actor, kind.action, Subject(kind.noun))
    why = typed.reason(typed.one_line(draft.why), LONGEST_WHY, "The reason for the rule")
    first = kind.today(tx, draft.place, at)
    if draft.since < first:
        raise BeginsBeforeToday(f"A rule begins today, {words.day(first)}, or later: choose another day.")
    kept = [version.said for version in _read(kind, tx, draft.about) if version.withdrawn_at is None]
    if any((each.place, each.says) == (draft.place, draft.says) for each in in_force(kept, draft.since)):
        raise SaysTheSame
    row = {
        kind.about: draft.about, **dict(zip(kind.places, draft.place, strict=True)),
        **dict(zip(kind.says, draft.says, strict=True)), **dict(zip(kind.more, draft.more, strict=True)),
        "effective_from": draft.since, "why": why, "proposed_by": actor.staff_id, "proposed_at": at,
    }  # fmt: skip
    number: int = tx.execute(_statements(kind)["keep"], row).scalar_one()
    return number


def withdraw(kind: Kind[Any], actor: Actor, tx: Connection, *, number: int, why: str, at: datetime) -> None:
    """
    Take back a version that is planned: what holds before goes on.

    :raises NotAllowed: if the actor does not set rules of this kind.
    :raises NoReason, TooLong:
    :raises HasBegun: if there is no such version that is planned, or its day has come where it is.
    """
    require(actor, kind.action, Subject(kind.noun, number))
    reason = typed.reason(typed.one_line(why), LONGEST_WHY, "The reason for withdrawing it")
    planned = next((each for each in _read(kind, tx, None) if each.number == number), None)
    if planned is None or planned.since <= kind.today(tx, planned.place, at):
        raise HasBegun
    done = tx.execute(
        _statements(kind)["withdraw"], {"number": number, "by_id": actor.staff_id, "at": at, "why": reason}
    )
    if done.rowcount != 1:  # by the database's clock it has begun, or somebody has withdrawn it
        raise HasBegun


def begin(kind: Kind[Any], *, at: datetime) -> int:
    """Put in force what is due, in a transaction of its own; return how many versions that was. Twice does no harm."""
    with system_transaction() as tx:
        return kind.begin(tx, at)


def _read(kind: Kind[Any], tx: Connection, about: str | None) -> list[Version]:
    places, says, more = map(len, (kind.places, kind.says, kind.more))
    read: list[Version] = []
    for row in tx.execute(_statements(kind)["read"], {"about": about}):
        number, what, *columns = row
        place, said, beside, rest = _cut(columns, places, says, more)
        read.append(Version(number, what, place, said, beside, *rest))
    return read


def _cut(columns: list[Any], *lengths: int) -> list[tuple[Any, ...]]:
    """Return *columns* in parts of these *lengths*, and what is left."""
    parts, start = [], 0
    for length in lengths:
        parts.append(tuple(columns[start : start + length]))
        start += length
    return [*parts, tuple(columns[start:])]


@lru_cache
def _begun(kind: Kind[Any], narrowed: str) -> TextClause:
    columns = ", ".join(f"r.{each}" for each in (kind.key, kind.about, "effective_from", *kind.places, *kind.says))
    return text(
        f"select {columns} from {kind.table} r where r.withdrawn_at is null and r.effective_from <= :on{narrowed}"
        f" order by r.effective_from, r.{kind.key}"
    )


@lru_cache
def _statements(kind: Kind[Any]) -> dict[str, TextClause]:
    """Return what is asked of the kind's table; names of tables and columns are the code's own."""
    own = (*kind.places, *kind.says, *kind.more)
    written = (kind.about, *own, "effective_from", "why", "proposed_by", "proposed_at")
    return {
        "read": text(
            f"select r.{kind.key}, r.{kind.about}, {', '.join(f'r.{each}' for each in own)}, r.effective_from, r.why,"
            " coalesce(p.full_name, ''), r.proposed_at, coalesce(w.full_name, ''), r.withdrawn_at,"
            f" coalesce(r.withdrawn_why, ''), r.in_force_at from {kind.table} r"
            " left join staff p on p.staff_id = r.proposed_by left join staff w on w.staff_id = r.withdrawn_by"
            f" where cast(:about as text) is null or r.{kind.about} = :about order by r.effective_from, r.{kind.key}"
        ),
        "keep": text(
            f"insert into {kind.table} ({', '.join(written)}) values ({', '.join(f':{each}' for each in written)})"
            f" returning {kind.key}"
        ),
        "withdraw": text(
            f"update {kind.table} set withdrawn_by = :by_id, withdrawn_at = :at, withdrawn_why = :why"
            f" where {kind.key} = :number and withdrawn_at is null"
        ),
    }
