"""An import is held by words that somebody has begun on a claim of it."""

from db.migrations.statements import run_file

revision = "0056_words_begun"
down_revision = "0055_measures_without_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0056_words_begun.sql")


def downgrade() -> None:
    run_file("0056_words_begun_down.sql")
