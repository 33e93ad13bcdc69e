"""Requests for authorization that a feed brings, and that go with its import when that is undone."""

from db.migrations.statements import run_file

revision = "0074_requests_by_feed"
down_revision = "0073_provider_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0074_requests_by_feed.sql")


def downgrade() -> None:
    run_file("0074_requests_by_feed_down.sql")
