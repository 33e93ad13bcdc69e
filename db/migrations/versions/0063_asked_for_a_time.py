"""Where no time is free before the deadline, somebody is asked for one, and it is seen at once."""

from db.migrations.statements import run_file

revision = "0063_asked_for_a_time"
down_revision = "0062_telephone_intakes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0063_asked_for_a_time.sql")


def downgrade() -> None:
    run_file("0063_asked_for_a_time_down.sql")
