"""The record is read page by page, back to its first event."""

from pathlib import Path

from alembic import op

revision = "0012_audit_pages"
down_revision = "0011_way_in"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0012_audit_pages.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0012_audit_pages_down.sql").read_text(encoding="utf-8"))
