"""What a rehearsal asks of the past: how requests and reports were counted, and no request, claim or person."""

from db.migrations.statements import run_file

revision = "0072_rehearsal"
down_revision = "0071_authorization_aging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0072_rehearsal.sql")


def downgrade() -> None:
    run_file("0072_rehearsal_down.sql")
