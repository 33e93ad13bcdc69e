"""An import is carried out in one transaction: it is never seen running, and begins and ends at one moment."""

from db.migrations.statements import run_file

revision = "0024_import_states"
down_revision = "0023_planned_promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0024_import_states.sql")


def downgrade() -> None:
    run_file("0024_import_states_down.sql")
