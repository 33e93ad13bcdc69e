"""A booked call is of an open claim, within a month, with somebody who works here; a revocation goes with the number."""

from db.migrations.statements import run_file

revision = "0059_calls_that_can_be"
down_revision = "0058_reachable"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0059_calls_that_can_be.sql")


def downgrade() -> None:
    run_file("0059_calls_that_can_be_down.sql")
