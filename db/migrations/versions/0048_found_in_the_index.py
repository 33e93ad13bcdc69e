"""A search within a person's clients is answered by the indexes alone."""

from db.migrations.statements import run_file

revision = "0048_found_in_the_index"
down_revision = "0047_answers_are_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0048_found_in_the_index.sql")


def downgrade() -> None:
    run_file("0048_found_in_the_index_down.sql")
