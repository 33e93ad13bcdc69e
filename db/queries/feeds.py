"""What a client's claims already are, for a file that may hold them again; and the imports there were."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Date, Text

from db.models.imports import FeedMapping, ImportRefusal


class Numbered(NamedTuple):
    """A claim under the client's own number."""

    client_claim_number: str
    claim_number: str


class Injured(NamedTuple):
    """A claim by who was hurt and when."""

    family_key: str
    given_key: str
    date_of_injury: date
    birth_date: date | None
    client_claim_number: str | None
    claim_number: str


class Import(NamedTuple):
    """One import there was; `worked_on` tells that it can no longer be undone."""

    import_id: int
    file_name: str
    started_at: datetime
    by: str
    state: str
    read: int
    accepted: int
    refused: int
    duplicates: int
    undone_at: datetime | None
    worked_on: bool


class Refused(NamedTuple):
    """A refused row: `cells` are pairs of heading and content."""

    row_number: int
    field: str
    reason: str
    remedy: str
    cells: list[Any]


_NUMBERED = text(
    "select client_claim_number, claim_number from claim"
    " where client_id = :client_id and client_claim_number = any (:numbers)"
).bindparams(bindparam("numbers", type_=ARRAY(Text)))

# Keys first, each looked up in the index of known workers, whatever the number of claims.
_INJURED = text("""
    select w.family_key, w.given_key, c.date_of_injury, w.birth_date, c.client_claim_number, c.claim_number
      from unnest(:families, :givens, :days) as k (family_key, given_key, date_of_injury)
      join injured_worker w on w.client_id = :client_id
       and w.family_key = k.family_key collate "C" and w.given_key = k.given_key collate "C"
      join claim c on c.client_id = w.client_id and c.worker_id = w.worker_id and c.date_of_injury = k.date_of_injury
     order by c.claim_id
""").bindparams(
    bindparam("families", type_=ARRAY(Text)),
    bindparam("givens", type_=ARRAY(Text)),
    bindparam("days", type_=ARRAY(Date)),
)

_MAPPING = select(FeedMapping.mapping).where(FeedMapping.client_id == bindparam("client_id"))

# What a person did to a claim after it came; a claim with any of it stays. One list, for the question and the undo.
WORKED_ON = """
    c.assignee_id is not null or c.first_contact_at is not null or c.closed_at is not null or c.version > 1
    or exists (select from contact_attempt a where a.client_id = c.client_id and a.claim_id = c.claim_id)
    or exists (select from intake_question q where q.client_id = c.client_id and q.claim_id = c.claim_id
                and q.answered_at is not null)
    or exists (select from clock_pause p where p.client_id = c.client_id and p.claim_id = c.claim_id)
    or exists (select from claim_event e where e.client_id = c.client_id and e.claim_id = c.claim_id
                and e.kind <> 'reported')
"""

_IMPORTS = text(f"""
    select i.import_id, i.file_name, i.started_at, s.full_name, i.state, i.read, i.accepted, i.refused, i.duplicates,
           i.undone_at,
           exists (select from claim c where c.client_id = i.client_id and c.import_id = i.import_id and ({WORKED_ON}))
      from claim_import i join staff s on s.staff_id = i.by_id
     where i.client_id = :client_id order by i.started_at desc, i.import_id desc limit :most
""")

_REFUSED = (
    select(*(getattr(ImportRefusal, name) for name in Refused._fields))
    .where(ImportRefusal.client_id == bindparam("client_id"), ImportRefusal.import_id == bindparam("import_id"))
    .order_by(ImportRefusal.row_number)
)


def numbered(tx: Connection, client_id: int, numbers: Sequence[str]) -> list[Numbered]:
    """Return the client's claims that carry one of *numbers*."""
    if not numbers:
        return []
    return [Numbered(*row) for row in tx.execute(_NUMBERED, {"client_id": client_id, "numbers": list(numbers)})]


def injured(tx: Connection, client_id: int, keys: Sequence[tuple[str, str, date]]) -> list[Injured]:
    """Return the client's claims of a worker of that family and given key, hurt that day; oldest claim first."""
    if not keys:
        return []
    families, givens, days = (list(each) for each in zip(*keys, strict=True))
    found = tx.execute(_INJURED, {"client_id": client_id, "families": families, "givens": givens, "days": days})
    return [Injured(*row) for row in found]


def mapping(tx: Connection, client_id: int) -> dict[str, Any] | None:
    """Return the client's saved column mapping, or None."""
    return tx.execute(_MAPPING, {"client_id": client_id}).scalar()


def imports(tx: Connection, client_id: int, most: int) -> list[Import]:
    """Return the client's latest imports, newest first."""
    return [Import(*row) for row in tx.execute(_IMPORTS, {"client_id": client_id, "most": most})]


def refused(tx: Connection, client_id: int, import_id: int) -> list[Refused]:
    """Return the rows that the import refused, in the file's order."""
    return [Refused(*row) for row in tx.execute(_REFUSED, {"client_id": client_id, "import_id": import_id})]
