"""Triage calls are booked with clinicians who work then, and with nobody twice."""

from db.migrations.statements import run_file

revision = "0049_triage_calls"
down_revision = "0048_found_in_the_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0049_triage_calls.sql")


def downgrade() -> None:
    run_file("0049_triage_calls_down.sql")
