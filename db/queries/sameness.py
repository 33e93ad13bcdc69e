"""Which claims of a client a report could repeat: by the client's number, or by who was hurt that day."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Date


class Known(NamedTuple):
    """What of a claim tells whether a report is of the same one."""

    claim_id: int
    claim_number: str
    family_key: str
    given_key: str
    birth_date: date | None
    date_of_injury: date
    number_key: str | None


_BEFORE_EACH = "\x1f"
"""
Stands before each key of a list: a blank, of which keys have none but " ".

The driver writes a list of 20,000 texts ten times as slowly as one text.
"""

# What a report repeats that was merged into another claim is that one.
_COLUMNS = """
    coalesce(c.merged_into, c.claim_id),
    case when c.merged_into is null then c.claim_number
         else (select k.claim_number from claim k where k.client_id = c.client_id and k.claim_id = c.merged_into) end,
    w.family_key, w.given_key, w.birth_date, c.date_of_injury, c.client_number_key"""
_WORKER = "join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id"
_NUMBERS, _FAMILIES, _GIVENS = (
    f"(string_to_array(cast(:{keys} as text), chr({ord(_BEFORE_EACH)})))[2:]"
    for keys in ("numbers", "families", "givens")
)
# Two ways in, each by its index. On a day, by the family name; in the other order of the names, by both.
_LIKE = text(f"""
    select {_COLUMNS} from claim c {_WORKER}
     where c.client_id = :client_id and c.client_number_key = any ({_NUMBERS})
    union
    select {_COLUMNS} from claim c {_WORKER}
     where c.client_id = :client_id and c.date_of_injury = any (:days)
       and (w.family_key = any ({_FAMILIES}) or (w.family_key = any ({_GIVENS}) and w.given_key = any ({_FAMILIES})))
     order by 1
""").bindparams(bindparam("days", type_=ARRAY(Date)))

_AROUND = text(f"""
    select {_COLUMNS} from claim c {_WORKER}
     where c.client_id = :client_id and c.date_of_injury between :first and :last order by 1 desc limit :most
""")

_NUMBERED = text(
    "select claim_number from claim where client_id = :client_id and client_number_key = :key and claim_id <> :claim_id"
    " and merged_into is distinct from :claim_id"
    " and not exists (select from claim own where own.client_id = :client_id and own.claim_id = :claim_id"
    "                  and own.client_number_key = :key)"
    " order by claim_id limit :most"
)


def like(
    tx: Connection,
    client_id: int,
    *,
    numbers: Collection[str],
    days: Collection[date],
    families: Collection[str],
    givens: Collection[str],
) -> list[Known]:
    """
    Return the client's claims that carry one of *numbers* or that have, on one of *days*, a worker so named.

    Names are keys, and may stand in either order. Oldest claim first. Of one that was merged into another that other's
    number is given: what is known of it may come several times.
    """
    rows = tx.execute(
        _LIKE,
        {
            "client_id": client_id,
            "numbers": _listed(numbers),
            "days": list(days),
            "families": _listed(families),
            "givens": _listed(givens),
        },
    )
    return [Known(*row) for row in rows]


def around(tx: Connection, client_id: int, *, first: date, last: date, most: int) -> list[Known]:
    """Return the client's claims of injuries from the *first* day to the *last*, *most* of them, the latest first."""
    values = {"client_id": client_id, "first": first, "last": last, "most": most}
    return [Known(*row) for row in tx.execute(_AROUND, values)]


def _listed(keys: Collection[str]) -> str:
    return "".join([_BEFORE_EACH + key for key in keys])


def newly_sharing(tx: Connection, client_id: int, claim_id: int, *, key: str, most: int) -> list[str]:
    """Return the numbers of other claims that carry the client's number *key*, unless this claim carries it already."""
    parameters = {"client_id": client_id, "claim_id": claim_id, "key": key, "most": most}
    return list(tx.execute(_NUMBERED, parameters).scalars())
