"""Deferrals of review are told by letter, what a lapse leads to is determined, and no units that were used are lost."""

from db.migrations.statements import run_file

revision = "0076_outcomes"
down_revision = "0075_cadences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0076_outcomes.sql")


def downgrade() -> None:
    run_file("0076_outcomes_down.sql")
