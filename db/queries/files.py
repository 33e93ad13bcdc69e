"""Files, the tray of those that wait, documents of claims, disclosures and conditions."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from db.queries.gathered import by_position, gathered, many


class Content(NamedTuple):
    """A file with its bytes."""

    name: str
    kind: str
    digest: bytes
    content: bytes


class Waiting(NamedTuple):
    """A file of the tray: whose it is and where its dates are meant, what it is, when and by whom it was dropped."""

    client_id: int
    file_id: int
    client: str
    client_code: str
    timezone: str
    name: str
    kind: str
    size: int
    uploaded_at: datetime
    uploaded_by: str


class Document(NamedTuple):
    """
    A document of a claim or of one merged into it: `kind` is what it is, `file_kind` what its file is, `size` in bytes.
    `claim_id` is the claim that it is on, `of` the number of that where it was merged.
    """

    document_id: int
    file_id: int
    kind: str
    title: str
    received_at: datetime
    file_kind: str
    size: int
    added_at: datetime
    added_by: str
    claim_id: int
    of: str | None


class Disclosure(NamedTuple):
    """What went to somebody outside: `document` is its title, None the claim's summary."""

    at: datetime
    by: str
    document: str | None
    recipient: str
    purpose: str


class Condition(NamedTuple):
    """A condition of a claim: `status` since which day, and who set it so; `of` which number, of one merged into it."""

    condition_id: int
    code: str | None
    words: str
    status: str
    since: date
    set_at: datetime
    set_by: str
    of: str | None = None


class ClaimFile(NamedTuple):
    """A claim's file: `certified` says whether it is in a certified network; None where that is not known."""

    certified: bool | None
    documents: list[Document]
    disclosures: list[Disclosure]
    conditions: list[Condition]


# A file that waits already, dropped once more, is not kept a second time: no row comes back.
_KEEP = text("""
    insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by, received_at, stamped_by)
    values (:client_id, :kind, :name, :size, :digest, :at, :by_id, :received_at, :stamped_by)
    on conflict (client_id, digest) where received_at is null and set_aside_at is null do nothing
    returning file_id
""")
_KEEP_CONTENT = text("insert into file_content (client_id, file_id, content) values (:client_id, :file_id, :content)")
_CONTENT = text(
    "select f.name, f.kind, f.digest, c.content from file f join file_content c using (client_id, file_id)"
    " where f.client_id = :client_id and f.file_id = :file_id"
)
_WAITING = text("""
    with page as materialized (
      select client_id, file_id, name, kind, size, uploaded_at, uploaded_by from file
       where received_at is null and set_aside_at is null
         and (cast(:clients as int[]) is null or client_id = any (cast(:clients as int[])))
       order by uploaded_at, file_id limit :most)
    select p.client_id, p.file_id, c.name, c.code,
           coalesce((select z.timezone from sla_policy z
                      where z.client_id = p.client_id and z.effective_from <= p.uploaded_at
                      order by z.effective_from desc limit 1), c.timezone),
           p.name, p.kind, p.size, p.uploaded_at, s.full_name
      from page p join client c using (client_id) join staff s on s.staff_id = p.uploaded_by
     order by p.uploaded_at, p.file_id
""")
_UPLOADED = text(
    "select uploaded_at from file where client_id = :client_id and file_id = :file_id"
    " and received_at is null and set_aside_at is null for no key update"
)
_STAMP = text(
    "update file set received_at = :received_at, stamped_by = :by_id"
    " where client_id = :client_id and file_id = :file_id"
)
_SET_ASIDE = text(
    "update file set set_aside_at = :at, set_aside_by = :by_id, set_aside_why = :why"
    " where client_id = :client_id and file_id = :file_id and received_at is null and set_aside_at is null"
)
_ADD_DOCUMENT = text("""
    insert into claim_document (client_id, claim_id, file_id, kind, title, added_at, added_by)
    values (:client_id, :claim_id, :file_id, :kind, :title, :at, :by_id) returning document_id
""")
_INJURY = "any (desk_one_injury(:client_id, :claim_id))"
_OF = """case when {0}.claim_id <> :claim_id then
             (select claim_number from claim where client_id = :client_id and claim_id = {0}.claim_id) end"""
_DOCUMENT = f"""
    select d.document_id, d.file_id, d.kind, d.title, f.received_at, f.kind, f.size, d.added_at, s.full_name,
           d.claim_id, {_OF.format("d")}
      from claim_document d join file f using (client_id, file_id) join staff s on s.staff_id = d.added_by
     where d.client_id = :client_id and d.claim_id = {_INJURY}
     order by f.received_at desc, d.document_id desc
"""
_THE_SAME = text("""
    select exists (select from claim_document d join file f using (client_id, file_id)
                    where d.client_id = :client_id and d.claim_id = :claim_id
                      and f.digest = (select digest from file where client_id = :client_id and file_id = :file_id))
""")
_FILE_OF = text(
    "select file_id from claim_document"
    " where client_id = :client_id and claim_id = :claim_id and document_id = :document_id"
)
_WITH_DIGEST = text("""
    select d.document_id from claim_document d join file f using (client_id, file_id)
     where d.client_id = :client_id and d.claim_id = :claim_id and f.digest = :digest
     order by d.document_id limit 1
""")
_DISCLOSE = text("""
    insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
    values (:client_id, :claim_id, :document_id, :digest, :recipient, :purpose, :at, :by_id)
""")
_DISCLOSURE = f"""
    select x.at, s.full_name, d.title, x.recipient, x.purpose
      from disclosure x join staff s on s.staff_id = x.by_id
      left join claim_document d using (client_id, claim_id, document_id)
     where x.client_id = :client_id and x.claim_id = {_INJURY}
     order by x.at desc, x.disclosure_id desc
"""
_CONDITION = f"""
    select c.condition_id, c.code, c.words, c.status, c.since, c.set_at, s.full_name, {_OF.format("c")}
      from claim_condition c join staff s on s.staff_id = c.set_by
     where c.client_id = :client_id and c.claim_id = {_INJURY}
     order by c.since, c.condition_id
"""
_CONDITIONS = text(
    "select c.condition_id, c.code, c.words, c.status, c.since, c.set_at, s.full_name"
    " from claim_condition c join staff s on s.staff_id = c.set_by"
    " where c.client_id = :client_id and c.claim_id = :claim_id order by c.since, c.condition_id"
)
_CLAIM_FILE = by_position(f"""
    select claim.certified_network, documents.*, disclosures.*, conditions.*
      from claim
     cross join {gathered(Document, _DOCUMENT)} documents
     cross join {gathered(Disclosure, _DISCLOSURE)} disclosures
     cross join {gathered(Condition, _CONDITION)} conditions
     where claim.client_id = :client_id and claim.claim_id = :claim_id
""", Document, Disclosure, Condition, more=1)  # fmt: skip
_ADD_CONDITION = text("""
    insert into claim_condition (client_id, claim_id, code, words, status, since, set_at, set_by)
    values (:client_id, :claim_id, :code, :words, :status, :since, :at, :by_id) returning condition_id
""")
_CHANGE_CONDITION = text("""
    update claim_condition set code = :code, words = :words, status = :status, since = :since, set_at = :at,
           set_by = :by_id
     where client_id = :client_id and claim_id = :claim_id and condition_id = :condition_id
""")
_NETWORK = text("select certified_network from claim where client_id = :client_id and claim_id = :claim_id")
_SET_NETWORK = text(
    "update claim set certified_network = :certified, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)


def keep(tx: Connection, content: bytes, values: dict[str, Any]) -> int | None:
    """Keep a file, its row made of *values*; its number, or None where the same one waits for the client already."""
    file_id: int | None = tx.execute(_KEEP, values).scalar()
    if file_id is not None:
        tx.execute(_KEEP_CONTENT, {"client_id": values["client_id"], "file_id": file_id, "content": content})
    return file_id


def content(tx: Connection, client_id: int, file_id: int) -> Content | None:
    """Return a file with its bytes, or None where it is not in scope."""
    row = tx.execute(_CONTENT, {"client_id": client_id, "file_id": file_id}).one_or_none()
    return Content(*row) if row else None


def waiting(tx: Connection, clients: frozenset[int] | None, most: int) -> list[Waiting]:
    """Return the files that wait for *clients* (None: for all in scope), oldest first, at most so many."""
    parameters = {"clients": None if clients is None else sorted(clients), "most": most}
    return [Waiting(*row) for row in tx.execute(_WAITING, parameters)]


def uploaded_at(tx: Connection, client_id: int, file_id: int) -> datetime | None:
    """Return when the file that waits was uploaded, and lock it; None where none such waits in scope."""
    at: datetime | None = tx.execute(_UPLOADED, {"client_id": client_id, "file_id": file_id}).scalar()
    return at


def stamp(tx: Connection, client_id: int, file_id: int, *, received_at: datetime, by_id: int) -> None:
    """Give a file that waits its stamp of receipt."""
    tx.execute(_STAMP, {"client_id": client_id, "file_id": file_id, "received_at": received_at, "by_id": by_id})


def set_aside(tx: Connection, client_id: int, file_id: int, *, at: datetime, by_id: int, why: str) -> bool:
    """Take a file that waits out of the tray; tell whether it waited."""
    parameters = {"client_id": client_id, "file_id": file_id, "at": at, "by_id": by_id, "why": why}
    return tx.execute(_SET_ASIDE, parameters).rowcount > 0


def with_digest(tx: Connection, client_id: int, claim_id: int, digest: bytes) -> int | None:
    """Return the claim's document with these very bytes, by their digest; None where there is none."""
    document_id: int | None = tx.execute(
        _WITH_DIGEST, {"client_id": client_id, "claim_id": claim_id, "digest": digest}
    ).scalar()
    return document_id


def add_document(tx: Connection, values: dict[str, Any]) -> int:
    """Make a stamped file a document of a claim; the document's number."""
    document_id: int = tx.execute(_ADD_DOCUMENT, values).scalar_one()
    return document_id


def claim_file(tx: Connection, client_id: int, claim_id: int) -> ClaimFile | None:
    """
    Return the claim's file, or None where the claim is not in scope.

    Documents come by when they were received and disclosures by when they were made, latest first; conditions by the
    day since when they are what they are.
    """
    row = tx.execute(_CLAIM_FILE, {"client_id": client_id, "claim_id": claim_id}).one_or_none()
    if row is None:
        return None
    values = iter(row)
    return ClaimFile(next(values), many(Document, values), many(Disclosure, values), many(Condition, values))


def has_the_same(tx: Connection, client_id: int, claim_id: int, file_id: int) -> bool:
    """Tell whether a document of the claim has the very bytes of this file."""
    parameters = {"client_id": client_id, "claim_id": claim_id, "file_id": file_id}
    return bool(tx.execute(_THE_SAME, parameters).scalar())


def file_of(tx: Connection, client_id: int, claim_id: int, document_id: int) -> int | None:
    """Return the number of a document's file; None where the claim has no such document in scope."""
    parameters = {"client_id": client_id, "claim_id": claim_id, "document_id": document_id}
    file_id: int | None = tx.execute(_FILE_OF, parameters).scalar()
    return file_id


def disclose(tx: Connection, values: dict[str, Any]) -> None:
    """Keep that something of a claim went to somebody outside."""
    tx.execute(_DISCLOSE, values)


def conditions(tx: Connection, client_id: int, claim_id: int) -> list[Condition]:
    """Return the claim's conditions, by the day since when they are what they are."""
    return [Condition(*row) for row in tx.execute(_CONDITIONS, {"client_id": client_id, "claim_id": claim_id})]


def add_condition(tx: Connection, values: dict[str, Any]) -> int:
    """Add a condition to a claim; its number."""
    condition_id: int = tx.execute(_ADD_CONDITION, values).scalar_one()
    return condition_id


def change_condition(tx: Connection, values: dict[str, Any]) -> bool:
    """Set a condition anew; tell whether the claim has it."""
    return tx.execute(_CHANGE_CONDITION, values).rowcount > 0


def network(tx: Connection, client_id: int, claim_id: int) -> bool | None:
    """Return whether the claim is in a certified network; None where it is not known."""
    certified: bool | None = tx.execute(_NETWORK, {"client_id": client_id, "claim_id": claim_id}).scalar()
    return certified


def set_network(tx: Connection, client_id: int, claim_id: int, certified: bool | None) -> None:
    """Set whether the claim is in a certified network."""
    tx.execute(_SET_NETWORK, {"client_id": client_id, "claim_id": claim_id, "certified": certified})
