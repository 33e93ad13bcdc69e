"""
Copies of the migrated template, one for each test: whoever gives one back empties it for the next.

Making and dropping a database costs a quarter of a second, emptying it a hundredth. One whose tables, functions,
policies or settings were touched is not emptied but dropped. Connections are kept: opening one costs more than emptying.
"""

from dataclasses import dataclass
from functools import cached_property
from time import sleep
from uuid import uuid4

import psycopg
from sqlalchemy.engine import URL

MOST_USES = 60
"""Rows that were deleted are still stepped over, so that none is kept for ever."""
MOST_BYTES = 8 << 20
"""What its tables may have grown to."""

# Each row of a catalog tells which transaction wrote it last: whatever is defined, altered or dropped changes a sum.
_CATALOGS = {
    "pg_attrdef": "true",
    "pg_attribute": "true",
    "pg_class": "true",
    "pg_constraint": "true",
    "pg_database": "datname = current_database()",
    "pg_db_role_setting": "setdatabase = (select oid from pg_database where datname = current_database())",
    "pg_default_acl": "true",
    "pg_extension": "true",
    "pg_index": "true",
    "pg_namespace": "nspname !~ '^pg_(toast_)?temp_'",
    "pg_policy": "true",
    "pg_proc": "true",
    "pg_rewrite": "true",
    "pg_trigger": "true",
    "pg_type": "true",
}
# That is told by how much older or younger it is than transaction 3; the rows of a new server are nobody's (1).
_DEFINED = " union all ".join(
    f"select '{catalog}', count(*), sum(age(xmin) - age('3'::xid)) filter (where xmin <> '1') from {catalog} where {which}"
    for catalog, which in _CATALOGS.items()
) + (
    # Where it was noted that the tables are empty, PostgreSQL plans badly for the rows of the next test.
    " union all select 'counted', count(*), 0 from pg_class"
    " where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= 0"
)
_TABLES = """
    select c.oid::regclass::text, pg_relation_size(c.oid) from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and pg_relation_size(c.oid) > 0
"""
KEEPS = "keeper"
"""What connections call themselves that outlive the tests."""

_SHOWN_OUT = (
    f"select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and application_name <> '{KEEPS}'"
)
_SEQUENCES = """
    select s.seqrelid::regclass::text, coalesce(pg_sequence_last_value(s.seqrelid), s.seqstart),
           pg_sequence_last_value(s.seqrelid) is not null
      from pg_sequence s
"""


@dataclass
class _Copy:
    """
    A copy as it was made: what is defined in it, the rows it was born with by table, where its sequences stand.

    `keeper` is the administrator's connection to it and `owner` the owner's, which outlive the tests.
    """

    name: str
    keeper: psycopg.Connection
    owner: psycopg.Connection
    defined: list[tuple[object, ...]]
    born: dict[str, list[str]]
    sequences: list[tuple[object, ...]]
    uses: int = 0


class Copies:
    """The copies of one process, on the server where administrator and owner have the addresses *admin* and *owner*."""

    def __init__(self, admin: URL, owner: URL) -> None:
        self._admin, self._owner = admin, owner
        self._idle: list[_Copy] = []
        self._lent: dict[str, _Copy] = {}

    def take(self) -> str:
        """Return the name of a database that is as the template is."""
        copy = self._idle.pop() if self._idle else self._made()
        copy.uses += 1
        self._lent[copy.name] = copy
        return copy.name

    def owner(self, name: str) -> psycopg.Connection:
        """Return the owner's connection to the database *name*, which is lent: open already, with its caches filled."""
        return self._lent[name].owner

    def give_back(self, name: str) -> bool:
        """End the connections to the database *name* that do not keep; empty it, or drop it. Whether it is lent again."""
        copy = self._lent.pop(name)
        # The server itself would look for the end of each only every tenth of a second.
        while self._server.execute(_SHOWN_OUT, (name,)).fetchall():
            sleep(0.002)
        again = copy.uses < MOST_USES and self._emptied(copy)
        if again:
            self._idle.append(copy)
        else:
            self._drop(copy)
        return again

    def close(self) -> None:
        """Drop what is left."""
        while self._idle:
            self._drop(self._idle.pop())
        self._server.close()

    @cached_property
    def _server(self) -> psycopg.Connection:
        return _kept(self._admin, "postgres")

    def _made(self) -> _Copy:
        name = f"t_{uuid4().hex[:16]}"
        self._server.execute(f"create database {name} template desk_template owner desk_owner".encode())
        db, owner = _kept(self._admin, name), _kept(self._owner, name)
        db.execute("set session_replication_role = replica")
        born = {table: _rows(db, table) for table, _ in db.execute(_TABLES).fetchall()}
        return _Copy(name, db, owner, db.execute(_DEFINED.encode()).fetchall(), born, db.execute(_SEQUENCES).fetchall())

    def _emptied(self, copy: _Copy) -> bool:
        """Take every row away that *copy* was not born with; whether it is as it was."""
        db = copy.keeper
        try:
            copy.owner.execute("select")
            if db.execute(_DEFINED.encode()).fetchall() != copy.defined:
                return False
            grown = dict(db.execute(_TABLES).fetchall())
            if sum(grown.values()) > MOST_BYTES:
                return False
            for table in grown:
                db.execute(f"delete from {table} t where t::text <> all (%s)".encode(), (copy.born.get(table, []),))
            db.execute(
                "select setval(sequence::regclass, value, called) from unnest(%s::text[], %s::bigint[], %s::bool[])"
                " at_birth (sequence, value, called)",
                tuple(map(list, zip(*copy.sequences, strict=True))),
            )
            return all(_rows(db, table) == rows for table, rows in copy.born.items())
        except psycopg.OperationalError:  # a test showed even these out
            return False

    def _drop(self, copy: _Copy) -> None:
        copy.keeper.close()
        copy.owner.close()
        self._server.execute(f"drop database {copy.name} with (force)".encode())


def _rows(db: psycopg.Connection, table: str) -> list[str]:
    return [row for (row,) in db.execute(f"select t::text from {table} t order by 1".encode())]


def _kept(address: URL, database: str) -> psycopg.Connection:
    own = address.set(drivername="postgresql", database=database).update_query_dict({"application_name": KEEPS})
    return psycopg.connect(own.render_as_string(hide_password=False), autocommit=True)
