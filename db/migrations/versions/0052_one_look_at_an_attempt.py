"""Whether somebody speaks for the worker is asked with who logs an attempt, in one statement."""

from db.migrations.statements import run_file

revision = "0052_one_look_at_an_attempt"
down_revision = "0051_injury_codes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0052_one_look_at_an_attempt.sql")


def downgrade() -> None:
    run_file("0052_one_look_at_an_attempt_down.sql")
