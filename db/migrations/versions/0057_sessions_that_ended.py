"""Sessions are not said to have been ended where none was open."""

from db.migrations.statements import run_file

revision = "0057_sessions_that_ended"
down_revision = "0056_words_begun"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0057_sessions_that_ended.sql")


def downgrade() -> None:
    run_file("0057_sessions_that_ended_down.sql")
