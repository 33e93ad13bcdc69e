"""The record is read page by page, back to its first event."""

from db.migrations.statements import run_file

revision = "0012_audit_pages"
down_revision = "0011_way_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0012_audit_pages.sql")


def downgrade() -> None:
    run_file("0012_audit_pages_down.sql")
