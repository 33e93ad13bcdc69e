"""db/schema.sql tells the database as it is now."""

import re

import pytest

from db import schema


@pytest.fixture
def written() -> str:
    return schema.FILE.read_text(encoding="utf-8")


def test_the_file_is_what_the_migrations_make(desk, present, written: str) -> None:
    with desk.owner() as db:
        # The embedded server is of this version; DESK_TEST_SERVER can be of another.
        if db.info.server_version // 10000 != 18:
            pytest.skip("another version of PostgreSQL words its dump otherwise")
    assert schema.written(desk.owner_url) == written, "the database has changed: run `make schema`"


@pytest.mark.parametrize(
    ("there", "pattern"),
    [
        ("select tablename from pg_tables where schemaname = 'public' and tablename !~ '_20[0-9]{4}$'", r"^CREATE TABLE (\w+)"),
        ("select viewname from pg_views where schemaname = 'public'", r"^CREATE VIEW (\w+)"),
        ("select tablename || policyname from pg_policies", r"^CREATE POLICY (\w+) ON (\w+)"),
        ("select proname from pg_proc where pronamespace = 'public'::regnamespace", r"^CREATE FUNCTION (\w+)"),
        (
            "select tgrelid::regclass || tgname from pg_trigger where not tgisinternal and tgparentid = 0",
            r"^CREATE (?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\w+)",
        ),
        (
            "select conname from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c', 'x')"
            " and conrelid::regclass::text !~ '_20[0-9]{4}$'",
            r"^    CONSTRAINT (\w+)",
        ),
        (
            "select table_name || privilege_type || column_name from information_schema.column_privileges"
            " where grantee = 'desk_app' and (table_name, privilege_type) not in (select table_name, privilege_type"
            " from information_schema.table_privileges where grantee = 'desk_app')",
            "columns",
        ),
        (
            "select table_name || privilege_type from information_schema.table_privileges where grantee = 'desk_app'",
            "tables",
        ),
    ],
    ids=["tables", "views", "policies", "functions", "triggers", "constraints", "columns granted", "tables granted"],
)  # fmt: skip
def test_nothing_of_the_database_is_left_out(desk, written: str, there: str, pattern: str) -> None:
    with desk.owner() as db:
        expected = sorted(name for (name,) in db.execute(there.encode()))
    if pattern == "columns":
        grants = re.findall(r"^GRANT (\w+) \((.+)\)\n    ON TABLE (\w+) TO desk_app;", written, re.M)
        named = [f"{table}{verb}{column}" for verb, columns, table in grants for column in columns.split(", ")]
    elif pattern == "tables":
        grants = re.findall(r"^GRANT ([A-Z,]+) ON TABLE (\w+) TO desk_app;", written, re.M)
        named = [f"{table}{verb}" for verbs, table in grants for verb in verbs.split(",")]
    else:
        named = [
            "".join((match[2], match[1]) if match.lastindex == 2 else (match[1],))
            for match in re.finditer(pattern, written, re.M)
        ]
    assert sorted(named) == expected
