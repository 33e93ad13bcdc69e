"""A client's saved column mapping, and the imports there were."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, select, text

from db.models.imports import FeedImport, FeedMapping, ImportRefusal


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
    """An import that left out rows because of another import, and how many rows."""

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


_MAPPING = select(FeedMapping.mapping).where(
    FeedMapping.client_id == bindparam("client_id"), FeedMapping.kind == bindparam("kind")
)

_IMPORTS = """
    select i.import_id, i.file_name, i.started_at, s.full_name, i.state, i.read, i.accepted, i.refused, i.duplicates,
           i.undone_at, {worked_on}
      from feed_import i join staff s on s.staff_id = i.by_id
     where i.client_id = :client_id and i.kind = :kind order by i.started_at desc, i.import_id desc limit :most
"""

_FOLLOWERS = text("""
    select i.import_id, i.file_name, i.started_at, count(*) as rows
      from import_duplicate d
      join feed_import i on i.client_id = d.client_id and i.import_id = d.import_id
     where d.client_id = :client_id and d.of_import = :import_id and d.import_id <> d.of_import
     group by i.import_id, i.file_name, i.started_at order by i.started_at desc, i.import_id desc
""")

_REFUSED = (
    select(*(getattr(ImportRefusal, name) for name in Refused._fields))
    .join(
        FeedImport,
        and_(FeedImport.client_id == ImportRefusal.client_id, FeedImport.import_id == ImportRefusal.import_id),
    )
    .where(
        ImportRefusal.client_id == bindparam("client_id"),
        ImportRefusal.import_id == bindparam("import_id"),
        FeedImport.kind == bindparam("kind"),
    )
    .order_by(ImportRefusal.row_number)
)


def mapping(tx: Connection, client_id: int, kind: str) -> dict[str, Any] | None:
    """Return the column mapping saved for the client's feeds of that kind, or None."""
    return tx.execute(_MAPPING, {"client_id": client_id, "kind": kind}).scalar()


def imports(tx: Connection, client_id: int, kind: str, worked_on: str, most: int) -> list[Import]:
    """
    Return the client's latest imports of that kind, newest first.

    *worked_on* is the condition, in SQL, that an import `i` can no longer be undone.
    """
    statement = text(_IMPORTS.format(worked_on=worked_on))
    return [Import(*row) for row in tx.execute(statement, {"client_id": client_id, "kind": kind, "most": most})]


def followers(tx: Connection, client_id: int, import_id: int) -> list[Follower]:
    """Return the imports that left out rows because this one had brought what they repeat, newest first."""
    return [Follower(*row) for row in tx.execute(_FOLLOWERS, {"client_id": client_id, "import_id": import_id})]


def refused(tx: Connection, client_id: int, import_id: int, kind: str) -> list[Refused]:
    """Return the rows that the import refused, in the file's order; none if it is of another kind."""
    which = {"client_id": client_id, "import_id": import_id, "kind": kind}
    return [Refused(*row) for row in tx.execute(_REFUSED, which)]
