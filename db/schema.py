"""
The database as it is now, in one file to read: `python -m db.schema` writes db/schema.sql.

It is what PostgreSQL itself dumps of a migrated, empty database, put in order: what belongs to a table stands with the
table, then come views and functions by name, and last what the job queue brings.
"""

import os
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.engine import URL

from db import migrate, server
from db.server.programs import binaries, environment
from db.session import as_url

FILE = Path(__file__).resolve().parent / "schema.sql"

_HEAD = """\
-- The database as it is now: written by `python -m db.schema` (make schema), never by hand. For reading only:
-- a database is made by the migrations in db/migrations.
--
-- The months of audit_event (audit_event_YYYYMM), which are made as time goes on, are left out.
"""
_MONTHS = "audit_event_2*"
_JOBS = "procrastinate_"

_OPTIONS = ("--schema-only", "--no-owner", "--no-comments", f"--exclude-table={_MONTHS}")
_ENTRY = re.compile(r"^-- Name: (?P<name>.+); Type: (?P<kind>[A-Z ]+); Schema: .+\n--\n\n", re.MULTILINE)
_BODY = re.compile(r"(\$\w*\$.*?\$\w*\$)", re.DOTALL)
_NAMED_AGAIN = re.compile(r"\( SELECT (\w+)\(\) AS \1\)")
_IDENTITY = re.compile(
    r"ALTER TABLE (?P<table>\w+) ALTER COLUMN (?P<column>\w+) ADD (?P<how>GENERATED \w+(?: \w+)? AS IDENTITY)"
)
_CONSTRAINT = re.compile(r"ADD (CONSTRAINT .+);", re.DOTALL)
_COLUMN_GRANT = re.compile(r"(\w+)\((\w+)\)")

_LEFT_OUT = {"INDEX ATTACH"}
"""Follows from the index of the whole table."""
_WITH_A_PARAGRAPH = {"SCHEMA", "TYPE", "SEQUENCE", "TABLE", "CONSTRAINT", "FK CONSTRAINT", "VIEW", "FUNCTION"}
"""Kinds of entry that have a paragraph of their own, or stand within their table's."""
_UNDER_A_TABLE = ("ROW SECURITY", "TABLE ATTACH", "SEQUENCE OWNED BY", "DEFAULT", "INDEX", "POLICY", "TRIGGER", "ACL")
"""What stands under a table, in this order."""


class _Entry(NamedTuple):
    """One entry of the dump: its name there, its kind, and its statements."""

    name: str
    kind: str
    sql: str


def written(address: str | URL) -> str:
    """
    Return the text of db/schema.sql for the migrated database at *address* (the owner's).

    :raises subprocess.CalledProcessError: if pg_dump refuses; a server newer than the embedded one is such a case.
    :raises ValueError: if the database holds a kind of thing that has no place in the file yet.
    """
    entries = list(_entries(_dumped(address)))
    if unknown := {entry.kind for entry in entries} - _WITH_A_PARAGRAPH - set(_UNDER_A_TABLE):
        raise ValueError(f"db/schema.py has no place for: {', '.join(sorted(unknown))}")
    ours = [entry for entry in entries if _JOBS not in entry.name]
    jobs = [entry for entry in entries if _JOBS in entry.name]
    return "\n".join(
        [_HEAD, *_paragraphs(ours), "-- The job queue, as the package procrastinate makes it\n", *_paragraphs(jobs)]
    )


def _dumped(address: str | URL) -> str:
    parts = conninfo_to_dict(as_url(address).set(drivername="postgresql").render_as_string(hide_password=False))
    password = str(parts.pop("password", None) or "")
    return subprocess.run(
        [binaries() / "pg_dump", *_OPTIONS, "--dbname", make_conninfo("", **parts)],
        env={**environment(), "PGPASSWORD": password}, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


def _entries(dump: str) -> Iterator[_Entry]:
    headings = list(_ENTRY.finditer(dump))
    ends = [match.start() for match in headings[1:]] + [len(dump)]
    for match, end in zip(headings, ends, strict=True):
        if match["kind"] not in _LEFT_OUT:
            sql = dump[match.end() : end].partition("\n\n\n--\n")[0].partition("\n\n--\n-- PostgreSQL")[0]
            yield _Entry(match["name"], match["kind"], _plain(sql.removesuffix("\n--\n").strip()))


def _plain(sql: str) -> str:
    """Return *sql* without what says nothing here; the bodies of functions stay as they were written."""
    parts = _BODY.split(sql)
    for index in range(0, len(parts), 2):
        parts[index] = _NAMED_AGAIN.sub(r"(SELECT \1())", re.sub(r"\bpublic\.", "", parts[index]))
    return "".join(parts)


def _paragraphs(entries: list[_Entry]) -> Iterator[str]:
    """Yield paragraphs: grants on the schema, types, sequences, each table with what is its own, views, functions."""
    by_kind: dict[str, list[_Entry]] = defaultdict(list)
    for entry in sorted(entries):
        by_kind[entry.kind].append(entry)
    grants: dict[str, list[_Entry]] = defaultdict(list)
    for entry in by_kind["ACL"]:
        what, _, name = entry.name.partition(" ")
        grants["" if what == "SCHEMA" else re.split(r"[.(]", name)[0]].append(entry)
    for entry in [*grants[""], *by_kind["TYPE"]]:
        yield entry.sql + "\n"
    for entry in by_kind["SEQUENCE"]:
        if not _IDENTITY.match(entry.sql):
            yield _with_grants(entry, grants)
    for table in by_kind["TABLE"]:
        yield _table(table, by_kind, grants)
    for entry in [*by_kind["VIEW"], *by_kind["FUNCTION"]]:
        yield _with_grants(entry, grants)


def _with_grants(entry: _Entry, grants: dict[str, list[_Entry]]) -> str:
    """Return *entry* and who may use it; of functions with one name, the first tells it for all."""
    return "\n".join([entry.sql, *_granted(grants.pop(entry.name.partition("(")[0], [])), ""])


def _table(made: _Entry, by_kind: dict[str, list[_Entry]], grants: dict[str, list[_Entry]]) -> str:
    """Return all of one table: columns and constraints in one statement, then the rest."""
    table = made.name
    create, _, rest = made.sql.partition("\n\n")
    for entry in by_kind["SEQUENCE"]:
        if (identity := _IDENTITY.match(entry.sql)) and identity["table"] == table:
            create = re.sub(
                rf"^(    {identity['column']} .*?)(,?)$", rf"\1 {identity['how']}\2", create, count=1, flags=re.M
            )
    constraints = [
        clause[1]
        for kind in ("CONSTRAINT", "FK CONSTRAINT")
        for entry in by_kind[kind]
        if entry.name.split(" ")[0] == table and (clause := _CONSTRAINT.search(entry.sql))
    ]
    if constraints:
        body, closing, partition = create.rpartition("\n)")
        create = ",\n    ".join([body, *constraints]) + closing + partition
    paragraphs = [create]
    for kind in _UNDER_A_TABLE:
        if kind == "ACL":
            statements = list(_granted(grants.pop(table, [])))
        else:
            statements = [_broken(entry.sql) for entry in by_kind[kind] if _on(entry) == table]
        if kind == "ROW SECURITY" and rest:
            statements.append(rest)
        paragraphs += statements
    return "\n".join(paragraphs) + "\n"


def _on(entry: _Entry) -> str:
    """Return the name of the table that *entry* is of."""
    match = re.search(r"\bON (?:ONLY )?(\w+)", entry.sql) if entry.kind == "INDEX" else None
    match = match or (re.search(r"OWNED BY (\w+)\.", entry.sql) if entry.kind == "SEQUENCE OWNED BY" else None)
    return match[1] if match else entry.name.split(" ")[0]


def _broken(sql: str) -> str:
    """Break a policy or a trigger where its conditions begin."""
    return re.sub(r" (USING \(\(|USING \(true|WITH CHECK \(|WHEN \(|EXECUTE FUNCTION )", r"\n    \1", sql)


def _granted(entries: list[_Entry]) -> Iterator[str]:
    """Yield the grants among *entries*, those of single columns put together by what they allow."""
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        for statement in entry.sql.splitlines():
            rights, _, whom = statement.partition(" ON ")
            if not (column_grants := _COLUMN_GRANT.findall(rights)):
                yield statement
            for verb, column in column_grants:
                columns[verb, whom].append(column)
    for (verb, whom), named in sorted(columns.items()):
        yield f"GRANT {verb} ({', '.join(named)})\n    ON {whom}"


def main() -> None:
    """Migrate a database of its own, in a folder that is thrown away, and write the file."""
    with tempfile.TemporaryDirectory(prefix="desk-schema-") as folder:
        home = Path(folder) / "desk"
        try:
            owner = server.start(home).owner
            migrate.upgrade(owner)
            FILE.write_text(written(owner), encoding="utf-8")
        finally:
            server.stop(home, forget=True)
    print(f"Written: {os.path.relpath(FILE)}")


if __name__ == "__main__":
    main()
