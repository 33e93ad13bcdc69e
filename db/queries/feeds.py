"""A client's saved column mapping, and the imports there were."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, text

from db.models.imports import FeedMapping, ImportRefusal


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


class Follower(NamedTuple):
    """An import that left out rows because of another import's claims, and how many rows."""

    import_id: int
    file_name: str
    started_at: datetime
    rows: int


class Refused(NamedTuple):
    """A refused row: `cells` are pairs of heading and content."""

    row_number: int
    field: str
    reason: str
    remedy: str
    cells: list[Any]


_MAPPING = select(FeedMapping.mapping).where(FeedMapping.client_id == bindparam("client_id"))

# What a person did to a claim of :client_id after it came, words that are not sent included; a claim with any of it
# stays. One list, for the question and the undo.
WORKED_ON = """
    c.assignee_id is not null or c.first_contact_at is not null or c.closed_at is not null or c.version > 1
    or exists (select from contact_attempt a where a.client_id = c.client_id and a.claim_id = c.claim_id)
    or exists (select from intake_question q where q.client_id = c.client_id and q.claim_id = c.claim_id
                and q.answered_at is not null)
    or exists (select from clock_pause p where p.client_id = c.client_id and p.claim_id = c.claim_id)
    or exists (select from claim_event e where e.client_id = c.client_id and e.claim_id = c.claim_id
                and e.kind not in ('reported', 'asked_by_rule'))
    or exists (select from work_mark m where m.client_id = c.client_id and m.claim_id = c.claim_id)
    or c.claim_id in (select desk_words_begun(:client_id))
"""

_IMPORTS = text(f"""
    select i.import_id, i.file_name, i.started_at, s.full_name, i.state, i.read, i.accepted, i.refused, i.duplicates,
           i.undone_at,
           exists (select from claim c where c.client_id = i.client_id and c.import_id = i.import_id and ({WORKED_ON}))
      from claim_import i join staff s on s.staff_id = i.by_id
     where i.client_id = :client_id order by i.started_at desc, i.import_id desc limit :most
""")

_FOLLOWERS = text("""
    select i.import_id, i.file_name, i.started_at, count(*) as rows
      from claim c
      join import_duplicate d on d.client_id = c.client_id and d.claim_id = c.claim_id and d.import_id <> c.import_id
      join claim_import i on i.client_id = d.client_id and i.import_id = d.import_id
     where c.client_id = :client_id and c.import_id = :import_id
     group by i.import_id, i.file_name, i.started_at order by i.started_at desc, i.import_id desc
""")

_REFUSED = (
    select(*(getattr(ImportRefusal, name) for name in Refused._fields))
    .where(ImportRefusal.client_id == bindparam("client_id"), ImportRefusal.import_id == bindparam("import_id"))
    .order_by(ImportRefusal.row_number)
)


def mapping(tx: Connection, client_id: int) -> dict[str, Any] | None:
    """Return the client's saved column mapping, or None."""
    return tx.execute(_MAPPING, {"client_id": client_id}).scalar()


def imports(tx: Connection, client_id: int, most: int) -> list[Import]:
    """Return the client's latest imports, newest first."""
    return [Import(*row) for row in tx.execute(_IMPORTS, {"client_id": client_id, "most": most})]


def followers(tx: Connection, client_id: int, import_id: int) -> list[Follower]:
    """Return the imports that left out rows because the claims of this one held them already, newest first."""
    return [Follower(*row) for row in tx.execute(_FOLLOWERS, {"client_id": client_id, "import_id": import_id})]


def refused(tx: Connection, client_id: int, import_id: int) -> list[Refused]:
    """Return the rows that the import refused, in the file's order."""
    return [Refused(*row) for row in tx.execute(_REFUSED, {"client_id": client_id, "import_id": import_id})]
