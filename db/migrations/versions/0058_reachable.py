"""It is kept when and how a worker wishes to be reached, and what consent there is."""

from db.migrations.statements import run_file

revision = "0058_reachable"
down_revision = "0057_sessions_that_ended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0058_reachable.sql")


def downgrade() -> None:
    run_file("0058_reachable_down.sql")
