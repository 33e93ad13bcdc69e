"""Whoever reads measures alone reads no claim: what persons had is counted by the owner."""

from db.migrations.statements import run_file

revision = "0055_measures_without_claims"
down_revision = "0054_merged_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0055_measures_without_claims.sql")


def downgrade() -> None:
    run_file("0055_measures_without_claims_down.sql")
