"""An appeal may be about a request of a claim that was merged into its own."""

from db.migrations.statements import run_file

revision = "0077_appeals_after_a_merge"
down_revision = "0076_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0077_appeals_after_a_merge.sql")


def downgrade() -> None:
    run_file("0077_appeals_after_a_merge_down.sql")
