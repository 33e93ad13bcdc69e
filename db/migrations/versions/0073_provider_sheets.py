"""What is open with a provider's office; when it is to be followed up, set by hand; and when units were used."""

from db.migrations.statements import run_file

revision = "0073_provider_sheets"
down_revision = "0072_rehearsal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0073_provider_sheets.sql")


def downgrade() -> None:
    run_file("0073_provider_sheets_down.sql")
