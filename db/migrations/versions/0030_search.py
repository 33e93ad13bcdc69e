"""A claim is found by any of its numbers, by its worker's name or telephone, and by the place of injury."""

from db.migrations.statements import run_file

revision = "0030_search"
down_revision = "0029_work_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0030_search.sql")


def downgrade() -> None:
    run_file("0030_search_down.sql")
