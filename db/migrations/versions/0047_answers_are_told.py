"""An answer that nobody is told of settles no doubt."""

from db.migrations.statements import run_file

revision = "0047_answers_are_told"
down_revision = "0046_hired_later"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0047_answers_are_told.sql")


def downgrade() -> None:
    run_file("0047_answers_are_told_down.sql")
