"""Words of a call that another has left, requests of whoever makes no calls there, and what a rule asks no more."""

from db.migrations.statements import run_file

revision = "0065_nothing_left_behind"
down_revision = "0064_intake_requirements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0065_nothing_left_behind.sql")


def downgrade() -> None:
    run_file("0065_nothing_left_behind_down.sql")
