"""Statutory clocks are data: by jurisdiction and kind, from a day on; who has checked them; the days off they skip."""

from db.migrations.statements import run_file

revision = "0066_statutory_clocks"
down_revision = "0065_nothing_left_behind"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0066_statutory_clocks.sql")


def downgrade() -> None:
    run_file("0066_statutory_clocks_down.sql")
