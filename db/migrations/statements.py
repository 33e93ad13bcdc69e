"""Running SQL as it is written, and having rows hold what they did not hold before: what migrations share."""

from collections.abc import Iterable
from pathlib import Path

from alembic import op
from psycopg import errors
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

_FILES = Path(__file__).resolve().parent / "sql"

MOST_NAMED = 10
"""So many rows that are in the way of a check are named."""

_KEY = text(
    "select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)"
    " where i.indrelid = cast(:table as regclass) and i.indisprimary order by array_position(i.indkey, a.attnum)"
)


class RowsInTheWay(RuntimeError):
    """Rows of a table do not hold what a migration would have them hold; says which table, which rows by their keys."""


def read(name: str) -> str:
    """Return the text of the file *name* in `db/migrations/sql`."""
    return (_FILES / name).read_text(encoding="utf-8")


def run(sql: str) -> None:
    """Run the statements of *sql*, in which a percent sign is one."""
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def run_file(name: str) -> None:
    """Run the statements of the file *name* in `db/migrations/sql`."""
    run(read(name))


def add_checks(checks: Iterable[tuple[str, str, str]]) -> None:
    """
    Have the rows of tables hold what each of *checks* says: table, name and condition.

    :raises RowsInTheWay: if a table has rows that do not.
    """
    here = op.get_bind()
    for table, name, condition in checks:
        try:
            with here.begin_nested():
                op.create_check_constraint(op.f(name), table, condition)
        except IntegrityError as error:
            if not isinstance(error.orig, errors.CheckViolation):
                raise
            raise RowsInTheWay(_in_the_way(here, table, name, condition)) from None


def _in_the_way(here: Connection, table: str, name: str, condition: str) -> str:
    """Return, in words, how many rows of *table* do not hold a *condition* and which, by nothing but their keys."""
    key = list(here.execute(_KEY, {"table": table}).scalars())
    found = here.exec_driver_sql(
        f"select {', '.join(key)}, count(*) over () from {table} where not ({condition}) order by {', '.join(key)}"
        f" limit {MOST_NAMED}".replace("%", "%%")
    ).all()
    named = "; ".join(" ".join(f"{column} {value}" for column, value in zip(key, row, strict=False)) for row in found)
    number = found[0][-1]
    more = f"; and {number - len(found):,} more" if number > len(found) else ""
    rows = f"{number:,} row{'s' if number != 1 else ''} of {table} {'do' if number != 1 else 'does'}"
    return f"{rows} not hold the check {name}: {named}{more}."
