"""
Claims by what is typed of them: each way in reads its own index in its own order, and stops after as many as are shown.

What a key begins with is said as the range from it to before its end: a condition of keys alone, which a policy lets
through to the index and which a kept plan knows to be narrow.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from db import session


class Way(IntEnum):
    """By what a claim was found, the best first."""

    NUMBER = 0
    CLIENT_NUMBER = 1
    TELEPHONE = 2
    NAME = 3
    NAME_BEGINS = 4
    NUMBER_BEGINS = 5
    PLACE = 6
    SLIP = 7


class Found(NamedTuple):
    """
    A claim that was found, and by which way: the lower its `way`, the better.

    The names are empty where identities were not asked for. `paused_at` says since when its clock
    stands still; a pause that began when it was overdue is none. `merged_into` is the number of the claim that it leads
    to, where it was merged.
    """

    client_id: int
    claim_id: int
    claim_number: str
    client: str
    way: int
    given_name: str | None
    family_name: str | None
    date_of_injury: date
    reported_at: datetime
    due_at: datetime
    first_contact_at: datetime | None
    closed_at: datetime | None
    date_of_death: date | None
    paused_at: datetime | None
    merged_into: str | None


class Name(NamedTuple):
    """A family name or a given one, as its key (the other is None), and the highest number of a worker who has it."""

    family_key: str | None
    given_key: str | None
    worker_id: int


_LAST = "\U0010ffff"
"""Sorts behind every letter that can follow."""

_NUMBER = 'c.claim_number collate "C"'
_CLAIMS = "claim c"
_WORKERS = "injured_worker w"
_FAMILY = "w.family_key, w.given_key"
_GIVEN = "w.given_key, w.family_key"


class _Lookup(NamedTuple):
    """
    One lookup: which way it is (what of a row that says), the table, the condition, the order.

    The table's alias is w for workers, c for claims.
    """

    way: Way | str
    table: str
    condition: str
    order: str


def _begins(column: str, typed: str) -> str:
    return f"{column} >= %({typed})s and {column} < %({typed}_end)s"


def _among(column: str, typed: str) -> str:
    return f"{column} = any (%({typed})s::text[])"


def _slip(condition: str, order: str = _FAMILY) -> _Lookup:
    return _Lookup(Way.SLIP, _WORKERS, condition, order)


def _named(column: str, order: str) -> _Lookup:
    # What is exactly the name comes first of what begins with it: one lookup finds both.
    way = f"case when {column} = %(name)s then {Way.NAME:d} else {Way.NAME_BEGINS:d} end"
    return _Lookup(way, _WORKERS, _begins(column, "name"), order)


_LOOKUPS: Mapping[str, tuple[_Lookup, ...]] = {
    "number": (
        _Lookup(Way.NUMBER, _CLAIMS, f"{_NUMBER} in (%(number)s, %(ours)s)", _NUMBER),
        _Lookup(Way.CLIENT_NUMBER, _CLAIMS, "c.client_number_key = %(key)s", "c.client_number_key, c.claim_id desc"),
        _Lookup(Way.NUMBER_BEGINS, _CLAIMS, _begins(_NUMBER, "ours"), _NUMBER),
        _Lookup(Way.NUMBER_BEGINS, _CLAIMS, _begins("c.client_number_key", "key"), "c.client_number_key"),
    ),
    "phone": (_Lookup(Way.TELEPHONE, _WORKERS, "w.phone_key = %(phone)s", "w.phone_key, w.worker_id desc"),),
    "name": (_named("w.family_key", _FAMILY), _named("w.given_key", _GIVEN)),
    # One half whole, of the other what it begins with: what is typed last is not finished, a middle name lacks.
    "halves": (
        _Lookup(Way.NAME, _WORKERS, f"w.family_key = %(first)s and {_begins('w.given_key', 'second')}", _FAMILY),
        _Lookup(Way.NAME, _WORKERS, f"w.family_key = %(second)s and {_begins('w.given_key', 'first')}", _FAMILY),
        _Lookup(Way.NAME_BEGINS, _WORKERS, f"w.given_key = %(first)s and {_begins('w.family_key', 'second')}", _GIVEN),
    ),
    "place": (_Lookup(Way.PLACE, "claim_narrative c", _begins("c.place_key", "name"), "c.place_key, c.claim_id desc"),),
    "near": (
        _slip(_among("w.family_key", "families")),
        _slip(_among("w.given_key", "givens"), _GIVEN),
    ),
    "near_halves": (
        _slip(f"{_among('w.family_key', 'firsts')} and {_begins('w.given_key', 'second')}"),
        _slip(f"{_among('w.family_key', 'seconds')} and {_begins('w.given_key', 'first')}"),
        _slip(f"{_among('w.family_key', 'firsts')} and {_among('w.given_key', 'given_seconds')}"),
        _slip(f"{_among('w.family_key', 'seconds')} and {_among('w.given_key', 'given_firsts')}"),
    ),
}

_OF_HALVES = re.compile(r"%\((firsts?|seconds?|given_firsts|given_seconds)(_end)?\)s")

_SHOWN = """
    select c.client_id, c.claim_id, c.claim_number, k.name, best.way, {identity}, c.date_of_injury,
           c.reported_at, c.due_at, c.first_contact_at, c.closed_at, c.date_of_death, pause.starts_at,
           (select m.claim_number from claim m where m.client_id = c.client_id and m.claim_id = c.merged_into)
      from best join claim c on c.client_id = best.client_id and c.claim_id = best.claim_id
      join client k on k.client_id = c.client_id
      {worker}
      left join clock_pause pause
        on pause.client_id = c.client_id and pause.claim_id = c.claim_id
       and desk_stands_still(pause.starts_at, pause.ends_at, c.due_at)
"""
_IDENTITY = "w.given_name, w.family_name"
_NO_IDENTITY = "cast(null as text), cast(null as text)"
_WORKER = "left join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id"

_FIND = """
    with worker as materialized (
      select client_id, worker_id, min(way) as way, min(said) as said from ({workers}) a
       group by client_id, worker_id order by 3, 4, worker_id desc limit {most}),
    found as (
      select w.client_id, c.claim_id, w.way, w.said
        from worker w join claim c on c.client_id = w.client_id and c.worker_id = w.worker_id
      {claims}),
    best as materialized (
      select client_id, claim_id, min(way) as way, min(said) as said from found
       group by client_id, claim_id order by 3, 4, claim_id desc limit {most})
""" + _SHOWN + " order by best.way, best.said, c.claim_id desc"  # fmt: skip

_NO_WORKERS = "select 0 as client_id, cast(0 as bigint) as worker_id, 0 as way, '' as said where false"

_OPENED_LAST = """
    with best as materialized (
      select client_id, claim_id, 0 as way, opened_at from desk_opened_last(%(most)s))
""" + _SHOWN + " order by best.opened_at desc"  # fmt: skip

# A half of a name that is null was not grouped by.
_NAMES = b"""
    select w.family_key, w.given_key, max(w.worker_id) from client k
     cross join lateral (select family_key, given_key, worker_id from injured_worker
                          where client_id = k.client_id and worker_id > %(after)s) w
     group by grouping sets ((w.family_key), (w.given_key))
"""


def _arm(lookup: _Lookup, served: bool, most: int) -> str:
    alias, key = ("w", "worker_id") if lookup.table.endswith(" w") else ("c", "claim_id")
    way = f"{lookup.way:d}" if isinstance(lookup.way, Way) else lookup.way
    said = f"concat_ws(' ', {lookup.order.removesuffix(' desc')})" if alias == "w" else lookup.order.partition(",")[0]
    columns = f"{alias}.client_id, {alias}.{key}, {way} as way, {said} as said"
    read = f"select {columns} from {lookup.table} where {lookup.condition}"
    stop = f"order by {lookup.order} limit {most}"
    if not served:
        return f"({read} {stop})"
    # Of as many of each client as many are left at once: what comes after them has no part in grouping and sorting.
    within = f"{read} and {alias}.client_id = s.client_id {stop}"
    return (
        f"(select a.* from unnest(%(clients)s::int[]) s(client_id) cross join lateral ({within}) a"
        f" order by a.way, a.said, a.{key} desc limit {most})"
    )


@lru_cache(maxsize=64)
def _statement(ways: tuple[str, ...], served: bool, identity: bool, most: int) -> bytes:
    # The limit is in the text: a kept plan is made for few rows, and knows it.
    arms = [(lookup.table, _arm(lookup, served, most)) for name in ways for lookup in _lookups(name)]
    workers = [arm for table, arm in arms if table.endswith(" w")]
    claims = [arm for table, arm in arms if table.endswith(" c")]
    return _FIND.format(
        workers=" union all ".join(workers) or _NO_WORKERS,
        claims="".join(f" union all {arm}" for arm in claims),
        identity=_IDENTITY if identity else _NO_IDENTITY,
        worker=_WORKER if identity else "",
        most=most,
    ).encode()


def _lookups(name: str) -> list[_Lookup]:
    """Return the lookups called *name*; of `halves:1` and the like each compares with first1, second1 and so on."""
    called, _, split = name.partition(":")
    return [
        each._replace(condition=_OF_HALVES.sub(rf"%(\g<1>{split}\g<2>)s", each.condition)) for each in _LOOKUPS[called]
    ]


def find(
    tx: Connection,
    clients: Collection[int] | None,
    ways: Sequence[str],
    values: Mapping[str, str | Sequence[str]],
    *,
    identity: bool,
    most: int,
) -> list[Found]:
    """
    Return at most *most* claims of *clients* (None: of all) that one of *ways* leads to, those of the better way first.

    :param ways: of number, phone, name, place, near, and for each way to part a name halves:0, near_halves:0 and so on.
    :param values: what the ways compare with: number, ours, key; phone; name; first0, second0; lists of keys near them.
    :param identity: whether the workers' names are read.
    """
    given: dict[str, Any] = dict(values)
    given |= {f"{name}_end": value + _LAST for name, value in values.items() if isinstance(value, str)}
    if clients is not None:
        given["clients"] = sorted(clients)
    statement = _statement(tuple(ways), clients is not None, identity, most)
    return [Found._make(row) for row in session.rows(tx, statement, given)]


def opened_last(tx: Connection, *, identity: bool, most: int) -> list[Found]:
    """Return the claims that the person opened last, the latest first; their `way` says nothing."""
    return [Found._make(row) for row in session.rows(tx, _opened(identity), {"most": most})]


@lru_cache(maxsize=2)
def _opened(identity: bool) -> bytes:
    return _OPENED_LAST.format(
        identity=_IDENTITY if identity else _NO_IDENTITY, worker=_WORKER if identity else ""
    ).encode()


def names(tx: Connection, *, after: int) -> list[Name]:
    """Return the names, each once, of the workers in scope whose number is higher than *after*."""
    return [Name._make(row) for row in session.rows(tx, _NAMES, {"after": after})]
