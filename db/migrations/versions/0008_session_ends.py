"""A sign-in ends twelve hours after it began, however busy it was."""

from db.migrations.statements import run_file

revision = "0008_session_ends"
down_revision = "0007_first_contact_stands"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0008_session_ends.sql")


def downgrade() -> None:
    run_file("0008_session_ends_down.sql")
