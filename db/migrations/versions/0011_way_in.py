"""Tickets end where sessions end, and passwords are set by the tables' owner but not by nobody."""

from pathlib import Path

from alembic import op

revision = "0011_way_in"
down_revision = "0010_shifts"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0011_way_in.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0011_way_in_down.sql").read_text(encoding="utf-8"))
