"""Whom somebody speaks for is called where that is permitted; a struck first contact gives back the pause it ended."""

from db.migrations.statements import run_file

revision = "0040_permitted_and_given_back"
down_revision = "0039_moment_in_place"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0040_permitted_and_given_back.sql")


def downgrade() -> None:
    run_file("0040_permitted_and_given_back_down.sql")
