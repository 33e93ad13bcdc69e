"""A contact that is recorded late says why, a doubt stays until it is answered, and a promise is missed after its due time."""

from db.migrations.statements import run_file

revision = "0038_recorded_late"
down_revision = "0037_kept_before_changed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0038_recorded_late.sql")


def downgrade() -> None:
    run_file("0038_recorded_late_down.sql")
