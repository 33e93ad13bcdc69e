"""It is kept when and how a worker wishes to be reached, and what consent there is."""

from db.migrations.statements import run_file

revision = "0053_reachable"
down_revision = "0052_one_look_at_an_attempt"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0053_reachable.sql")


def downgrade() -> None:
    run_file("0053_reachable_down.sql")
