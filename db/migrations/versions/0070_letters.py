"""Letters of determinations and of requests that are returned, and whether they went out."""

from db.migrations.statements import run_file

revision = "0070_letters"
down_revision = "0069_authorizations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0070_letters.sql")


def downgrade() -> None:
    run_file("0070_letters_down.sql")
