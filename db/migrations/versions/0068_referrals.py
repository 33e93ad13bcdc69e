"""Providers, where they see patients and in whose network they are; and referrals to them, confirmed twice."""

from db.migrations.statements import run_file

revision = "0068_referrals"
down_revision = "0067_feed_kinds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0068_referrals.sql")


def downgrade() -> None:
    run_file("0068_referrals_down.sql")
