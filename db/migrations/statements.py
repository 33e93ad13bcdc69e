"""Running SQL as it is written: what migrations share."""

from pathlib import Path

from alembic import op

_FILES = Path(__file__).resolve().parent / "sql"


def read(name: str) -> str:
    """Return the text of the file *name* in `db/migrations/sql`."""
    return (_FILES / name).read_text(encoding="utf-8")


def run(sql: str) -> None:
    """Run the statements of *sql*, in which a percent sign is one."""
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def run_file(name: str) -> None:
    """Run the statements of the file *name* in `db/migrations/sql`."""
    run(read(name))
