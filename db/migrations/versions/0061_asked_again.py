"""What is not known yet is asked again at a time, and is work until then."""

from db.migrations.statements import run_file

revision = "0061_asked_again"
down_revision = "0060_care_and_work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0061_asked_again.sql")


def downgrade() -> None:
    run_file("0061_asked_again_down.sql")
