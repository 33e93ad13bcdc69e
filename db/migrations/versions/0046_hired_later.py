"""A date of injury that is answered or corrected settles that the worker was hired after it."""

from db.migrations.statements import run_file

revision = "0046_hired_later"
down_revision = "0045_what_was_done"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0046_hired_later.sql")


def downgrade() -> None:
    run_file("0046_hired_later_down.sql")
