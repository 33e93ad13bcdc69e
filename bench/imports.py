"""Importing a feed of 20,000 rows, from its bytes to the last commit, against a bare COPY of the same rows."""

import csv
import io
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter

import psycopg

from bench.books import Book
from bench.measure import Line
from core import feeds
from core.access import Actor, Role
from core.transactions import transaction

OF_BARE = 0.4
ROWS = 20_000

_HEADINGS = (
    "Claim Number", "Employee Last Name", "Employee First Name", "Date of Birth", "Phone", "Language", "Date of Injury",
    "Date Reported", "Time Reported", "State", "Accident Description", "Body Part", "Nature of Injury",
    "Cause of Injury",
)  # fmt: skip
_LANDED = ("injured_worker", "claim", "claim_narrative", "intake_question", "claim_event")
"""The tables that a claim's rows go into, parents first."""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return one line, for an import into the largest book; three rounds, or one where only the shape is asked for."""
    book = books[-1]
    book.bind()
    actor = book.person(Role.VA)
    client_id = min(actor.clients)
    ours, bare = [], []
    rows = min(ROWS, book.size)
    for n in range(3 if count > 20 else 1):
        content = _feed(n, rows)
        began = perf_counter()
        import_id = _import(actor, client_id, content)
        ours.append(perf_counter() - began)
        with book.bare() as db:
            claims = _claims(db, client_id, import_id)
            assert claims[2] == rows, "every row is a claim"
            kept = {table: _rows(db, table, client_id, claims) for table in _LANDED}
            _forget(db, client_id, claims)
        _tidy(book)
        with book.bare() as db:
            bare.append(_copied(db, kept))
            _forget(db, client_id, claims)
        _tidy(book)
    took, reference = median(ours), median(bare)
    what = f"Import {rows:,} rows into {book.words}: rate over the rate of bare COPY"
    words = [f"{rows / each:,.0f} rows/s" for each in (took, reference)]
    return [Line(what, words[0], words[1], reference / took, least=OF_BARE)]


def _feed(seed: int, rows: int) -> bytes:
    """Return a client's file: half of it as complete as it should be, the rest with a cell missing here and there."""
    random = Random(seed)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADINGS)
    now = datetime.now(UTC)
    for n in range(rows):
        reported = now - timedelta(minutes=60 + random.randrange(60 * 24 * 60))
        cells = [
            f"F{seed}-{n}", f"Sampleton{n}", random.choice(("Alma", "Boris", "Carmen", "Dmitri")),
            f"{1 + n % 12:02}/{1 + n % 28:02}/{1960 + n % 45}", f"(312) 555-01{n % 100:02}", "English",
            f"{reported - timedelta(days=1 + n % 4):%m/%d/%Y}", f"{reported:%m/%d/%Y}", f"{reported:%H:%M}",
            random.choice(("IL", "CA", "TX", "NY", "OH")), "Slipped on a wet floor, fell and struck the rail.",
            "Knee", "Strain", "Fall on same level",
        ]  # fmt: skip
        if n % 2:
            cells[random.choice((3, 4, 5, 11))] = ""
        writer.writerow(cells)
    return out.getvalue().encode()


def _import(actor: Actor, client_id: int, content: bytes) -> int:
    at = datetime.now(UTC)
    kind = feeds.CLAIMS
    feed = feeds.read_feed(kind.vocabulary, content)
    mapping = feeds.mapping_for(kind.vocabulary, feed)
    with transaction(actor) as tx:
        plan = feeds.plan(
            actor, tx, kind, client_id=client_id, feed=feed, mapping=mapping, file_name="bench.csv", at=at
        )
    return feeds.commit(actor, plan, at=at).import_id


_Claims = tuple[int, int, int]
"""First claim, last claim, how many: an import's claims are numbered one after the other."""


def _claims(db: psycopg.Connection, client_id: int, import_id: int) -> _Claims:
    row = db.execute(
        "select min(claim_id), max(claim_id), count(*) from claim where client_id = %s and import_id = %s",
        (client_id, import_id),
    ).fetchone()
    assert row is not None
    return row


def _where(db: psycopg.Connection, table: str, client_id: int, claims: _Claims) -> str:
    if table != "injured_worker":
        return f"client_id = {client_id} and claim_id between {claims[0]} and {claims[1]}"
    workers = db.execute(
        "select min(worker_id), max(worker_id) from claim where client_id = %s and claim_id between %s and %s",
        (client_id, *claims[:2]),
    ).fetchone()
    assert workers is not None
    return f"client_id = {client_id} and worker_id between {workers[0]} and {workers[1]}"


def _rows(db: psycopg.Connection, table: str, client_id: int, claims: _Claims) -> bytes:
    where = _where(db, table, client_id, claims)
    columns = db.execute(
        "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
        (table,),
    ).fetchone()  # COPY takes all but what the database makes itself
    assert columns is not None
    with db.cursor().copy(f"copy (select {columns[0]} from {table} where {where}) to stdout".encode()) as copy:
        return b"".join(bytes(part) for part in copy)


def _copied(db: psycopg.Connection, kept: dict[str, bytes]) -> float:
    """Copy the rows into the same tables, keys and all, without the desk's own triggers; the seconds it took."""
    db.execute("alter table claim disable trigger user")
    began = perf_counter()
    for table, rows in kept.items():
        with db.cursor().copy(f"copy {table} from stdin".encode()) as copy:
            copy.write(rows)
    db.commit()
    took = perf_counter() - began
    db.execute("alter table claim enable trigger user")
    db.commit()
    return took


def _forget(db: psycopg.Connection, client_id: int, claims: _Claims) -> None:
    """Take the rows away again, and the deltas that only they have left."""
    db.execute("set session_replication_role = replica")
    wheres = {table: _where(db, table, client_id, claims) for table in _LANDED}
    for table, where in wheres.items():
        db.execute(f"delete from {table} where {where}".encode())
    db.execute("delete from fact_delta where client_id = %s", (client_id,))
    db.commit()
    db.execute("set session_replication_role = origin")
    db.commit()


def _tidy(book: Book) -> None:
    """Leave no dead rows to whoever is measured next."""
    with book.bare() as db:
        db.autocommit = True
        db.execute("vacuum injured_worker, claim, claim_narrative, intake_question, claim_event, fact_delta")
        db.execute("checkpoint")
