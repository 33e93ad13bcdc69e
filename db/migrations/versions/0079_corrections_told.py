"""A correction is told to the provider, and what it corrects to nobody any more."""

from db.migrations.statements import run_file

revision = "0079_corrections_told"
down_revision = "0078_referrals_disclosed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0079_corrections_told.sql")


def downgrade() -> None:
    run_file("0079_corrections_told_down.sql")
