"""An attempt is logged by one call, which asks once who logs it."""

from pathlib import Path

from alembic import op

revision = "0026_attempts"
down_revision = "0024_planned_promises"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0026_attempts.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0026_attempts_down.sql").read_text(encoding="utf-8"))
