"""A clinician's calls are read by a calendar program at an address that can be withdrawn."""

from db.migrations.statements import run_file

revision = "0050_calendar_addresses"
down_revision = "0049_triage_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0050_calendar_addresses.sql")


def downgrade() -> None:
    run_file("0050_calendar_addresses_down.sql")
