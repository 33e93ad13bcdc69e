"""An attempt is logged by one call, which asks once who logs it."""

from db.migrations.statements import run_file

revision = "0025_attempts"
down_revision = "0024_import_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0025_attempts.sql")


def downgrade() -> None:
    run_file("0025_attempts_down.sql")
