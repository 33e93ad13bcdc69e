"""Tickets end where sessions end, and passwords are set by the tables' owner but not by nobody."""

from db.migrations.statements import run_file

revision = "0011_way_in"
down_revision = "0010_shifts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0011_way_in.sql")


def downgrade() -> None:
    run_file("0011_way_in_down.sql")
