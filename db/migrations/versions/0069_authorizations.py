"""Requests for authorization, their lines, determinations, notices and follow-ups."""

from db.migrations.statements import run_file

revision = "0069_authorizations"
down_revision = "0068_referrals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0069_authorizations.sql")


def downgrade() -> None:
    run_file("0069_authorizations_down.sql")
