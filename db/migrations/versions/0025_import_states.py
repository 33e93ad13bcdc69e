"""An import is carried out in one transaction: it is never seen running, and begins and ends at one moment."""

from pathlib import Path

from alembic import op

revision = "0025_import_states"
down_revision = "0020_access_log"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    _run("0025_import_states.sql")


def downgrade() -> None:
    _run("0025_import_states_down.sql")


def _run(name: str) -> None:
    op.get_bind().exec_driver_sql((SQL / name).read_text(encoding="utf-8").replace("%", "%%"))
