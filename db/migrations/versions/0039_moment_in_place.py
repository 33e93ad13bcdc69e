"""The moment of an act is put in place where it is asked, and not called."""

from db.migrations.statements import run_file

revision = "0039_moment_in_place"
down_revision = "0038_recorded_late"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0039_moment_in_place.sql")


def downgrade() -> None:
    run_file("0039_moment_in_place_down.sql")
