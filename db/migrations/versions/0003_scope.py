"""Who is asking, asked more cheaply: the functions of the policies no longer call one another."""

from pathlib import Path

from alembic import op

revision = "0003_scope"
down_revision = "0002_jobs"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    _run("0003_scope.sql")


def downgrade() -> None:
    _run("0003_scope_down.sql")


def _run(name: str) -> None:
    op.get_bind().exec_driver_sql((SQL / name).read_text(encoding="utf-8").replace("%", "%%"))
