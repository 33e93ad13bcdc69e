"""First contact is told when clocks change, instead of converting every hour."""

from pathlib import Path

from alembic import op

revision = "0010_shifts"
down_revision = "0009_reporter"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"
FUNCTION = "create function desk_first_contact("


def upgrade() -> None:
    _run((SQL / "0010_shifts.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _, begins, rest = (SQL / "0004_first_contact.sql").read_text(encoding="utf-8").partition(FUNCTION)
    _run("drop function desk_first_contact;" + begins + rest)


def _run(sql: str) -> None:
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
    op.get_bind().exec_driver_sql("revoke execute on function desk_first_contact from public")
    op.get_bind().exec_driver_sql("grant execute on function desk_first_contact to desk_app")
