"""Care so far, what the injury means for work, and the worker's supervisor: beside what happened, and asked for."""

from db.migrations.statements import run_file

revision = "0060_care_and_work"
down_revision = "0059_calls_that_can_be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0060_care_and_work.sql")


def downgrade() -> None:
    run_file("0060_care_and_work_down.sql")
